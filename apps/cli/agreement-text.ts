import { type AgreementDocument, type Clause } from '../../libs/domain/agreement/document.js';
import { table } from './table.js';

/** An agreement as the hub's GraphQL gives it; `document` is JSON text. */
export interface HubAgreement {
  readonly reference: string;
  readonly version: number;
  readonly title: string;
  readonly status: string;
  readonly hash: string;
  readonly owner: string;
  readonly inForceFrom: string;
  readonly reviewDue: string;
  readonly reviewOverdue: boolean;
  readonly expires: string;
  readonly purposes: readonly string[];
  readonly parties: readonly { readonly agency: string; readonly regime: string; readonly contact: string }[];
  readonly signatures: readonly {
    readonly party: string;
    readonly user: string;
    readonly at: string;
    readonly key: string;
    readonly signature: string;
  }[];
  readonly withdrawn: readonly { readonly party: string; readonly at: string }[];
  readonly suspension: { readonly party: string; readonly at: string; readonly reason: string } | null;
  readonly steps: readonly {
    readonly what: string;
    readonly agency: string;
    readonly user: string;
    readonly at: string;
    readonly reason: string;
  }[];
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
      signedOf(each),
      each.inForceFrom,
      reviewOf(each),
      each.expires,
      each.title,
    ]),
  );
}

/** Those who have withdrawn are bound no more: they neither count nor are counted. */
function signedOf({ signatures, parties, withdrawn }: HubAgreement): string {
  const bound = parties.filter(({ agency }) => !withdrawn.some(({ party }) => party === agency));
  const signed = signatures.filter(({ party }) => bound.some(({ agency }) => agency === party));
  return `${String(signed.length)} of ${String(bound.length)}`;
}

/** A review that was due and did not happen stops nothing, but is not overlooked. */
function reviewOf({ reviewDue, reviewOverdue }: HubAgreement): string {
  return reviewOverdue ? `${reviewDue} overdue` : reviewDue;
}

/** What happened to each version, a line for each step: when, what, who and why. */
export function historyOf(versions: readonly HubAgreement[]): readonly string[] {
  return table(
    ['at', 'version', 'step', 'agency', 'user', 'reason'],
    versions
      .flatMap(({ version, steps }) => steps.map((step) => ({ version, ...step })))
      .toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
      .map(({ at, version, what, agency, user, reason }) => [
        at,
        version,
        inWords(what),
        agency,
        user,
        reason,
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
    `in force from ${agreement.inForceFrom}, review due ${reviewOf(agreement)}, expires ${agreement.expires}`,
    `owner ${agreement.owner}`,
    `hash ${agreement.hash}`,
    ...suspensionOf(agreement),
    '',
    ...table(
      ['party', 'regime', 'contact', 'signed by', 'at', 'withdrew'],
      agreement.parties.map(({ agency, regime, contact }) => {
        const signature = agreement.signatures.find(({ party }) => party === agency);
        const left = agreement.withdrawn.find(({ party }) => party === agency);
        return [agency, regime, contact, signature?.user ?? '', signature?.at ?? '', left?.at ?? ''];
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

function suspensionOf({ suspension }: HubAgreement): readonly string[] {
  return suspension === null ? [] : [`suspended by ${suspension.party}: ${suspension.reason}`];
}

/** The status in the words that the hub's messages use (`in-force`). */
export function statusOf({ status }: Pick<HubAgreement, 'status'>): string {
  return inWords(status);
}

function inWords(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function linesOf(clause: Clause): readonly string[] {
  const { id, effect, publishers, recipients, purposes, types, conditions } = clause;
  const permission = clause.effect === 'permit' ? clause : undefined;
  const told: readonly (readonly [string, string | undefined])[] = [
    ['from', publishers.join(', ')],
    ['to', recipients.join(', ')],
    ['for', purposes.join(', ')],
    ['types', types.join(', ')],
    ...Object.entries(clause.fields).map(([treatment, names]) => [treatment, names.join(', ')] as const),
    ['reach', permission?.reach],
    ['if', conditions === undefined ? undefined : JSON.stringify(conditions)],
    ['gateway', permission?.gateway],
    ['basis', permission && Object.values(permission.lawfulBasis).join('; ')],
    ['retention', permission?.retention],
    ['because', clause.effect === 'prohibit' ? clause.because : undefined],
  ];
  const lines = told.flatMap(([what, value]) =>
    value === undefined ? [] : [`  ${what.padEnd(10)} ${value}`],
  );
  return ['', `${effect} ${id}`, ...lines];
}
