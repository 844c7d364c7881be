import { type TopLevelSpec } from 'vega-lite';
import { BLUE, WIDTH } from '../charts/chart.js';
import { figureOf, type PrintedTable, shown } from './printed.js';

interface Point {
  readonly row: string;
  readonly column: string;
  /** Null where the count is hidden or not there. */
  readonly count: number | null;
  readonly text: string;
}

/** The counts of a table as it wants them drawn; null when there are none but zeros. No colours to tell apart: it prints in grey. */
export function drawingOf(table: PrintedTable): TopLevelSpec | null {
  const points = pointsOf(table);
  if (table.chart === null || !points.some(({ count }) => (count ?? 0) > 0)) return null;
  return table.chart === 'bars' ? barsOf(points) : linesOf(points);
}

/** The rows or columns of points, in the order of the table: it is not that of the alphabet, which is the default. */
function namesOf(points: readonly Point[], name: 'row' | 'column'): string[] {
  return [...new Set(points.map((point) => point[name]))];
}

function pointsOf({ rows, columns, cells }: PrintedTable): Point[] {
  return rows.flatMap((row, r) =>
    columns.flatMap((column, c): readonly Point[] => {
      const cell = cells[r]?.[c];
      if (cell?.kind !== 'count') return [];
      const figure = shown(cell);
      const count = typeof figure === 'number' ? figure : null;
      return [{ row: row.label, column: column.label, count, text: figureOf(cell) }];
    }),
  );
}

/** About as wide as a letter is, pixels. */
const LETTER = 6.5;
const BREAK = '\n';

function axesOf(points: readonly Point[]) {
  const columns = namesOf(points, 'column');
  const most = Math.floor(WIDTH / columns.length / LETTER);
  const lines = Object.fromEntries(columns.map((label) => [label, brokenAt(most, label)]));
  const labelExpr = `split(${JSON.stringify(lines)}[datum.value], '${JSON.stringify(BREAK).slice(1, -1)}')`;
  return {
    x: {
      field: 'column',
      type: 'ordinal',
      sort: columns,
      axis: { title: null, labelAngle: 0, labelLimit: 0, labelOverlap: false, labelExpr },
    },
    y: {
      field: 'count',
      type: 'quantitative',
      axis: { title: null, tickCount: 3, tickMinStep: 1, format: 'd' },
    },
  } as const;
}

/** A label in lines of at most so many letters, where its words let it. */
function brokenAt(most: number, label: string): string {
  const [first = '', ...words] = label.split(' ');
  const lines = words.reduce(
    ({ done, last }, word) =>
      `${last} ${word}`.length > most
        ? { done: [...done, last], last: word }
        : { done, last: `${last} ${word}` },
    { done: [] as readonly string[], last: first },
  );
  return [...lines.done, lines.last].join(BREAK);
}

/** One low chart for each row of the table, one under the other on the same scale, each bar with its figure or mark. */
function barsOf(values: Point[]): TopLevelSpec {
  return {
    data: { values },
    facet: {
      row: {
        field: 'row',
        type: 'nominal',
        sort: namesOf(values, 'row'),
        header: { title: null, labelOrient: 'top', labelAnchor: 'start', labelPadding: 2, labelFontSize: 11 },
      },
    },
    spacing: 8,
    spec: {
      width: WIDTH,
      height: 60,
      encoding: axesOf(values),
      layer: [
        { mark: { type: 'bar', color: BLUE } },
        {
          transform: [{ calculate: 'isValid(datum.count) ? datum.count : 0', as: 'top' }],
          mark: { type: 'text', baseline: 'bottom', dy: -2 },
          encoding: { y: { field: 'top', type: 'quantitative' }, text: { field: 'text' } },
        },
      ],
    },
  };
}

/** One line for each row of the table, told apart by its dashes and the form of its points, broken where nothing is shown. */
function linesOf(values: Point[]): TopLevelSpec {
  const legend = {
    title: null,
    orient: 'bottom',
    symbolStrokeColor: BLUE,
    columns: 2,
    labelLimit: 0,
  } as const;
  const sort = namesOf(values, 'row');
  return {
    data: { values },
    width: WIDTH,
    height: 220,
    mark: {
      type: 'line',
      color: BLUE,
      point: { color: BLUE, size: 50 },
      invalid: 'break-paths-show-path-domains',
    },
    encoding: {
      ...axesOf(values),
      strokeDash: { field: 'row', type: 'nominal', sort, legend },
      shape: { field: 'row', type: 'nominal', sort, legend },
    },
  };
}
