import { stringify } from 'csv-stringify/sync';
import { type Operation } from '../../domain/audit/operations.js';

const columns = [
  ...['position', 'at', 'operation', 'agency', 'user', 'purpose', 'law', 'recipient'],
  ...['asked', 'offender', 'fact', 'as', 'clause', 'agreement', 'fields'],
];

/** The first line of `disclosures.csv`: what `concordat audit disclosures --format csv` has, but for the justification. */
export function csvHeadings(): string {
  return csvLine(columns);
}

/** An answer in CSV: a line for each fact, clause and way of showing; one line when nothing was shown. */
export function csvLines(operation: Operation): readonly string[] {
  const { position, at, kind, agency, user, purpose, law, recipient, asked } = operation;
  const { offenders, facts } = operation;
  const cells = [
    position,
    at,
    kind,
    agency,
    user ?? '',
    purpose ?? '',
    law ?? '',
    recipient ?? '',
    asked.join(' '),
  ];
  if (facts.length === 0) return [csvLine([...cells, offenders.join(' '), '', '', '', '', ''])];
  return facts.map((fact) =>
    csvLine([
      ...cells,
      fact.offender,
      fact.position ?? '',
      fact.as ?? '',
      fact.clause ?? '',
      fact.agreement ?? '',
      fact.fields.join(' '),
    ]),
  );
}

/** RFC 4180, without its end. What a spreadsheet would run as a formula is preceded by an apostrophe. */
function csvLine(cells: readonly string[]): string {
  return stringify([[...cells]], { escape_formulas: true, quoted_match: /[\r\n]/ }).slice(0, -1);
}
