/** What a report is asked for. Days are calendar dates in London, both ends inclusive; `at` is the end of its day. */
export interface ReportQuestion {
  /** `2016-03-31`: the state at the end of this day. */
  readonly at: string;
  readonly from: string;
  readonly to: string;
  /** Only what the hub had received by this moment counts (epoch milliseconds); null: everything that it holds now. */
  readonly knownAt: number | null;
  /**
   * When it is asked, or up to when things were known where that is earlier (epoch milliseconds): a day that is not over
   * counts hours and minutes until then. Absent: every day counts to its end.
   */
  readonly askedAt?: number;
}

/** One cell of a table, by row and column: `<row key>/<column key>`. */
export type CellRef = `${string}/${string}`;

/**
 * What a cell says. `count` is a number of people or events and may be small; everything derived from counts (`percent`,
 * `mean`, `money`, `minutes`) goes where one of the counts goes that it is derived `of`. `text` is shown as it is.
 */
export interface Cell {
  /** Null: there is nothing to say, for example a rate of nobody. */
  readonly value: number | string | null;
  readonly kind: 'count' | 'percent' | 'mean' | 'money' | 'minutes' | 'text';
  /** Decimal places when shown, rounded half up; 0 when absent. */
  readonly decimals?: number;
  /** Cells of the same table that this one is worked out from. */
  readonly of?: readonly CellRef[];
  /** How many people a derived cell, or a count of events, rests on, where no cell of the table says it. */
  readonly people?: number;
  /** Log event ids of the facts behind it. */
  readonly events: readonly string[];
}

/** A whole and its parts: of three cells that must add up, one hidden one is no secret. */
export interface Sum {
  readonly total: CellRef;
  readonly parts: readonly CellRef[];
  /** The parts are not all of it: what is left stands nowhere, and can be worked out. */
  readonly hasRest?: true;
}

export interface Heading {
  readonly key: string;
  readonly label: string;
}

export interface Table {
  /** Unique in its report; letters, digits and hyphens. */
  readonly id: string;
  readonly title: string;
  /** What is counted, by which rule and version, and what is not. */
  readonly note: string;
  /** The heading of the column of row labels. */
  readonly of: string;
  readonly columns: readonly Heading[];
  readonly rows: readonly Heading[];
  /** A row is there only because somebody is in it: that there is one tells of somebody, as its numbers do. */
  readonly areRowsFound?: true;
  /** By row, then by column. */
  readonly cells: readonly (readonly Cell[])[];
  readonly sums: readonly Sum[];
  /** How its counts are drawn; null: not at all. */
  readonly chart: 'bars' | 'lines' | null;
  /** `people`: rows are people, which no board may see; `aggregate`: numbers only. */
  readonly shows: 'aggregate' | 'people';
}

export interface Report {
  readonly name: string;
  readonly title: string;
  readonly question: ReportQuestion;
  readonly tables: readonly Table[];
}

export function cellAt(table: Table, ref: CellRef): Cell | undefined {
  const at = ref.lastIndexOf('/');
  const row = table.rows.findIndex(({ key }) => key === ref.slice(0, at));
  const column = table.columns.findIndex(({ key }) => key === ref.slice(at + 1));
  return table.cells[row]?.[column];
}

/** What is worked out opens to whatever the cells open to that it is worked out from. */
export function opened(report: Report): Report {
  return {
    ...report,
    tables: report.tables.map((table) => ({
      ...table,
      cells: table.cells.map((row) => row.map((cell) => ({ ...cell, events: eventsBehind(table, cell) }))),
    })),
  };
}

function eventsBehind(table: Table, { events, of = [] }: Cell): readonly string[] {
  if (events.length > 0) return events;
  const behind = of.flatMap((ref) => {
    const cell = cellAt(table, ref);
    return cell === undefined ? [] : eventsBehind(table, cell);
  });
  return [...new Set(behind)];
}
