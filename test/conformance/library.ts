import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAgreement } from '../../libs/adapters/agreement-document/agreement-document.js';
import { agencies } from '../../libs/contract/agency.js';
import { catalogue } from '../../libs/contract/catalogue/catalogue.js';
import { type FactMetadata } from '../../libs/contract/fact.js';
import { type Moment, parseMoment } from '../../libs/contract/moment.js';
import { compile, type Table } from '../../libs/domain/agreement/compile.js';
import { startOf } from '../../libs/domain/agreement/decide.js';
import { type Decision } from '../../libs/domain/agreement/decision.js';
import { type AgreementDocument } from '../../libs/domain/agreement/document.js';
import { evaluate } from '../../libs/domain/agreement/evaluate.js';
import { anybodyOf, type Recipient } from '../../libs/domain/agreement/recipient.js';
import { type OffenderState, UNMANAGED } from '../../libs/domain/casework/offender-state.js';
import { inForceRegister } from '../../libs/testing/agreements.js';

export const folder = fileURLToPath(new URL('../../deploy/agreements', import.meta.url));

/** One agreement version as it stands under `deploy/agreements/`. */
export interface LibraryFile {
  readonly name: string;
  readonly text: string;
  readonly document: AgreementDocument;
}

/** Every version of every agreement of the demonstration, in order of reference and version. */
export const library: readonly LibraryFile[] = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    return { name, text, document: parseAgreement(text) };
  })
  .sort(
    ({ document: one }, { document: other }) =>
      one.reference.localeCompare(other.reference) || one.version - other.version,
  );

const documents = library.map(({ document }) => document);

/** The version of each agreement whose time a calendar day is. */
export function standingOn(day: string): readonly AgreementDocument[] {
  const begun = documents.filter(({ inForceFrom, expires }) => inForceFrom <= day && day < expires);
  return begun.filter(
    ({ reference, version }) =>
      !begun.some((other) => other.reference === reference && other.version > version),
  );
}

/** Every version, signed in its time, as one table: what the hub's own log comes to. */
export const table: Table = compile(inForceRegister(documents), catalogue);

/** A question about one fact, in short. What is left out is the ordinary: nobody in particular asks, by day, of an unmarked case. */
export interface Question {
  readonly type: string;
  readonly to: string;
  readonly purpose: string;
  /** The day of the question, of the fact, and of its receipt. */
  readonly on?: string;
  readonly state?: Partial<OffenderState>;
  readonly who?: Partial<Recipient>;
  readonly handling?: 'P' | 'C';
  readonly control?: FactMetadata['control'];
}

export interface Seen {
  /** What is shared, by outcome; what is withheld stays out. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
  /** The clauses that share it. */
  readonly clauses: readonly string[];
}

/** The day of every question that names none. */
export const TODAY = '2026-11-22';

/** What the agreements let a recipient see. */
export function seen(question: Question): Seen {
  const shared = decided(question).fields.filter(({ outcome }) => outcome !== 'withhold');
  const fields: Record<string, string[]> = {};
  for (const { path, outcome } of shared) (fields[outcome] ??= []).push(path);
  return { fields, clauses: [...new Set(shared.map(({ clause }) => clause ?? ''))].sort() };
}

/** What the agreements decide, field by field. */
export function decided({
  type,
  to,
  purpose,
  on = TODAY,
  state = {},
  who = {},
  handling,
  control = {},
}: Question): Decision {
  const [kind] = type.split('.');
  const publisher = agencies.find((agency) => agency.kind === kind)?.id ?? '';
  const at = startOf(on) + MIDDAY;
  const fact = {
    publisher,
    type,
    version: 1,
    received: at,
    happened: dayOf(on),
    handling: handling ?? null,
    control,
  };
  const recipient = { ...anybodyOf(to), ...who };
  return evaluate(table, fact, recipient, purpose, { ...UNMANAGED, ...state }, at);
}

const MIDDAY = 43_200_000;

function dayOf(date: string): Moment {
  const day = parseMoment(date);
  if (day === undefined) throw new Error(`${date} is no calendar date`);
  return day;
}
