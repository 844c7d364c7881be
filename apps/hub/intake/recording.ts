import { type InputError } from '../../../libs/contract/failure.js';
import { admit } from './admission.js';
import { type Linking } from './linking.js';
import { type ReceiptIndex } from './receipt-index.js';
import { type Hold } from './receipt.js';
import { type Arrival, type Recorded, type Recorder } from './recorder.js';

/** What a person added on release: that odd values are true, or who is meant. */
export interface Assurance {
  readonly confirmed: boolean;
  readonly offender: string | undefined;
}

export const NO_ASSURANCE: Assurance = { confirmed: false, offender: undefined };

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
  { confirmed, offender: chosen }: Assurance,
): Promise<Recording> {
  const { publication, publisher, eventId, received } = arrival;
  const admission = admit(publication, { publisher, received, confirmed });
  if (admission.outcome === 'held') return { ...admission, candidates: [] };
  const { entry, identifiers, offender: named } = admission;
  if (named !== undefined && !index.knowsOffender(named)) return unknownPerson;
  const claimant = {
    eventId,
    received,
    identifiers,
    offender: chosen ?? named,
    chosen: chosen !== undefined,
  };
  const linked = await linking.record(claimant, (offender, own) =>
    recorder.prepareFact(arrival, entry, own, offender),
  );
  if (linked.outcome === 'recorded') return { outcome: 'recorded', ...linked.result };
  return {
    outcome: 'held',
    reason: 'ambiguous-person',
    errors: [severalPeople],
    candidates: linked.offenders,
  };
}

const unknownPerson: Recording = {
  outcome: 'held',
  reason: 'unknown-person',
  errors: [{ pointer: '/subject', detail: 'names nobody the hub knows' }],
  candidates: [],
};

const severalPeople: InputError = { pointer: '', detail: 'holds identifiers of different people' };
