import { type Publication } from '../../../libs/contract/envelope.js';
import { admit } from './admission.js';
import { eventIdOf } from './event-id.js';
import { type Flagging } from './flagging.js';
import { type Claimant, type Linking } from './linking.js';
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
  readonly flagging: Flagging;
  readonly recorder: Recorder;
}

/** Records a publication as a fact of the person it is about; or says why it must be held, and then records nothing. */
export async function record(
  { index, linking, flagging, recorder }: RecordingDependencies,
  arrival: Arrival,
  { confirmed, offender: chosen, anew }: Assurance,
): Promise<Recording> {
  const { publication, publisher, eventId, received } = arrival;
  const admission = admit(publication, { publisher, received, confirmed });
  if (admission.outcome === 'held') return { ...admission, candidates: [] };
  const { entry, identifiers, offender: named } = admission;
  if (named !== undefined && !index.knowsOffender(named)) return unknownPerson;
  const isErased = (offender: string | undefined) => offender !== undefined && index.isErased(offender);
  const claimant: Claimant = {
    eventId,
    received,
    identifiers,
    offender: chosen ?? (anew && isErased(named) ? undefined : named),
    chosen: chosen !== undefined,
    anew,
  };
  const mended = personMended(index, publication);
  const about = entry.flaggedOnly
    ? await flaggedPerson({ index, linking, flagging }, claimant, mended)
    : claimant;
  if ('outcome' in about) return about;
  const linked = await linking.record(about, (offender, own) =>
    recorder.prepareFact(arrival, entry, own, offender),
  );
  if (linked.outcome === 'recorded') return { outcome: 'recorded', ...linked.result };
  const held = linked.outcome === 'erased' ? erasedPerson : severalPeople;
  return { outcome: 'held', ...held, candidates: linked.offenders };
}

/** The person of whom a fact is recorded that a publication corrects or retracts. */
function personMended(index: ReceiptIndex, { source, corrects, retracts }: Publication): string | undefined {
  const earlier = corrects ?? retracts;
  return earlier === null ? undefined : index.receipt(eventIdOf(source, earlier))?.offender;
}

/**
 * The claimant about the one person whom it names and who is flagged, once what is being recorded of them is in the log;
 * otherwise why it is held. Of somebody unknown it says what it says of anybody who is not flagged (R4). What puts right
 * a fact that is recorded of the same person is taken whether they still are flagged or not (R5).
 */
async function flaggedPerson(
  { index, linking, flagging }: Pick<RecordingDependencies, 'index' | 'linking' | 'flagging'>,
  claimant: Claimant,
  mended: string | undefined,
): Promise<Claimant | Recording> {
  const [offender, ...others] = linking.people(claimant);
  if (offender === undefined) return { outcome: 'held', ...notFlagged, candidates: [] };
  if (others.length > 0) return { outcome: 'held', ...severalPeople, candidates: [offender, ...others] };
  if (index.isErased(offender) || offender === mended) return { ...claimant, offender };
  const isFlagged = await linking.between(offender, () => flagging(offender));
  return isFlagged ? { ...claimant, offender } : { outcome: 'held', ...notFlagged, candidates: [] };
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

const notFlagged: Hold = {
  reason: 'not-flagged',
  errors: [{ pointer: '', detail: 'is about nobody who is flagged or selected (R4)' }],
};

/** Nobody who was erased comes back unless somebody decides so. */
const erasedPerson: Hold = {
  reason: 'erased-person',
  errors: [{ pointer: '', detail: 'is about a person who was erased' }],
};
