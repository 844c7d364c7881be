import { catalogue } from '../../contract/catalogue/catalogue.js';
import { type FactMetadata, isFactStream } from '../../contract/fact.js';
import { type AgreementEvent } from '../../domain/agreement/agreement.js';
import { compile, type Table } from '../../domain/agreement/compile.js';
import {
  EMPTY_REGISTER,
  isAgreementEvent,
  register,
  type Register,
} from '../../domain/agreement/register.js';
import {
  changesState,
  type OffenderState,
  type StateFact,
  stateOf,
  UNMANAGED,
} from '../../domain/casework/offender-state.js';
import { type EventLog, type LoggedEvent, type Position } from '../event-log/event-log.js';
import { type Supersession } from '../read-store/read-store.js';

/**
 * What decisions rest on as the log stands at a position: the agreements, the people's states, and which facts were
 * superseded. Folded from clear metadata alone.
 */
export interface Standing {
  register(): Register;
  table(): Table;
  state(offender: string): OffenderState;
  supersession(id: string): Supersession | undefined;
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
  | { readonly kind: 'agreement'; readonly event: AgreementEvent }
  | { readonly kind: 'other' };

export interface SupersededFact {
  readonly id: string;
  readonly supersession: Supersession;
}

export function emptyStanding(): Standing {
  let agreements = EMPTY_REGISTER;
  let compiled: Table | undefined;
  const stateFacts = new Map<string, readonly StateFact[]>();
  const owners = new Map<string, string>();
  const states = new Map<string, OffenderState>();
  const superseded = new Map<string, Supersession>();

  function applyFact(event: LoggedEvent): Change {
    const metadata = JSON.parse(event.metadata) as FactMetadata;
    const supersedes = supersededBy(event, metadata);
    if (supersedes !== undefined) superseded.set(supersedes.id, supersedes.supersession);
    return { kind: 'fact', metadata, supersedes, stateChanged: changeState(event, metadata) };
  }

  /**
   * A fact bears on the state of its person, and, when it supersedes a fact of somebody else or of another type, on
   * the state of whom that one was about: there it only takes away.
   */
  function changeState({ id, type }: LoggedEvent, metadata: FactMetadata): readonly string[] {
    const { offender, control, corrects, retracts } = metadata;
    const changed = new Set<string>();
    const add = (to: string, fact: StateFact): void => {
      if (addStateFact(to, fact)) changed.add(to);
    };
    const superseded = owners.get(corrects ?? retracts ?? '');
    const bears = changesState(type);
    if (superseded !== undefined && (superseded !== offender || !bears)) {
      add(superseded, { id, type: 'superseding', control: {}, corrects, retracts });
    }
    if (bears) {
      owners.set(id, offender);
      add(offender, { id, type, control, corrects, retracts });
    }
    return [...changed];
  }

  function addStateFact(offender: string, fact: StateFact): boolean {
    const facts = [...(stateFacts.get(offender) ?? []), fact];
    stateFacts.set(offender, facts);
    const before = states.get(offender) ?? UNMANAGED;
    const after = stateOf(facts);
    states.set(offender, after);
    return JSON.stringify(before) !== JSON.stringify(after);
  }

  return {
    register: () => agreements,
    table: () => (compiled ??= compile(agreements, catalogue)),
    state: (offender) => states.get(offender) ?? UNMANAGED,
    supersession: (id) => superseded.get(id),
    apply(event) {
      if (isFactStream(event.stream)) return applyFact(event);
      if (!isAgreementEvent(event.type)) return { kind: 'other' };
      const agreementEvent = JSON.parse(event.metadata) as AgreementEvent;
      agreements = register(agreements, agreementEvent);
      compiled = undefined;
      return { kind: 'agreement', event: agreementEvent };
    },
  };
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
