import { dayOf } from '../agreement/time.js';
import { beganAt, type ReadFact } from '../casework/read-fact.js';
import { textIn } from '../casework/read-data.js';
import { type PersonHistory } from '../performance/history.js';
import { type Expectation } from './silence.js';

const LISTED = 'court.hearing.listed';
const ANSWERS = ['court.hearing.resulted', 'court.outcome.recorded', 'court.warrant.issued'];

/** What tells one hearing from another, and one case. */
const REFERENCES = ['hearingId', 'caseId', 'ptiUrn', 'caseRef', 'asn'] as const;

/** Hearings listed of which nobody has said what came of them: no result, outcome or warrant of the hearing or its case since that day. */
export function unresultedHearings({ facts }: PersonHistory): readonly Expectation[] {
  const answers = facts.filter(({ type }) => ANSWERS.includes(type));
  return facts
    .filter(({ type }) => type === LISTED)
    .flatMap((listed) => {
      const dueOn = textIn(listed.data, 'hearingDay');
      if (dueOn === null || answers.some((each) => isAnswer(each, listed, dueOn))) return [];
      return [{ dueOn, awaits: ANSWERS, restsOn: [listed.id] }];
    });
}

function isAnswer(answer: ReadFact, listed: ReadFact, hearingDay: string): boolean {
  const day = textIn(answer.data, 'hearingDay') ?? dayOf(beganAt(answer));
  return day >= hearingDay && REFERENCES.some((name) => isSame(answer, listed, name));
}

function isSame(one: ReadFact, other: ReadFact, name: string): boolean {
  const value = textIn(one.data, name);
  return value !== null && value === textIn(other.data, name);
}
