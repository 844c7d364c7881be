import { Conflict, Invalid } from '../../contract/failure.js';
import { type Cohort, type Selection } from './cohort.js';
import { type Criterion } from './cohort-rules.js';
import { type CaseworkEvent, type Ground } from './command.js';
import { type DeselectCohort, type ReviewCohort, type SelectCohort } from './management-command.js';
import { fact, needAgencies, needLater, needText } from './deciding.js';
import { type ExitPlan } from './exit.js';
import { judge } from './judge.js';
import { exitOn } from './plan-exit.js';
import { standingOf } from './read-fact.js';

interface Known {
  readonly selections: readonly Selection[];
  readonly exits: readonly ExitPlan[];
}

/**
 * A human selects; the rule only judges, and the selection keeps its version, its judgement and the facts it rested on.
 * Against the judgement, for Flex and for the label PPO, the human says why; Free names its own partners (R21).
 */
export function selectCohort(
  { selections }: Known,
  command: SelectCohort,
  ground: Ground,
): readonly CaseworkEvent[] {
  const { cohort, priorityRef, exitPlanRef, nextReview, dissent, by } = command;
  if (lasting(selections, cohort)) throw new Conflict('cohort-held', 'the person is in this cohort');
  const criteria = criteriaFor(cohort, ground);
  return [
    fact('hub.cohort.selected', ground, {
      ...{ cohort, ...judged(criteria, command.relyingOn ?? [], ground) },
      ...{ priorityRef, partners: partnersOf(command, ground), rationale: rationaleFor(criteria, command) },
      ...{ dissent, decidedBy: by.user, exitPlanRef },
      nextReview: needLater('nextReview', nextReview, ground),
    }),
  ];
}

function rationaleFor(
  criteria: readonly Criterion[],
  { cohort, rationale }: SelectCohort,
): string | null | undefined {
  const isPlain = cohort === 'Free' || (cohort === 'Fixed' && criteria.every(({ met }) => met === 'yes'));
  return isPlain ? rationale : needText('rationale', rationale);
}

function partnersOf(
  { cohort, partners }: SelectCohort,
  ground: Ground,
): readonly string[] | null | undefined {
  if (cohort === 'Free' && (partners ?? []).length === 0)
    throw new Invalid('partners-required', 'Free names the agencies that manage the person together');
  needAgencies(partners ?? [], ground);
  return partners;
}

function criteriaFor(cohort: Cohort, { rules, facts, at, homeOfficeCodeOf }: Ground): readonly Criterion[] {
  return judge(rules, cohort, facts, at, homeOfficeCodeOf);
}

/** By which version of the rule, and on what: the facts that the criteria rest on, and whatever else is relied on. */
function judged(criteria: readonly Criterion[], relyingOn: readonly string[], { rules, facts }: Ground) {
  const known = new Set(standingOf(facts).map(({ id }) => id));
  if (relyingOn.some((id) => !known.has(id)))
    throw new Invalid('unknown-input', 'a selection relies on facts about the person that stand');
  const inputs = [...new Set([...criteria.flatMap(({ evidence }) => evidence), ...relyingOn])];
  return { criteriaVersion: rules.version, criteria, inputs };
}

/** Keeps somebody in a cohort: judged anew, by the rule of the day and what is known by now. */
export function reviewCohort(
  { selections }: Known,
  { cohort, rationale, dissent, nextReview, by }: ReviewCohort,
  ground: Ground,
): readonly CaseworkEvent[] {
  if (!lasting(selections, cohort)) throw notHeld();
  const why = { rationale: needText('rationale', rationale), dissent, decidedBy: by.user };
  const next = needLater('nextReview', needText('nextReview', nextReview), ground);
  const kept = { reviewed: cohort, ...judged(criteriaFor(cohort, ground), [], ground), ...why };
  return [fact('hub.cohort.reviewed', ground, { ...kept, nextReview: next })];
}

/** Rests on an exit plan, and begins its watch; the day on which that ends is the day of the review (KP 6.1, R56). */
export function deselectCohort(
  { selections, exits }: Known,
  { cohort, rationale, dissent, exitPlanId, by }: DeselectCohort,
  ground: Ground,
): readonly CaseworkEvent[] {
  if (!lasting(selections, cohort)) throw notHeld();
  const exit = exitOn({ exits }, exitPlanId, ground);
  const why = { rationale: needText('rationale', rationale), dissent, decidedBy: by.user };
  return [fact('hub.cohort.deselected', ground, { cohort, ...why, ...exit, nextReview: exit.watchUntil })];
}

function lasting(selections: readonly Selection[], cohort: Cohort): boolean {
  return selections.some((each) => each.cohort === cohort && each.ended === null);
}

function notHeld(): Conflict {
  return new Conflict('cohort-not-held', 'the person is not in this cohort');
}
