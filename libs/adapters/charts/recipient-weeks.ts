import { type TopLevelSpec } from 'vega-lite';
import { BLUE, type Chart, WIDTH } from './chart.js';
import { weekOf, weeksBetween } from './week.js';

/** Counts answers that showed something, by whom they went to and by week. */
export interface RecipientWeeks {
  /** An answer to an agency at a moment (epoch milliseconds). */
  add(recipient: string, at: number): void;
  chart(): Chart;
}

export function openRecipientWeeks(): RecipientWeeks {
  const counts = new Map<string, Map<string, number>>();
  return {
    add(recipient, at) {
      const weeks = counts.get(recipient) ?? new Map<string, number>();
      counts.set(recipient, weeks);
      const week = weekOf(at);
      weeks.set(week, (weeks.get(week) ?? 0) + 1);
    },
    chart: () => chartOf(counts),
  };
}

function chartOf(counts: ReadonlyMap<string, ReadonlyMap<string, number>>): Chart {
  const recipients = [...counts.keys()].sort();
  const used = [...counts.values()].flatMap((weeks) => [...weeks.keys()]).sort();
  const [first, last] = [used.at(0), used.at(-1)];
  const weeks = first === undefined || last === undefined ? [] : weeksBetween(first, last);
  const countOf = (recipient: string, week: string): number => counts.get(recipient)?.get(week) ?? 0;
  return {
    id: 'recipients',
    title: 'Disclosures by recipient and week',
    note:
      'Answers in which an agency was shown something of somebody, its own records included; an answer may show many ' +
      'facts. Weeks begin on the Monday named, in Europe/London.',
    headings: ['week from', ...recipients],
    rows: weeks.map((week) => [week, ...recipients.map((recipient) => countOf(recipient, week))]),
    drawing:
      recipients.length === 0
        ? null
        : drawingOf(
            recipients.flatMap((recipient) =>
              weeks.map((week) => ({ recipient, week, answers: countOf(recipient, week) })),
            ),
          ),
  };
}

/** One low chart for each recipient, one under the other on the same scale: no colours to tell apart. */
function drawingOf(values: { recipient: string; week: string; answers: number }[]): TopLevelSpec {
  return {
    data: { values },
    width: WIDTH,
    height: 44,
    mark: { type: 'bar', color: BLUE },
    encoding: {
      row: {
        field: 'recipient',
        type: 'nominal',
        header: { title: null, labelOrient: 'top', labelAnchor: 'start', labelPadding: 2, labelFontSize: 11 },
        spacing: 8,
      },
      x: {
        field: 'week',
        type: 'ordinal',
        axis: { title: 'week from', labelAngle: 0, labelOverlap: 'greedy' },
      },
      y: {
        field: 'answers',
        type: 'quantitative',
        axis: { title: null, tickCount: 2, tickMinStep: 1, format: 'd' },
      },
    },
  };
}
