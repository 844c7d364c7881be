import { type Moment } from '../../contract/moment.js';

/** A fact as one agency sees it: what of it was shared, by field path. */
export interface SeenFact {
  readonly type: string;
  readonly happened: Moment;
  readonly values: Readonly<Record<string, unknown>>;
}

export const circumstanceTopics = [
  'custody',
  'licence',
  'accommodation',
  'treatment',
  'leadProfessional',
] as const;
export type CircumstanceTopic = (typeof circumstanceTopics)[number];

/** What a type says about a topic; a field path means: the value of that field, when it is shared. */
interface Meaning {
  readonly state: string;
  readonly detail?: string;
}

/** Which event types tell the present state of each topic, newest first deciding. */
const meanings: Readonly<Record<CircumstanceTopic, Readonly<Record<string, Meaning>>>> = {
  custody: {
    'prison.received': { state: 'IN_CUSTODY', detail: 'prisonId' },
    'prison.released': { state: 'IN_COMMUNITY' },
    'probation.recall.returnedToCustody': { state: 'IN_CUSTODY' },
  },
  licence: {
    'probation.licence.activated': { state: 'ON_LICENCE', detail: 'kind' },
    'probation.licence.varied': { state: 'ON_LICENCE', detail: 'kind' },
    'probation.licence.ended': { state: 'NO_LICENCE' },
    'probation.recall.decided': { state: 'RECALLED', detail: 'recallType' },
  },
  accommodation: {
    'housing.placement.started': { state: 'PLACED', detail: 'accommodationType' },
    'housing.placement.ended': { state: 'PLACEMENT_ENDED' },
    'housing.application.submitted': { state: 'APPLIED' },
  },
  treatment: {
    'treatment.referral.made': { state: 'REFERRED' },
    'treatment.started': { state: 'IN_TREATMENT', detail: 'modality' },
    'treatment.attendance.recorded': { state: 'IN_TREATMENT' },
    'treatment.ended': { state: 'TREATMENT_ENDED' },
  },
  leadProfessional: {
    'hub.leadProfessional.appointed': { state: 'APPOINTED', detail: 'agency' },
    'hub.leadProfessional.handedOver': { state: 'APPOINTED', detail: 'agency' },
    'hub.leadProfessional.ended': { state: 'NONE' },
  },
};

export function topicTypes(topic: CircumstanceTopic): readonly string[] {
  return Object.keys(meanings[topic]);
}

/** The event types that tell cohort and level. */
export const managementTypes = [
  'hub.cohort.selected',
  'hub.cohort.deselected',
  'hub.management.decided',
] as const;

export interface Circumstance<Fact extends SeenFact> {
  readonly state: string;
  readonly detail: string | null;
  /** Paths of the values that told it. */
  readonly told: readonly string[];
  readonly fact: Fact;
}

/** The present state of a topic, from facts newest first; undefined when none of them tells. */
export function circumstance<Fact extends SeenFact>(
  topic: CircumstanceTopic,
  newestFirst: readonly Fact[],
): Circumstance<Fact> | undefined {
  const fact = newestFirst.find(({ type }) => Object.hasOwn(meanings[topic], type));
  const meaning = fact && meanings[topic][fact.type];
  if (fact === undefined || meaning === undefined) return undefined;
  const told = meaning.detail === undefined ? [] : [meaning.detail];
  const [detail] = told.map((path) => fact.values[path]);
  return { state: meaning.state, detail: typeof detail === 'string' ? detail : null, told, fact };
}

export interface Management<Fact extends SeenFact> {
  readonly cohorts: readonly string[];
  readonly levels: readonly string[];
  readonly facts: readonly Fact[];
}

/** Cohorts and levels as far as the facts seen tell, and the facts they rest on. */
export function management<Fact extends SeenFact>(newestFirst: readonly Fact[]): Management<Fact> {
  const facts = newestFirst.filter(({ type }) => managementTypes.some((each) => each === type));
  const cohorts = new Set<string>();
  for (const { type, values } of [...facts].reverse()) {
    if (typeof values.cohort !== 'string') continue;
    if (type === 'hub.cohort.selected') cohorts.add(values.cohort);
    if (type === 'hub.cohort.deselected') cohorts.delete(values.cohort);
  }
  const levels = facts.find(({ type }) => type === 'hub.management.decided')?.values.levels;
  return {
    cohorts: [...cohorts].sort(),
    levels: Array.isArray(levels) ? levels.filter((each) => typeof each === 'string') : [],
    facts,
  };
}
