import {
  type Agreement,
  type AgreementEvent,
  type AgreementVersion,
  evolve,
  NO_AGREEMENT,
} from './agreement.js';
import { startOf } from './decide.js';

/** Every agreement the hub knows, and the moment of the last thing that happened to one. */
export interface Register {
  readonly agreements: ReadonlyMap<string, Agreement>;
  /** Epoch milliseconds of the newest agreement event, 0 when there is none. */
  readonly asOf: number;
}

export const EMPTY_REGISTER: Register = { agreements: new Map(), asOf: 0 };

export function isAgreementEvent(type: string): boolean {
  return type.startsWith('agreement.');
}

/** The register after an agreement event. */
export function register(before: Register, event: AgreementEvent): Register {
  const agreement = evolve(before.agreements.get(event.reference) ?? NO_AGREEMENT, event);
  const agreements = new Map(before.agreements).set(event.reference, agreement);
  return { agreements, asOf: Math.max(before.asOf, event.at) };
}

/** Every version of every agreement, in order of reference and version. */
export function versions({ agreements }: Register): readonly AgreementVersion[] {
  const references = [...agreements.keys()].sort();
  return references.flatMap((reference) => agreements.get(reference) ?? []);
}

/**
 * Whether an agreement version permits anything at a moment: in force as the log says, and not past its end,
 * which comes without an event (design §8).
 */
export function inForceAt(version: AgreementVersion, at: number): boolean {
  return version.status === 'in-force' && at < startOf(version.document.expires);
}

/** Names an agreement version: `<reference>/<version>`, the first part of a clause reference. */
export function versionKey({ document }: AgreementVersion): string {
  return `${document.reference}/${document.version}`;
}

/** The agreement versions in force at a moment. */
export function inForce(all: Register, at: number): readonly AgreementVersion[] {
  return versions(all).filter((version) => inForceAt(version, at));
}
