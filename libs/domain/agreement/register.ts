import {
  type Agreement,
  type AgreementEvent,
  type AgreementVersion,
  evolve,
  NO_AGREEMENT,
  proposedVersions,
} from './agreement.js';
import { startOf } from './decide.js';
import { evolveKeys, type SignatoryKeyEvent, type SignatoryKeys } from './signatories.js';

/** A day begins: whatever lapses without an act of somebody lapses in the log, so that replay needs no clock. */
export interface ClockEvent {
  readonly type: 'clock.dayBegan';
  /** Calendar date in Europe/London, `2026-11-22`. */
  readonly day: string;
  /** Epoch milliseconds: the beginning of the day, or when the hub noticed it. */
  readonly at: number;
}

/** Everything that is folded into the register, in the order of the stream of agreements. */
export type RegisterEvent = AgreementEvent | SignatoryKeyEvent | ClockEvent;

/** Every agreement the hub knows, the keys they are signed with, and the moment of the last thing that happened. */
export interface Register {
  readonly agreements: ReadonlyMap<string, Agreement>;
  readonly keys: SignatoryKeys;
  /** The day that began last, null before the first. */
  readonly day: string | null;
  /** Epoch milliseconds of the newest event, 0 when there is none. */
  readonly asOf: number;
}

export const EMPTY_REGISTER: Register = { agreements: new Map(), keys: new Map(), day: null, asOf: 0 };

/** The register after an event. */
export function register(before: Register, event: RegisterEvent): Register {
  return { ...before, ...changes(before, event), asOf: Math.max(before.asOf, event.at) };
}

function changes(before: Register, event: RegisterEvent): Partial<Register> {
  switch (event.type) {
    case 'clock.dayBegan':
      return { day: event.day };
    case 'signatory.keyRegistered':
    case 'signatory.keyRevoked':
      return { keys: evolveKeys(before.keys, event) };
    default: {
      const agreement = before.agreements.get(event.reference) ?? NO_AGREEMENT;
      return { agreements: new Map(before.agreements).set(event.reference, evolve(agreement, event)) };
    }
  }
}

/** Every version of every agreement, in order of reference and version; no drafts, which bind nobody. */
export function versions({ agreements }: Register): readonly AgreementVersion[] {
  const references = [...agreements.keys()].sort();
  return references.flatMap((reference) => proposedVersions(agreements.get(reference) ?? []));
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
