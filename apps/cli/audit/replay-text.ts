import { type Replay } from '../../../libs/adapters/audit/compliance.js';
import { type Finding, omissions, recordFaults } from '../../../libs/domain/audit/compliance-finding.js';
import { refusals } from '../../../libs/domain/audit/compliance-reason.js';
import { type PictureFinding } from '../compare-pictures.js';
import { type Cell, type Layouts } from './output.js';

/** A finding as it is told, or a read model that differs from its rebuild. */
export type ReplayItem = ToldFinding | ({ readonly kind: 'picture' } & PictureFinding);

type ToldFinding = Omit<Finding, 'at'> & { readonly at: string | null };

export function told({ at, ...finding }: Finding): ToldFinding {
  return { ...finding, at: momentOf(at) };
}

/** What was judged, with moments as text. */
export function toldReplay({ from, to, ...replay }: Replay): object {
  return { from: momentOf(from), to: momentOf(to), ...replay };
}

function momentOf(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

/** What was judged and found, in one line. */
export function wordsOf({ disclosures, consultations, facts, fields, upTo, ...found }: Replay): string {
  const judged = `${disclosures} disclosures and ${consultations} consultations up to position ${upTo}`;
  const outcome = `${found.notPermitted} not permitted, ${found.withheld} withheld, ${found.records} records at fault`;
  return `${judged}, with ${fields} fields of ${facts} facts: ${outcome}`;
}

/** What a reason means. */
export function meaningOf(reason: Finding['reason']): string {
  return { ...refusals, ...omissions, ...recordFaults }[reason];
}

const headings = [
  'kind',
  'reason',
  'position',
  'at',
  'agency',
  'user',
  'purpose',
  'person',
  'fact',
  'field',
  'shown',
  'clause',
  'permitted',
  'by',
];

const layout = { headings, rows: (item: ReplayItem) => [cellsOf(item)] };

/** The same columns for a person and for a program. */
export const layouts: Layouts<ReplayItem> = { table: layout, csv: layout };

function cellsOf(item: ReplayItem): readonly Cell[] {
  if (item.kind === 'picture') {
    const { kind, outcome, position, agency } = item;
    return [kind, outcome, position, '', agency, ...headings.slice(5).map(() => '')];
  }
  const { kind, reason, position, at, agency, user, purpose, offender, fact, field, shown, clause } = item;
  const cells = [kind, reason, position, at, agency, user, purpose, offender, fact, field, shown, clause];
  return [...cells, item.permitted?.outcome, item.permitted?.clause].map((each) => each ?? '');
}

/** One JSON object, line by line: what was judged, every finding, and the read models that differ (null: nobody asked). */
export async function* jsonOf(
  replay: Replay,
  items: AsyncIterable<ReplayItem>,
  arePicturesAsked: boolean,
): AsyncIterable<string> {
  const pictures: ReplayItem[] = [];
  yield `{"replay":${JSON.stringify(toldReplay(replay))},"findings":[`;
  let last: string | undefined;
  for await (const item of items) {
    if (item.kind === 'picture') pictures.push(item);
    else {
      if (last !== undefined) yield `${last},`;
      last = JSON.stringify(item);
    }
  }
  if (last !== undefined) yield last;
  yield `],"pictures":${JSON.stringify(arePicturesAsked ? pictures : null)}}`;
}
