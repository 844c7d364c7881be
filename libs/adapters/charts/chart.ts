import { type TopLevelSpec } from 'vega-lite';

export type Cell = string | number | FigureText;

/** A figure with its unit, or the mark in its place: it stands to the right, where numbers do. */
export interface FigureText {
  readonly figure: string;
}

/** Figures as a table, and the same figures drawn: whoever cannot see the chart reads the table beside it. */
export interface Chart {
  /** Unique on its page; letters and hyphens. */
  readonly id: string;
  readonly title: string;
  /** What is counted, and what is not. */
  readonly note: string;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Null when there is nothing to draw. */
  readonly drawing: TopLevelSpec | null;
}

/** Pixels: what fits beside the labels on a sheet of paper. */
export const WIDTH = 560;
const BAR = 20;

/** Bars that lie beside one another, one for each row, longest labels cut: the label, the figure, and what the figures are of. */
export function bars(
  values: readonly { readonly label: string; readonly figure: number }[],
  unit: string,
): TopLevelSpec | null {
  if (values.length === 0) return null;
  return {
    data: { values: [...values] },
    width: WIDTH,
    height: { step: BAR },
    encoding: {
      y: { field: 'label', type: 'nominal', sort: null, axis: { title: null, labelLimit: 420 } },
      x: {
        field: 'figure',
        type: 'quantitative',
        axis: { title: unit, tickCount: 8, tickMinStep: 1, format: 'd' },
      },
    },
    layer: [
      { mark: { type: 'bar', color: BLUE } },
      {
        mark: { type: 'text', align: 'left', dx: 4 },
        encoding: { text: { field: 'figure', type: 'quantitative', format: 'd' } },
      },
    ],
  };
}

/** Two colours that are told apart without seeing colour, and on a grey print. */
export const BLUE = '#2c5f8a';
export const ORANGE = '#e08214';
