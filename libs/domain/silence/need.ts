import { dayOf } from '../agreement/time.js';
import { type Assessment, type Intervention } from '../casework/case.js';
import { beganAt } from '../casework/read-fact.js';
import { daysAfter, momentOfDay } from '../law/calendar-day.js';
import { type PersonHistory } from '../performance/history.js';
import { managementAt } from './managed.js';
import { type Expectation } from './silence.js';
import { type NeedRule } from './silence-rules.js';

const OWN = ['hub.intervention.planned', 'hub.intervention.referred', 'hub.intervention.started'] as const;

/** Of a managed person's needs, as the last assessment by pathways identified them, those that nobody was referred for (KP 4.1). */
export function unansweredNeeds(history: PersonHistory, rule: NeedRule, at: number): readonly Expectation[] {
  const assessments = history.case.assessments.filter((each) => each.at <= at && each.scores.length > 0);
  const last = assessments.at(-1);
  if (last === undefined || managementAt(history.case, at) === undefined) return [];
  const needs = last.scores.filter(({ needIdentified }) => needIdentified);
  return needs.flatMap(({ pathway }) => {
    const first = firstOfRun(assessments, pathway);
    const answers = rule.answers[pathway] ?? [];
    const dueOn = first === undefined ? undefined : daysAfter(dayOf(first.at), rule.withinDays);
    if (first === undefined || dueOn === undefined || isAnswered(history, pathway, first.at, rule)) return [];
    return [{ dueOn, awaits: [...answers, ...OWN], restsOn: first.by }];
  });
}

/** Since which assessment the need has been identified every time. */
function firstOfRun(assessments: readonly Assessment[], pathway: string): Assessment | undefined {
  const without = assessments.findLastIndex(
    ({ scores }) => !scores.some((each) => each.pathway === pathway && each.needIdentified),
  );
  return assessments[without + 1];
}

function isAnswered(
  { case: { interventions }, facts }: PersonHistory,
  pathway: string,
  at: number,
  rule: NeedRule,
): boolean {
  const from = momentOfDay(daysAfter(dayOf(at), -rule.countsBackDays) ?? '')?.from ?? at;
  const types = rule.answers[pathway] ?? [];
  return (
    interventions.some((each) => each.pathway === pathway && begunOf(each) >= from) ||
    facts.some((fact) => types.includes(fact.type) && beganAt(fact) >= from)
  );
}

function begunOf({ plannedAt, referredAt, startedAt }: Intervention): number {
  return Math.max(plannedAt ?? -Infinity, referredAt ?? -Infinity, startedAt ?? -Infinity);
}
