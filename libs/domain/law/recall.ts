import { isSurelyYounger } from './age-at.js';
import { type Day, daysAfter, momentOfDay } from './calendar-day.js';
import { type RecallEligibility, type RecallRule, recallRules, type RecallType } from './recall-law.js';

/** What is known of a recall. What is absent or null is unknown, and speaks neither for nor against it. */
export interface Recall {
  readonly recallType: RecallType;
  /** The day on which the person returned to custody. */
  readonly returnToCustody: Day;
  /** The day of the recall, whose law counts. */
  readonly decidedOn: Day;
  /** Claims of the birth, dates or months. */
  readonly born?: readonly string[];
  readonly sentenceMonths?: number | null;
  readonly recalledOnCharge?: boolean | null;
  readonly mappaLevels?: readonly number[] | null;
  /** The Act under which the sentence was passed: `CJA 1991`. */
  readonly sentencedUnder?: string | null;
}

export type NoSuchRecall =
  | 'not-in-force'
  | 'under-age'
  | 'sentence-too-long'
  | 'on-charge'
  | 'mappa-level'
  | 'sentence-type'
  | 'no-day';

export type ExpectedRelease =
  | { readonly outcome: 'known'; readonly day: Day; readonly rule: string }
  | { readonly outcome: 'not-fixed'; readonly rule: string }
  | {
      readonly outcome: 'no-such-recall';
      readonly reason: NoSuchRecall;
      /** Null where no rule was in force. */
      readonly rule: string | null;
    };

/** The rule on a type of recall that was in force on a day; undefined when there was none (R39). */
export function recallRuleOn(type: RecallType, day: Day, rules = recallRules): RecallRule | undefined {
  return rules.find(
    ({ type: of, inForce: { from, to } }) => of === type && from <= day && (to === undefined || day <= to),
  );
}

/**
 * When the law of the recall's day releases who was recalled: a term of n days is counted "beginning with the day on which
 * P returns to custody", so release falls on that day plus n - 1, calendar days in London (CJA 2003 s.255BA, R39).
 */
export function expectedRelease(recall: Recall, rules = recallRules): ExpectedRelease {
  const rule = recallRuleOn(recall.recallType, recall.decidedOn, rules);
  if (rule === undefined) return { outcome: 'no-such-recall', reason: 'not-in-force', rule: null };
  const reason = refusal(recall, rule.eligibility);
  if (reason !== undefined) return { outcome: 'no-such-recall', reason, rule: rule.id };
  if (rule.days === null) return { outcome: 'not-fixed', rule: rule.id };
  const day = daysAfter(recall.returnToCustody, rule.days - 1);
  return day === undefined
    ? { outcome: 'no-such-recall', reason: 'no-day', rule: rule.id }
    : { outcome: 'known', day, rule: rule.id };
}

function refusal(recall: Recall, eligibility: RecallEligibility): NoSuchRecall | undefined {
  const { decidedOn, born = [], sentenceMonths, recalledOnCharge, mappaLevels, sentencedUnder } = recall;
  const { leastAge = 0, sentenceBelowMonths = Infinity, notOnCharge = false } = eligibility;
  const decidedAt = momentOfDay(decidedOn)?.from;
  if (decidedAt === undefined) return 'no-day';
  if (isSurelyYounger(born, leastAge, decidedAt)) return 'under-age';
  if ((sentenceMonths ?? 0) >= sentenceBelowMonths) return 'sentence-too-long';
  if (notOnCharge && recalledOnCharge === true) return 'on-charge';
  if (mappaLevels?.some((level) => eligibility.exceptMappaLevels?.includes(level))) return 'mappa-level';
  if (eligibility.exceptSentencedUnder?.includes(sentencedUnder ?? '')) return 'sentence-type';
  return undefined;
}
