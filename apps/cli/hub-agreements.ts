import { Conflict, Invalid } from '../../libs/contract/failure.js';
import { type AgreementOptions } from './agreement-options.js';
import { type HubAgreement, statusOf } from './agreement-text.js';
import { type Ask } from './graphql-client.js';
import { type Terminal } from './session.js';

/** What is asked about an agreement whenever one is shown. */
export const FIELDS = `reference version title status hash owner inForceFrom reviewDue reviewOverdue expires purposes document
  parties { agency regime contact } signatures { party user at key signature } withdrawn { party at }
  suspension { party at reason } steps { what agency user at reason }`;

/** Every version that concerns the agency that asks. */
export async function binding(ask: Ask): Promise<readonly HubAgreement[]> {
  return (await ask<{ agreements: readonly HubAgreement[] }>(`{ agreements { ${FIELDS} } }`)).agreements;
}

/** Every version of an agreement. Throws `Conflict` `agreement-unknown` when nothing of the kind binds the agency. */
export async function versionsOf(ask: Ask, reference: string): Promise<readonly HubAgreement[]> {
  const found = (await binding(ask)).filter((each) => each.reference === reference);
  if (found.length === 0) throw unknown(reference);
  return found;
}

/** Which version is meant when none is named: the newest, or the one that shares or was suspended, if there is one. */
type Otherwise = 'newest' | 'standing';

/** The version that is meant, alone. Throws like `versionsOf`. */
export async function choose(
  ask: Ask,
  reference: string,
  { version }: AgreementOptions,
  otherwise: Otherwise = 'newest',
): Promise<readonly [HubAgreement]> {
  const found = await versionsOf(ask, reference);
  const standing = found.findLast(({ status }) => status === 'inForce' || status === 'suspended');
  const usual = otherwise === 'standing' ? (standing ?? found.at(-1)) : found.at(-1);
  const chosen =
    version === undefined ? usual : found.find((each) => each.version === versionNumber(version));
  if (chosen === undefined) throw unknown(`${reference} version ${version ?? ''}`);
  return [chosen];
}

function unknown(which: string): Conflict {
  return new Conflict('agreement-unknown', `no agreement ${which} binds this agency (agreement-unknown)`);
}

function versionNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Invalid('option', '--version must be a whole number');
}

/** Prints agreements as JSON, if that is wished, or else as lines. */
export function show(
  agreements: readonly HubAgreement[],
  { json }: AgreementOptions,
  { out }: Terminal,
  lines: (agreements: readonly HubAgreement[]) => readonly string[],
): void {
  if (json === true) out(JSON.stringify(agreements.map(withDocument), null, 2));
  else for (const line of lines(agreements)) out(line);
}

function withDocument({ document, ...agreement }: HubAgreement): object {
  return { ...agreement, status: statusOf(agreement), document: JSON.parse(document) as unknown };
}
