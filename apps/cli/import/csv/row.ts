/** A row of an extract: its first line in the file, and its cells by column, as they are. */
export interface Row {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
  /** The cells in their order, also where there are more or fewer than columns. */
  readonly record: readonly string[];
}

/** Why a row cannot be taken: the line and column that say so, and never what stands there. */
export interface Fault {
  readonly line: number;
  readonly column: string | undefined;
  readonly reason: string;
}

/** The text of a column without surrounding blanks; undefined when there is none, or one that means none. */
export function textIn({ cells }: Row, column: string, blank: readonly string[]): string | undefined {
  const text = (cells[column] ?? '').trim();
  return text === '' || blank.includes(text) ? undefined : text;
}
