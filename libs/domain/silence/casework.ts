import { dayOf } from '../agreement/time.js';
import { beganAt } from '../casework/read-fact.js';
import { textIn } from '../casework/read-data.js';
import { daysAfter } from '../law/calendar-day.js';
import { type PersonHistory } from '../performance/history.js';
import { managementAt } from './managed.js';
import { type Expectation } from './silence.js';
import { type InformedRule, type RequiredAssessmentRule } from './silence-rules.js';

/** Watches after exit that nobody has completed; an extended one goes on (KP 6.1). */
export function openWatches({ case: { exits } }: PersonHistory, at: number): readonly Expectation[] {
  return exits.flatMap(({ watchUntil, completedAt, by }) =>
    watchUntil === null || (completedAt !== null && completedAt <= at)
      ? []
      : [{ dueOn: dayOf(watchUntil - 1), awaits: ['hub.exit.completed'], restsOn: by }],
  );
}

/** A managed person who was never told how agencies share what they know (Rec 10, R15). */
export function uninformed(history: PersonHistory, rule: InformedRule, at: number): readonly Expectation[] {
  const management = managementAt(history.case, at);
  if (management === undefined || history.case.informed.some((each) => each.at <= at)) return [];
  const dueOn = daysAfter(dayOf(management.since), rule.withinDays);
  return dueOn === undefined ? [] : [{ dueOn, awaits: ['hub.subject.informed'], restsOn: management.by }];
}

const TEST = 'police.drugTest.performed';
const ASSESSMENTS = ['treatment.referral.made', 'treatment.started'];

/** Positive drug tests after which nobody has told of an assessment: drug services refer or begin whoever comes to it (R37). */
export function unassessedTests(
  { facts }: PersonHistory,
  rule: RequiredAssessmentRule,
): readonly Expectation[] {
  const assessed = facts.filter(({ type }) => ASSESSMENTS.includes(type)).map(beganAt);
  return facts
    .filter(({ type, data }) => type === TEST && textIn(data, 'result') === 'positive')
    .flatMap((test) => {
      const day = dayOf(beganAt(test));
      const dueOn = daysAfter(day, rule.withinDays);
      if (dueOn === undefined || assessed.some((at) => dayOf(at) >= day)) return [];
      return [{ dueOn, awaits: ASSESSMENTS, restsOn: [test.id] }];
    });
}
