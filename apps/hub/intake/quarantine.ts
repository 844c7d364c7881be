import { type Caller } from '../../../libs/adapters/caller/caller.js';
import {
  type ParsedPublication,
  parsePublication,
  type Publication,
} from '../../../libs/contract/envelope.js';
import { agencyOf } from '../../../libs/contract/agency.js';
import { Forbidden, Invalid } from '../../../libs/contract/failure.js';
import { refusalOf } from './admission.js';
import { type HeldEvent, heldReceipt } from './index-entry.js';
import { holdOf, type Receipt, receiptOf } from './receipt.js';
import { type Arrival } from './recorder.js';
import { type Recording, record, type RecordingDependencies } from './recording.js';

/** A held event as its publisher and operators see it: nothing of what it says. */
export interface QuarantineItem extends ReturnType<typeof holdOf> {
  readonly agency: string;
  readonly source: string;
  readonly sourceId: string;
  readonly type: string | null;
  /** ISO 8601 in UTC. */
  readonly received: string;
  /** For operators of the hub: the people it might be about. */
  readonly candidates?: readonly string[];
}

export interface QuarantinePage {
  readonly items: readonly QuarantineItem[];
  /** Give it as `after` to get the next page; null on the last one. */
  readonly next: number | null;
}

/** What is done about a held event: nothing (its cause is gone), a corrected event, a confirmation, a choice. */
export interface Release {
  /** Text of the corrected CloudEvent, of the same source and id. */
  readonly event?: string;
  /** The person meant, one of the candidates. */
  readonly offender?: string;
  /** Values that look like stand-ins are true. */
  readonly confirmed?: boolean;
  /** It begins a new record of a person who was erased. */
  readonly anew?: boolean;
}

export interface Quarantine {
  /** Own agency's held events, or everybody's for an operator of the hub team, oldest first. */
  list(caller: Caller, after: number, limit: number): QuarantinePage;
  /**
   * Records a held event after all, and answers as if it had been published now; it stays held when it still cannot be
   * recorded. A second release answers with the first one's receipt. Only its publisher may correct or confirm what
   * it says; only an operator of the hub team may choose the person or begin the record of one who was erased anew, an operator elsewhere acts for its own agency alone. Throws `Invalid` `not-found` for what the caller may not see.
   */
  release(caller: Caller, id: string, release: Release): Promise<Receipt>;
}

interface QuarantineDependencies extends RecordingDependencies {
  readonly now: () => number;
  /** Runs one at a time what concerns one event. */
  readonly alone: (eventId: string, work: () => Promise<Recording>) => Promise<Recording>;
}

const MOST_ON_A_PAGE = 500;

export function openQuarantine(dependencies: QuarantineDependencies): Quarantine {
  const { index, recorder, now, alone } = dependencies;

  async function arrivalOf(held: HeldEvent, { event }: Release): Promise<Arrival> {
    const publication = sameEvent(held, parsePublication(event ?? (await recorder.open(held))));
    return recorder.arrivalOf(held.agency, publication, event === undefined ? held.received : now());
  }

  async function releaseHeld({ agency, user }: Caller, held: HeldEvent, release: Release): Promise<Receipt> {
    const { event, confirmed = false, offender, anew = false } = release;
    const arrival = await arrivalOf(held, release);
    const recording = await alone(held.id, () =>
      record(dependencies, arrival, { confirmed, offender, anew }),
    );
    if (recording.outcome === 'held')
      return receiptOf(nameOf(held), heldReceipt({ ...held, ...recording }), true);
    const { stored, first } = recording;
    const corrected = event !== undefined;
    await recorder.released(held, {
      agency,
      user,
      corrected,
      confirmed,
      ...(anew && { anew: true as const }),
      released: now(),
    });
    return receiptOf(nameOf(held), stored, first);
  }

  return {
    list(caller, after, limit) {
      const size = Math.min(Math.max(1, limit), MOST_ON_A_PAGE);
      const ofHub = isHubOperator(caller);
      const found = index.listHeld(ofHub ? undefined : caller.agency, after, size + 1);
      const items = found.slice(0, size);
      const next = found.length > size ? (items.at(-1)?.position ?? null) : null;
      return { items: items.map((held) => itemOf(held, ofHub)), next };
    },

    async release(caller, id, release) {
      const held = index.held(id);
      if (held === undefined || !maySee(caller, held))
        throw new Invalid('not-found', 'no such event in quarantine');
      requireAuthority(caller, held, release);
      const stored = index.receipt(id);
      if (stored?.offender !== undefined) return receiptOf(nameOf(held), stored, false);
      return releaseHeld(caller, held, release);
    },
  };
}

/** The role `operator` answers for the whole hub only in the hub team; elsewhere for its own agency. */
function isHubOperator({ agency, roles }: Caller): boolean {
  return agencyOf(agency)?.kind === 'hub' && roles.includes('operator');
}

function maySee(caller: Caller, held: HeldEvent): boolean {
  return caller.agency === held.agency || isHubOperator(caller);
}

function requireAuthority(caller: Caller, held: HeldEvent, release: Release): void {
  const { event, confirmed, offender, anew = false } = release;
  const { agency, roles } = caller;
  const operator = roles.includes('operator');
  const publisher = agency === held.agency && roles.includes('publisher');
  if (!operator && !publisher)
    throw new Forbidden('not-a-publisher', 'release needs the role publisher or operator');
  if (!publisher && (event !== undefined || confirmed === true)) {
    throw new Forbidden('not-the-publisher', 'only the publisher may correct or confirm what an event says');
  }
  if (offender === undefined && !anew) return;
  if (!isHubOperator(caller))
    throw new Forbidden('not-an-operator', 'only an operator of the hub team may choose the person');
  if (offender !== undefined && anew)
    throw new Invalid('invalid-release', 'name the person or begin anew, not both');
  if (offender !== undefined && !held.candidates.includes(offender)) {
    throw new Invalid('not-a-candidate', 'offender is none of the people that the event might be about');
  }
}

/** A correction stays the same event, by the same agency; everything about it is checked as if it came first. */
function sameEvent(held: HeldEvent, parsed: ParsedPublication): Publication {
  if (parsed.outcome === 'invalid') {
    throw new Invalid('invalid-event', 'the corrected event breaks the rules of the envelope', parsed.errors);
  }
  const { publication } = parsed;
  if (publication.source !== held.source || publication.id !== held.sourceId) {
    throw new Invalid(
      'another-event',
      'the corrected event must have the source and id of the one in quarantine',
    );
  }
  const refusal = refusalOf(held.agency, publication);
  if (refusal !== undefined) throw refusal;
  return publication;
}

function nameOf({ source, sourceId }: HeldEvent): { readonly source: string; readonly id: string } {
  return { source, id: sourceId };
}

function itemOf(held: HeldEvent, ofHub: boolean): QuarantineItem {
  const { id, agency, source, sourceId, type, candidates } = held;
  const received = new Date(held.received).toISOString();
  const item = { ...holdOf(id, held), agency, source, sourceId, type, received };
  return ofHub && candidates.length > 0 ? { ...item, candidates } : item;
}
