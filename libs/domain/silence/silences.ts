import { beganAt } from '../casework/read-fact.js';
import { type PersonHistory } from '../performance/history.js';
import { openWatches, unassessedTests, uninformed } from './casework.js';
import { unresultedHearings } from './hearing.js';
import { unansweredNeeds } from './need.js';
import { nextAssessment } from './reassessment.js';
import { unreleased } from './release.js';
import { endOfDayAfter, type Expectation, type Silence } from './silence.js';
import { type PersonRule, rulesAt, type SilenceRule, silenceRules } from './silence-rules.js';

/**
 * What should have been heard of a person by a moment (epoch milliseconds) and was not, by the rules in force then: in the
 * order of the rules, those longest due first. What happened later than that moment does not count; when the hub heard of
 * it does not matter.
 */
export function silences(
  history: PersonHistory,
  at: number,
  rules: readonly SilenceRule[] = silenceRules,
): readonly Silence[] {
  const then = { ...history, facts: history.facts.filter((fact) => beganAt(fact) <= at) };
  return rulesAt(at, rules).flatMap((rule) => {
    if (!isAboutPeople(rule)) return [];
    const found = expectations(then, rule, at).map((each) => silenceOf(history.offender, rule, each));
    return found.filter(({ since }) => since <= at).sort((one, other) => one.due - other.due);
  });
}

function isAboutPeople(rule: SilenceRule): rule is PersonRule {
  return rule.id !== 'feed-silent' && rule.id !== 'import-stale';
}

function expectations(history: PersonHistory, rule: PersonRule, at: number): readonly Expectation[] {
  switch (rule.id) {
    case 'release-date-passed':
      return unreleased(history, rule);
    case 'need-without-referral':
      return unansweredNeeds(history, rule, at);
    case 'reassessment-overdue':
      return [nextAssessment(history.case, rule, at) ?? []].flat();
    case 'hearing-without-outcome':
      return unresultedHearings(history);
    case 'exit-watch-ended':
      return openWatches(history, at);
    case 'not-informed':
      return uninformed(history, rule, at);
    case 'positive-test-without-assessment':
      return unassessedTests(history, rule);
  }
}

function silenceOf(offender: string, rule: PersonRule, { dueOn, awaits, restsOn }: Expectation): Silence {
  const since = endOfDayAfter(dueOn, rule.graceDays);
  const { id, version } = rule;
  return { rule: id, version, offender, due: endOfDayAfter(dueOn, 0), since, awaits, restsOn };
}
