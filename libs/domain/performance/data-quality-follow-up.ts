import { dayOf } from '../agreement/time.js';
import { textIn } from '../casework/read-data.js';
import { beganAt, type ReadFact } from '../casework/read-fact.js';
import { endOfDayAfter } from '../silence/silence.js';
import { type PersonHistory } from './history.js';

/** An event that protects the public only when something follows it. */
export interface FollowUpRule {
  readonly id: string;
  readonly version: number;
  readonly from: string;
  readonly title: string;
  readonly type: string;
  /** A field that must hold this for the event to count. */
  readonly when?: { readonly field: string; readonly is: string };
  /** Any of these, no earlier than the event. */
  readonly followedBy: readonly string[];
  /** Which of the event's references they must share; absent: none, the person is enough. */
  readonly sharing?: string;
  readonly withinDays: number;
  readonly source: string;
  readonly verified: boolean;
}

const terms = {
  version: 1,
  from: '1970-01-01',
  source: 'HMIP 2020 recommendation 8; the days are a local choice',
  verified: false,
} as const;

export const followUpRules: readonly FollowUpRule[] = [
  {
    ...terms,
    id: 'recall-followed',
    title: 'Recall decided: returned to custody',
    type: 'probation.recall.decided',
    followedBy: ['probation.recall.returnedToCustody', 'prison.received'],
    withinDays: 28,
  },
  {
    ...terms,
    id: 'warrant-followed',
    title: 'Warrant issued: withdrawn, arrested, or before the court',
    type: 'court.warrant.issued',
    followedBy: ['court.warrant.withdrawn', 'police.arrest.recorded', 'court.hearing.resulted'],
    withinDays: 28,
  },
  {
    ...terms,
    id: 'arrest-followed',
    title: 'Arrest: disposed of',
    type: 'police.arrest.recorded',
    followedBy: ['police.arrest.disposed', 'police.charge.laid'],
    sharing: 'asn',
    withinDays: 7,
  },
  {
    ...terms,
    id: 'test-followed',
    title: 'Positive drug test: referred or in treatment',
    type: 'police.drugTest.performed',
    when: { field: 'result', is: 'positive' },
    followedBy: ['treatment.referral.made', 'treatment.started'],
    withinDays: 28,
  },
];

/** An event that a rule asks a follow-up of, and whether there was one in time. */
export interface Followed {
  readonly rule: string;
  readonly offender: string;
  readonly agency: string;
  readonly isFollowed: boolean;
  readonly by: readonly string[];
}

/** Of events whose days for a follow-up are over at a moment, epoch milliseconds, which were followed up (Rec 8). */
export function followUps(
  { offender, facts }: PersonHistory,
  at: number,
  rules: readonly FollowUpRule[] = followUpRules,
): readonly Followed[] {
  return rules.flatMap((rule) =>
    facts
      .filter((fact) => isAsked(fact, rule) && endOf(fact, rule) <= at)
      .map((fact) => {
        const answer = facts.find((other) => answers(other, fact, rule));
        const by = answer === undefined ? [fact.id] : [fact.id, answer.id];
        return { rule: rule.id, offender, agency: fact.publisher, isFollowed: answer !== undefined, by };
      }),
  );
}

function isAsked({ type, data }: ReadFact, { type: asked, when }: FollowUpRule): boolean {
  return type === asked && (when === undefined || textIn(data, when.field) === when.is);
}

function endOf(fact: ReadFact, { withinDays }: FollowUpRule): number {
  return endOfDayAfter(dayOf(beganAt(fact)), withinDays);
}

/** Days are compared, because agencies that keep dates do not know which came first on one. */
function answers(other: ReadFact, fact: ReadFact, rule: FollowUpRule): boolean {
  const { followedBy, sharing } = rule;
  if (!followedBy.includes(other.type) || dayOf(beganAt(other)) < dayOf(beganAt(fact))) return false;
  if (beganAt(other) >= endOf(fact, rule)) return false;
  return sharing === undefined || textIn(other.data, sharing) === textIn(fact.data, sharing);
}
