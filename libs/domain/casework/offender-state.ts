import { type FactMetadata } from '../../contract/fact.js';

/**
 * What conditions of agreements need to know of a person: the cohorts and levels of management, and the consent
 * given (scopes `<recipient agency>:<class or *>`). Folded from the clear control attributes of the hub's own
 * facts, so it replays after erasure.
 */
export interface OffenderState {
  readonly cohorts: readonly string[];
  readonly levels: readonly string[];
  readonly consents: readonly string[];
}

export const UNMANAGED: OffenderState = { cohorts: [], levels: [], consents: [] };

/** The event types that change a person's state. */
const stateTypes: ReadonlySet<string> = new Set([
  'hub.cohort.selected',
  'hub.cohort.deselected',
  'hub.management.decided',
  'hub.consent.given',
  'hub.consent.withdrawn',
]);

export function changesState(type: string): boolean {
  return stateTypes.has(type);
}

/** A fact that may bear on a person's state: its log event id, type and clear metadata. */
export interface StateFact {
  readonly id: string;
  readonly type: string;
  readonly control: FactMetadata['control'];
  readonly corrects: string | null;
  readonly retracts: string | null;
}

/**
 * The state that a person's facts, in log order, add up to. A corrected or retracted fact does not count, nor does
 * the retraction itself; a correction counts in the place of what it corrects, so that putting an old consent right
 * undoes no later withdrawal. Selection adds a cohort, a management decision replaces the levels, consent adds up.
 */
export function stateOf(facts: readonly StateFact[]): OffenderState {
  const gone = new Set(facts.flatMap(({ corrects, retracts }) => [corrects, retracts]));
  const standing = inPlace(facts).filter(({ id, retracts }) => retracts === null && !gone.has(id));
  return standing.reduce(evolveState, UNMANAGED);
}

function inPlace(facts: readonly StateFact[]): readonly StateFact[] {
  const places = new Map<string, number>();
  facts.forEach(({ id, corrects }, index) => places.set(id, places.get(corrects ?? '') ?? index));
  return facts.toSorted((one, other) => (places.get(one.id) ?? 0) - (places.get(other.id) ?? 0));
}

function evolveState(state: OffenderState, { type, control }: StateFact): OffenderState {
  switch (type) {
    case 'hub.cohort.selected':
      return { ...state, cohorts: union(state.cohorts, listed(control.cohort)) };
    case 'hub.cohort.deselected':
      return { ...state, cohorts: state.cohorts.filter((each) => !listed(control.cohort).includes(each)) };
    case 'hub.management.decided':
      return { ...state, levels: union([], listed(control.levels)) };
    case 'hub.consent.given':
      return { ...state, consents: union(state.consents, listed(control.consentScope)) };
    case 'hub.consent.withdrawn':
      return { ...state, consents: withdraw(state.consents, listed(control.consentScope)) };
    default:
      return state;
  }
}

function listed(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}

function union(held: readonly string[], added: readonly string[]): readonly string[] {
  return [...new Set([...held, ...added])].sort();
}

/** Withdrawal ends every scope that overlaps the one withdrawn, in doubt more than was named. */
function withdraw(held: readonly string[], removed: readonly string[]): readonly string[] {
  return held.filter((each) => !removed.some((scope) => overlap(scope, each)));
}

function overlap(one: string, other: string): boolean {
  const [recipient, sensitivity] = one.split(':');
  const [otherRecipient, otherSensitivity] = other.split(':');
  const sameClass = sensitivity === otherSensitivity || sensitivity === '*' || otherSensitivity === '*';
  return recipient === otherRecipient && sameClass;
}
