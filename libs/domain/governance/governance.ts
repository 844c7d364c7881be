import { startOf } from '../agreement/decide.js';
import { type Held } from '../casework/held.js';
import { type ActKind, type GovernanceEvent, type GovernanceEventOf } from './act.js';

/** An act with the id of its log event. */
export interface RecordedAct {
  readonly id: string;
  readonly event: GovernanceEvent;
}

/** Every act in the order of recording, and how long what it says held: until it ended or another took its place. */
export type Governance = readonly Held<GovernanceEvent>[];

export const NO_GOVERNANCE: Governance = [];

/** What one act takes the place of, and an ending ends: acts with the same key. Null: it happened, and nothing ends it. */
export function keyOf(event: GovernanceEvent): string | null {
  switch (event.type) {
    case 'governance.documentSigned':
      return keyed('document', event.document, event.agency);
    case 'governance.measureAgreed':
      return keyed('measure', event.measure, event.agency);
    case 'governance.roleAssigned':
      return keyed('role', event.agency, event.level);
    case 'governance.priorityAdopted':
    case 'governance.priorityEnded':
      return keyed('priority', event.priority);
    case 'governance.arrangementDeclared':
    case 'governance.arrangementEnded':
      return keyed('arrangement', event.arrangement);
    case 'governance.siteRegistered':
    case 'governance.siteClosed':
      return keyed('site', event.site);
    case 'governance.teamMovedIn':
    case 'governance.teamMovedOut':
      return keyed('team', event.agency, event.site);
    case 'governance.linkOfficerAssigned':
    case 'governance.linkOfficerEnded':
      return keyed('link-officer', event.officer, event.area);
    case 'governance.cohortRulesReviewed':
    case 'governance.monitoringDeclared':
      return event.type;
    case 'governance.reportReceived':
    case 'governance.selfAssessed':
    case 'governance.learningCompleted':
      return null;
  }
}

const endings: ReadonlySet<GovernanceEvent['type']> = new Set([
  'governance.priorityEnded',
  'governance.arrangementEnded',
  'governance.siteClosed',
  'governance.teamMovedOut',
  'governance.linkOfficerEnded',
]);

/** Whether an event only ends what another began. */
export function isEnding({ type }: Pick<GovernanceEvent, 'type'>): boolean {
  return endings.has(type);
}

/** The governance of the partnership after an act. */
export function evolve(governance: Governance, { id, event }: RecordedAct): Governance {
  const from = startOf(event.on);
  const before = governance.map((each) => (isReplaced(each, event) ? { ...each, to: from } : each));
  return isEnding(event) ? before : [...before, { value: event, from, to: null, by: [id] }];
}

function isReplaced({ value, to }: Held<GovernanceEvent>, event: GovernanceEvent): boolean {
  const key = keyOf(event);
  return key !== null && to === null && keyOf(value) === key;
}

/** Folds acts in log order; only those recorded by `knownAt` (epoch milliseconds), or all where it is null. */
export function governanceOf(acts: readonly RecordedAct[], knownAt: number | null = null): Governance {
  return acts.filter(({ event }) => knownAt === null || event.at <= knownAt).reduce(evolve, NO_GOVERNANCE);
}

/** Everything of one kind, whether it still holds or not, in the order of recording. */
export function ofKind<K extends ActKind>(
  governance: Governance,
  kind: K,
): readonly Held<GovernanceEventOf<K>>[] {
  return governance.filter(
    (each): each is Held<GovernanceEventOf<K>> => each.value.type === `governance.${kind}`,
  );
}

/** What of one kind holds at a moment, epoch milliseconds. */
export function standing<K extends ActKind>(
  governance: Governance,
  kind: K,
  at: number,
): readonly Held<GovernanceEventOf<K>>[] {
  return ofKind(governance, kind).filter(({ from, to }) => from <= at && (to === null || at < to));
}

/** What of one kind happened, or began, between two moments (epoch milliseconds, half open). */
export function happening<K extends ActKind>(
  governance: Governance,
  kind: K,
  from: number,
  to: number,
): readonly Held<GovernanceEventOf<K>>[] {
  return ofKind(governance, kind).filter((each) => from <= each.from && each.from < to);
}

function keyed(...parts: readonly string[]): string {
  return parts.join(' ');
}
