import { bars, type Chart } from './chart.js';

/** Counts answers that showed nothing of anybody. */
export interface EmptyAnswers {
  add(agency: string, purpose: string): void;
  chart(): Chart;
}

export function openEmptyAnswers(): EmptyAnswers {
  const counts = new Map<string, number>();
  return {
    add(agency, purpose) {
      const key = JSON.stringify([agency, purpose]);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    chart() {
      const rows = [...counts]
        .map(([key, count]) => ({ names: JSON.parse(key) as readonly string[], count }))
        .sort((a, b) => b.count - a.count || (a.names.join() < b.names.join() ? -1 : 1));
      return {
        id: 'empty-answers',
        title: 'Answers that showed nothing, by agency and purpose',
        note:
          'The asker was answered as about a person unknown to the hub: nothing was shared with them for the purpose, or ' +
          'there is nobody. The record does not tell the two apart, as the answer did not. Requests that were turned away ' +
          'before an answer, for a wrong token or purpose, are in no record.',
        headings: ['agency', 'purpose', 'answers'],
        rows: rows.map(({ names, count }) => [...names, count]),
        drawing: bars(
          rows.map(({ names, count }) => ({ label: names.join(', '), figure: count })),
          'answers',
        ),
      };
    },
  };
}
