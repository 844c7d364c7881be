import { stringify } from 'csv-stringify/sync';

/**
 * A line of CSV (RFC 4180), without its end. Text that a spreadsheet would run as a formula is preceded by an apostrophe,
 * which shows it as text: some cells hold what people wrote themselves.
 */
export function csvLine(cells: readonly (string | number)[]): string {
  return stringify([[...cells]], { escape_formulas: true, quoted_match: /[\r\n]/ }).slice(0, -1);
}
