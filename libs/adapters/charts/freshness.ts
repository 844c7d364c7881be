import { bars, type Chart } from './chart.js';

const DAY = 86_400_000;

/** Keeps the newest fact that was received from each agency. */
export interface Freshness {
  /** A fact's publisher, and when the hub received it (epoch milliseconds). */
  add(publisher: string, received: number): void;
  /** As of a moment; `of` says which facts. */
  chart(asOf: number, of: string): Chart;
}

export function openFreshness(): Freshness {
  const newest = new Map<string, { received: number; facts: number }>();
  return {
    add(publisher, received) {
      const known = newest.get(publisher) ?? { received, facts: 0 };
      newest.set(publisher, {
        received: Math.max(known.received, received),
        facts: known.facts + 1,
      });
    },
    chart(asOf, of) {
      const rows = [...newest]
        .map(([agency, { received, facts }]) => ({ agency, received, facts, days: daysTo(asOf, received) }))
        .sort((a, b) => b.days - a.days || (a.agency < b.agency ? -1 : 1));
      return {
        id: 'freshness',
        title: 'Freshness by agency',
        note: `Whole days from the newest fact that the hub received from each agency to ${new Date(asOf).toISOString()}; ${of}.`,
        headings: ['agency', 'newest received', 'days since', 'facts'],
        rows: rows.map(({ agency, received, facts, days }) => [
          agency,
          new Date(received).toISOString(),
          days,
          facts,
        ]),
        drawing: bars(
          rows.map(({ agency, days }) => ({ label: agency, figure: days })),
          'days',
        ),
      };
    },
  };
}

function daysTo(asOf: number, received: number): number {
  return Math.max(0, Math.floor((asOf - received) / DAY));
}
