import { type AgreementDocument, type Clause } from '../../libs/domain/agreement/document.js';
import { table } from './table.js';

/** An agreement as the hub's GraphQL gives it; `document` is JSON text. */
export interface HubAgreement {
  readonly reference: string;
  readonly version: number;
  readonly title: string;
  readonly status: string;
  readonly hash: string;
  readonly inForceFrom: string;
  readonly reviewDue: string;
  readonly expires: string;
  readonly purposes: readonly string[];
  readonly parties: readonly { readonly agency: string; readonly regime: string; readonly contact: string }[];
  readonly signatures: readonly { readonly party: string; readonly user: string; readonly at: string }[];
  readonly document: string;
}

/** Agreements, a line each. */
export function listOf(agreements: readonly HubAgreement[]): readonly string[] {
  const headings = [
    'reference',
    'version',
    'status',
    'signed',
    'in force from',
    'review due',
    'expires',
    'title',
  ];
  return table(
    headings,
    agreements.map((each) => [
      each.reference,
      each.version,
      statusOf(each),
      `${String(each.signatures.length)} of ${String(each.parties.length)}`,
      each.inForceFrom,
      each.reviewDue,
      each.expires,
      each.title,
    ]),
  );
}

/** Everything about an agreement that a signatory reads before signing. */
export function describeAgreement([agreement]: readonly HubAgreement[]): readonly string[] {
  if (agreement === undefined) return [];
  const { clauses, purposes } = JSON.parse(agreement.document) as AgreementDocument;
  return [
    `${agreement.title}`,
    `${agreement.reference} version ${String(agreement.version)}, ${statusOf(agreement)}`,
    `in force from ${agreement.inForceFrom}, review due ${agreement.reviewDue}, expires ${agreement.expires}`,
    `hash ${agreement.hash}`,
    '',
    ...table(
      ['party', 'regime', 'contact', 'signed by', 'at'],
      agreement.parties.map(({ agency, regime, contact }) => {
        const signature = agreement.signatures.find(({ party }) => party === agency);
        return [agency, regime, contact, signature?.user ?? '', signature?.at ?? ''];
      }),
    ),
    '',
    ...table(
      ['purpose', 'description'],
      purposes.map(({ id, description }) => [id, description]),
    ),
    ...clauses.flatMap(linesOf),
  ];
}

/** The status in the words that the hub's messages use (`in-force`). */
export function statusOf({ status }: Pick<HubAgreement, 'status'>): string {
  return status.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function linesOf(clause: Clause): readonly string[] {
  const { id, effect, publishers, recipients, purposes, types, conditions, gateway, lawfulBasis } = clause;
  const told: readonly (readonly [string, string | undefined])[] = [
    ['from', publishers.join(', ')],
    ['to', recipients.join(', ')],
    ['for', purposes.join(', ')],
    ['types', types.join(', ')],
    ...Object.entries(clause.fields).map(([treatment, names]) => [treatment, names.join(', ')] as const),
    ['reach', clause.effect === 'permit' ? clause.reach : undefined],
    ['if', conditions === undefined ? undefined : JSON.stringify(conditions)],
    ['gateway', gateway],
    ['basis', lawfulBasis],
    ['retention', clause.retention],
  ];
  const lines = told.flatMap(([what, value]) =>
    value === undefined ? [] : [`  ${what.padEnd(10)} ${value}`],
  );
  return ['', `${effect} ${id}`, ...lines];
}
