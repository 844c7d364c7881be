import { Conflict, Invalid } from '../../contract/failure.js';
import { type CaseworkEvent, type Ground } from './command.js';
import {
  type CompleteIntervention,
  type PlanIntervention,
  type ReferIntervention,
  type StartIntervention,
} from './support-command.js';
import { fact, needAgencies, needNew, needOrder, needPast } from './deciding.js';
import { type Intervention, COMPLETED, PLANNED, REFERRED, STARTED } from './intervention.js';

interface Known {
  readonly interventions: readonly Intervention[];
}

/** In its place of the plan: no two that are not completed have the same one. */
export function planIntervention(
  { interventions }: Known,
  { interventionId, pathway, provider, sequence, title, plannedFor }: PlanIntervention,
  ground: Ground,
): readonly CaseworkEvent[] {
  needNew(interventionId, interventions);
  if (interventions.some((each) => each.completedAt === null && each.sequence === sequence))
    throw new Conflict('sequence-taken', 'another intervention has this place in the plan');
  needAgencies(provider == null ? [] : [provider], ground);
  return [fact(PLANNED, ground, { interventionId, pathway, provider, sequence, title, plannedFor })];
}

export function referIntervention(
  known: Known,
  { interventionId, provider, referredOn }: ReferIntervention,
  ground: Ground,
): readonly CaseworkEvent[] {
  const found = plannedOne(known, interventionId);
  if (found.referredAt !== null || found.completedAt !== null)
    throw new Conflict('intervention-referred', 'the person was referred to it, or it is over');
  const to = provider ?? found.provider;
  if (to === null) throw new Invalid('provider-required', 'a referral names the agency that provides');
  needAgencies([to], ground);
  needOrder('referredOn', needPast('referredOn', referredOn, ground), found.plannedAt);
  const about = { interventionId, pathway: found.pathway, provider: to };
  return [fact(REFERRED, ground, { ...about, referredOn }, referredOn)];
}

/** Nothing starts that was not planned. */
export function startIntervention(
  known: Known,
  { interventionId, startedOn }: StartIntervention,
  ground: Ground,
): readonly CaseworkEvent[] {
  const found = plannedOne(known, interventionId);
  if (found.startedAt !== null || found.completedAt !== null)
    throw new Conflict('intervention-started', 'it has started, or is over');
  needOrder('startedOn', needPast('startedOn', startedOn, ground), found.referredAt ?? found.plannedAt);
  return [fact(STARTED, ground, { ...namesOf(found), startedOn }, startedOn)];
}

/** What never started can only be withdrawn. */
export function completeIntervention(
  known: Known,
  { interventionId, completedOn, outcome }: CompleteIntervention,
  ground: Ground,
): readonly CaseworkEvent[] {
  const found = plannedOne(known, interventionId);
  if (found.completedAt !== null) throw new Conflict('intervention-completed', 'it is over');
  if (found.startedAt === null && outcome !== 'withdrawn')
    throw new Conflict('intervention-not-started', 'what never started can only be withdrawn');
  needOrder('completedOn', needPast('completedOn', completedOn, ground), found.startedAt ?? found.plannedAt);
  return [fact(COMPLETED, ground, { ...namesOf(found), completedOn, outcome }, completedOn)];
}

function plannedOne({ interventions }: Known, interventionId: string): Intervention {
  const found = interventions.find(({ id }) => id === interventionId);
  if (found?.plannedAt == null)
    throw new Conflict('not-planned', 'there is no plan for such an intervention');
  return found;
}

function namesOf({ id, pathway, provider }: Intervention) {
  return { interventionId: id, pathway, provider };
}
