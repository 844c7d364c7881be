import { type TopLevelSpec } from 'vega-lite';
import { type Correction, type CorrectionEvent, evolve } from '../../domain/correction/correction.js';
import { BLUE, type Chart, ORANGE, WIDTH } from './chart.js';
import { dayOf } from './week.js';

/** Follows the obligations to tell recipients of corrections. */
export interface Outstanding {
  /** The next event of the stream of corrections. */
  take(event: CorrectionEvent): void;
  /** As of a moment, epoch milliseconds. */
  chart(asOf: number): Chart;
}

/** Holds every obligation: one that is answered may be opened again. */
export function openOutstanding(): Outstanding {
  const all = new Map<string, Correction>();
  return {
    take(event) {
      const after = evolve(all.get(event.id), event);
      if (after !== undefined) all.set(event.id, after);
    },
    chart: (asOf) =>
      chartOf(
        [...all.values()].filter(({ acknowledged }) => acknowledged === null),
        asOf,
      ),
  };
}

interface Line {
  readonly recipient: string;
  readonly inTime: number;
  readonly overdue: number;
  readonly earliest: number;
}

function chartOf(open: readonly Correction[], asOf: number): Chart {
  const lines = [...Map.groupBy(open, ({ recipient }) => recipient)]
    .map(([recipient, theirs]): Line => {
      const overdue = theirs.filter(({ due }) => due <= asOf).length;
      const earliest = Math.min(...theirs.map(({ due }) => due));
      return { recipient, inTime: theirs.length - overdue, overdue, earliest };
    })
    .sort((a, b) => a.earliest - b.earliest || (a.recipient < b.recipient ? -1 : 1));
  return {
    id: 'corrections',
    title: 'Corrections outstanding',
    note: `Recipients that were shown what was later corrected, retracted, erased, restricted or found unlawful, and have not acknowledged it by ${new Date(asOf).toISOString()}.`,
    headings: ['recipient', 'outstanding', 'of these overdue', 'earliest due'],
    rows: lines.map(({ recipient, inTime, overdue, earliest }) => [
      recipient,
      inTime + overdue,
      overdue,
      dayOf(earliest),
    ]),
    drawing: lines.length === 0 ? null : drawingOf(lines),
  };
}

function drawingOf(lines: readonly Line[]): TopLevelSpec {
  return {
    data: {
      values: lines.flatMap(({ recipient, inTime, overdue }) => [
        { recipient, state: 'in time', count: inTime },
        { recipient, state: 'overdue', count: overdue },
      ]),
    },
    width: WIDTH,
    height: { step: 20 },
    mark: { type: 'bar' },
    encoding: {
      y: { field: 'recipient', type: 'nominal', sort: null, axis: { title: null, labelLimit: 420 } },
      x: {
        field: 'count',
        type: 'quantitative',
        axis: { title: 'obligations', tickMinStep: 1, format: 'd' },
      },
      color: {
        field: 'state',
        type: 'nominal',
        scale: { domain: ['in time', 'overdue'], range: [BLUE, ORANGE] },
        legend: { title: null, orient: 'bottom' },
      },
    },
  };
}
