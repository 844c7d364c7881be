import { type WhatIf } from '../../libs/adapters/replay/what-if.js';
import { type SightTotal } from '../../libs/domain/replay/tally.js';
import { table } from './table.js';

/** What would change, as tables: first each agency, then each field. */
export function tablesOf(answer: WhatIf): readonly string[] {
  const { agencies, sights } = answer;
  if (sights.length === 0) return [...headOf(answer), 'no difference'];
  const totals = agencies.map(({ recipient, gained, lost, changed }) => [
    recipient,
    ...[gained, lost, changed].flatMap(({ facts, people }) => [facts, people]),
  ]);
  const headings = ['agency', 'gained', 'people', 'lost', 'people', 'changed', 'people'];
  return [...headOf(answer), '', ...table(headings, totals), '', ...table(columns, sights.map(cellsOf))];
}

function headOf({ reference, replaces, at, facts }: WhatIf): readonly string[] {
  const place = replaces === null ? 'as a new agreement' : `in the place of version ${replaces}`;
  return [`${reference} ${place}, ${facts} facts as of ${new Date(at).toISOString()}`];
}

const columns = ['agency', 'purpose', 'type', 'field', 'who', 'change', 'before', 'after', 'facts', 'people'];

function cellsOf(sight: SightTotal): readonly (string | number)[] {
  const { recipient, purpose, type, field, audience, gain, before, after, facts, people } = sight;
  return [recipient, purpose, type, field, audience, gain, before, after, facts, people];
}

/** The same, for programs. */
export function jsonOf({ at, ...answer }: WhatIf): readonly string[] {
  return [JSON.stringify({ ...answer, at: new Date(at).toISOString() }, null, 2)];
}

/** The fields alone, as CSV (RFC 4180) under the names of the columns. */
export function csvOf({ sights }: WhatIf): readonly string[] {
  return [columns, ...sights.map(cellsOf)].map((cells) => cells.map(quoted).join(','));
}

function quoted(cell: string | number): string {
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
