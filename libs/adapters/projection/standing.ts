import { catalogue } from '../../contract/catalogue/catalogue.js';
import { type FactMetadata, isFactStream, streamOf } from '../../contract/fact.js';
import { compile, type Table } from '../../domain/agreement/compile.js';
import { EMPTY_REGISTER, type Register, type RegisterEvent } from '../../domain/agreement/register.js';
import { changesState, repeats, type StateFact, stateOf } from '../../domain/casework/offender-history.js';
import { type OffenderState, type OpenEmergency, UNMANAGED } from '../../domain/casework/offender-state.js';
import {
  type Emergencies,
  type Emergency,
  type EmergencyEvent,
  evolve,
  NO_EMERGENCIES,
} from '../../domain/emergency/emergency.js';
import {
  type DataProtectionEvent,
  evolve as evolveProtection,
  type Protection,
  restrictedIn,
  UNPROTECTED,
} from '../../domain/erasure/data-protection.js';
import { foldRecorded } from '../agreement-document/recorded-step.js';
import { type EventLog, type LoggedEvent, type Position } from '../event-log/event-log.js';
import { type Supersession } from '../read-store/read-store.js';

/**
 * What decisions rest on as the log stands at a position: the agreements, the people's states with the emergencies open
 * about them, and which facts were superseded. Folded from clear metadata alone.
 */
export interface Standing {
  register(): Register;
  table(): Table;
  state(offender: string): OffenderState;
  /** Everybody of whose state anything is known. */
  offenders(): Iterable<readonly [offender: string, state: OffenderState]>;
  supersession(id: string): Supersession | undefined;
  /** Whether the person was erased: there is nothing more to show, whether the key is gone yet or not. */
  isErased(offender: string): boolean;
  /** Takes the next event in; says what it changed. */
  apply(event: LoggedEvent): Change;
}

/** What an event changes beyond itself. */
export type Change =
  | {
      readonly kind: 'fact';
      readonly metadata: FactMetadata;
      readonly supersedes: SupersededFact | undefined;
      /** People whose state is another now. */
      readonly stateChanged: readonly string[];
    }
  | { readonly kind: 'register'; readonly event: RegisterEvent; readonly before: Register }
  | {
      readonly kind: 'emergency';
      readonly stateChanged: readonly string[];
      /** The agency whose people it opens something to: nobody else sees more or less. */
      readonly agency: string;
    }
  | { readonly kind: 'protection'; readonly stateChanged: readonly string[]; readonly erased: string | null }
  | { readonly kind: 'other' };

export interface SupersededFact {
  readonly id: string;
  readonly supersession: Supersession;
}

export function emptyStanding(): Standing {
  let agreements = EMPTY_REGISTER;
  let compiled: Table | undefined;
  let emergencies: Emergencies = NO_EMERGENCIES;
  const stateFacts = new Map<string, StateFact[]>();
  const bearing = new Map<string, { readonly offender: string; readonly fact: StateFact }>();
  const states = new Map<string, OffenderState>();
  const superseded = new Map<string, Supersession>();
  const protections = new Map<string, Protection>();

  function applyFact(event: LoggedEvent): Change {
    const metadata = JSON.parse(event.metadata) as FactMetadata;
    const supersedes = supersededBy(event, metadata);
    if (supersedes !== undefined) superseded.set(supersedes.id, supersedes.supersession);
    return { kind: 'fact', metadata, supersedes, stateChanged: changeState(event, metadata) };
  }

  /**
   * A fact bears on the state of its person, and, when it supersedes a fact of somebody else or of another type, on
   * the state of whom that one was about: there it only takes away. It may have been superseded before it came.
   */
  function changeState({ id, type }: LoggedEvent, metadata: FactMetadata): readonly string[] {
    const { offender, publisher, happened, control, corrects, retracts } = metadata;
    const changed = new Set<string>();
    const fact = { id, type, publisher, happened, control, corrects, retracts };
    const former = bearing.get(corrects ?? retracts ?? '');
    const bears = changesState(type, control);
    const isOwn = bears && former?.offender === offender;
    const add = (to: string, added: StateFact): void => {
      const replaced = former?.offender === to ? former.fact : undefined;
      if (addStateFact(to, added, replaced)) changed.add(to);
    };
    const taking = { ...fact, type: 'superseding', control: {} };
    if (former !== undefined && !isOwn) add(former.offender, taking);
    if (bears) {
      bearing.set(id, { offender, fact });
      if (superseded.has(id)) add(offender, { ...taking, id: `before ${id}`, corrects: null, retracts: id });
      add(offender, fact);
    }
    return [...changed];
  }

  function addStateFact(offender: string, fact: StateFact, replaced: StateFact | undefined): boolean {
    const facts = stateFacts.get(offender) ?? [];
    stateFacts.set(offender, facts);
    facts.push(fact);
    const before = states.get(offender) ?? UNMANAGED;
    if (!superseded.has(fact.id) && repeats(before, fact, replaced)) return false;
    const { emergencies, processingRestricted } = before;
    const after = { ...stateOf(facts), emergencies, processingRestricted };
    if (JSON.stringify(before) === JSON.stringify(after)) return false;
    states.set(offender, after);
    return true;
  }

  /** An emergency about nobody the hub knows changes nothing. */
  function applyEmergency(event: EmergencyEvent): Change {
    emergencies = evolve(emergencies, event);
    const known = emergencies.get(event.id);
    const offender = known?.offender ?? null;
    const agency = known?.by.agency ?? '';
    if (offender === null) return { kind: 'emergency', stateChanged: [], agency };
    const open = [...emergencies.values()].filter(
      (each) => each.offender === offender && each.closed === null,
    );
    const before = states.get(offender) ?? UNMANAGED;
    states.set(offender, { ...before, emergencies: open.map(openEmergency) });
    return { kind: 'emergency', stateChanged: [offender], agency };
  }

  /** Holds, reviews and requests change nothing that is shown. */
  function applyProtection(event: DataProtectionEvent): Change {
    const { offender, type } = event;
    const protection = evolveProtection(protections.get(offender) ?? UNPROTECTED, event);
    protections.set(offender, protection);
    if (type === 'erasure.made') return { kind: 'protection', stateChanged: [], erased: offender };
    const before = states.get(offender) ?? UNMANAGED;
    const after = { ...before, processingRestricted: restrictedIn(protection) };
    if (JSON.stringify(before) === JSON.stringify(after))
      return { kind: 'protection', stateChanged: [], erased: null };
    states.set(offender, after);
    return { kind: 'protection', stateChanged: [offender], erased: null };
  }

  return {
    register: () => agreements,
    table: () => (compiled ??= compile(agreements, catalogue)),
    state: (offender) => states.get(offender) ?? UNMANAGED,
    offenders: () => states.entries(),
    supersession: (id) => superseded.get(id),
    isErased: (offender) => (protections.get(offender)?.erased ?? null) !== null,
    apply(event) {
      if (isFactStream(event.stream)) return applyFact(event);
      if (event.stream === streamOf.emergencies)
        return applyEmergency(JSON.parse(event.metadata) as EmergencyEvent);
      if (event.stream === streamOf.dataProtection)
        return applyProtection(JSON.parse(event.metadata) as DataProtectionEvent);
      if (event.stream !== streamOf.agreements) return { kind: 'other' };
      const before = agreements;
      const recorded = foldRecorded(before, event);
      agreements = recorded.register;
      compiled = undefined;
      return { kind: 'register', event: recorded.event, before };
    },
  };
}

function openEmergency({ by: { agency, user }, purpose, until }: Emergency): OpenEmergency {
  return { agency, user, purpose, until };
}

function supersededBy(
  { id: by, position }: LoggedEvent,
  { corrects, retracts }: FactMetadata,
): SupersededFact | undefined {
  if (retracts !== null) return { id: retracts, supersession: { by, position, kind: 'retracted' } };
  if (corrects !== null) return { id: corrects, supersession: { by, position, kind: 'corrected' } };
  return undefined;
}

/** The standing after every event up to a position (inclusive). */
export async function standingAt(log: Pick<EventLog, 'readAll'>, position: Position): Promise<Standing> {
  const standing = emptyStanding();
  for await (const event of log.readAll(0)) {
    if (event.position > position) break;
    standing.apply(event);
  }
  return standing;
}
