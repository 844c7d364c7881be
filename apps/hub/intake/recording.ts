import { admit } from './admission.js';
import { type Linking } from './linking.js';
import { type ReceiptIndex } from './receipt-index.js';
import { type Hold } from './receipt.js';
import { type Arrival, type Recorded, type Recorder } from './recorder.js';

/** What a person added on release: that odd values are true, or who is meant. */
export interface Assurance {
  readonly confirmed: boolean;
  readonly offender: string | undefined;
  /** It begins a new record of somebody who was erased. */
  readonly anew: boolean;
}

export const NO_ASSURANCE: Assurance = { confirmed: false, offender: undefined, anew: false };

export type Recording =
  | ({ readonly outcome: 'recorded' } & Recorded)
  | ({ readonly outcome: 'held'; readonly candidates: readonly string[] } & Hold);

export interface RecordingDependencies {
  readonly index: ReceiptIndex;
  readonly linking: Linking;
  readonly recorder: Recorder;
}

/** Records a publication as a fact of the person it is about; or says why it must be held, and then records nothing. */
export async function record(
  { index, linking, recorder }: RecordingDependencies,
  arrival: Arrival,
  { confirmed, offender: chosen, anew }: Assurance,
): Promise<Recording> {
  const { publication, publisher, eventId, received } = arrival;
  const admission = admit(publication, { publisher, received, confirmed });
  if (admission.outcome === 'held') return { ...admission, candidates: [] };
  const { entry, identifiers, offender: named } = admission;
  if (named !== undefined && !index.knowsOffender(named)) return unknownPerson;
  const isErased = (offender: string | undefined) => offender !== undefined && index.isErased(offender);
  const claimant = {
    eventId,
    received,
    identifiers,
    offender: chosen ?? (anew && isErased(named) ? undefined : named),
    chosen: chosen !== undefined,
    anew,
  };
  const linked = await linking.record(claimant, (offender, own) =>
    recorder.prepareFact(arrival, entry, own, offender),
  );
  if (linked.outcome === 'recorded') return { outcome: 'recorded', ...linked.result };
  const held = linked.outcome === 'erased' ? erasedPerson : severalPeople;
  return { outcome: 'held', ...held, candidates: linked.offenders };
}

const unknownPerson: Recording = {
  outcome: 'held',
  reason: 'unknown-person',
  errors: [{ pointer: '/subject', detail: 'names nobody the hub knows' }],
  candidates: [],
};

const severalPeople: Hold = {
  reason: 'ambiguous-person',
  errors: [{ pointer: '', detail: 'holds identifiers of different people' }],
};

/** Nobody who was erased comes back unless somebody decides so. */
const erasedPerson: Hold = {
  reason: 'erased-person',
  errors: [{ pointer: '', detail: 'is about a person who was erased' }],
};
