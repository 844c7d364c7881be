import { dayOf } from '../agreement/time.js';
import { type Case } from '../casework/case.js';
import { reassessmentDue } from '../casework/needs.js';
import { monthsAfter } from '../law/calendar-day.js';
import { managementAt } from './managed.js';
import { type Expectation } from './silence.js';
import { type ReassessmentRule } from './silence-rules.js';

/**
 * When a managed person's needs are next to be assessed: as casework has it after the last assessment; of somebody never
 * assessed, so many months after management began. Undefined when nobody manages them.
 */
export function nextAssessment(of: Case, rule: ReassessmentRule, at: number): Expectation | undefined {
  const management = managementAt(of, at);
  if (management === undefined) return undefined;
  const awaits = ['hub.needs.assessed'];
  const [due, last] = [reassessmentDue(of, at), of.assessments.findLast((each) => each.at <= at)];
  if (due !== null && last !== undefined) return { dueOn: dayOf(due - 1), awaits, restsOn: last.by };
  const dueOn = monthsAfter(dayOf(management.since), rule.firstWithinMonths);
  return dueOn === undefined ? undefined : { dueOn, awaits, restsOn: management.by };
}
