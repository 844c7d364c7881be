import { dayOf } from '../agreement/time.js';
import { type Day } from '../law/calendar-day.js';

interface RuleTerms {
  readonly version: number;
  /** The first and the last day on which it is asked, both included. */
  readonly from: Day;
  readonly to?: Day;
  readonly title: string;
  readonly source: string;
  /** False: the figures are a local choice or general knowledge. */
  readonly verified: boolean;
}

/** Days after the one on which something was due before its absence counts. */
interface Grace {
  readonly graceDays: number;
}

export interface ReleaseRule extends RuleTerms, Grace {
  readonly id: 'release-date-passed';
  /** Sentence dates by which somebody is released, the last of them counting. */
  readonly sentenceDates: readonly string[];
  /** Reasons of leaving prison that are no release. */
  readonly notReleased: readonly string[];
}

export interface NeedRule extends RuleTerms, Grace {
  readonly id: 'need-without-referral';
  readonly withinDays: number;
  /** How long before the need was identified a referral still answers it. */
  readonly countsBackDays: number;
  /** By pathway, event types of agencies that answer a need beside the IOM team's own interventions. */
  readonly answers: Readonly<Record<string, readonly string[]>>;
}

export interface ReassessmentRule extends RuleTerms, Grace {
  readonly id: 'reassessment-overdue';
  /** For the first assessment, from the beginning of management; when the next is due says casework. */
  readonly firstWithinMonths: number;
}

export interface HearingRule extends RuleTerms, Grace {
  readonly id: 'hearing-without-outcome';
}

export interface WatchRule extends RuleTerms, Grace {
  readonly id: 'exit-watch-ended';
}

export interface InformedRule extends RuleTerms, Grace {
  readonly id: 'not-informed';
  readonly withinDays: number;
}

export interface RequiredAssessmentRule extends RuleTerms, Grace {
  readonly id: 'positive-test-without-assessment';
  readonly withinDays: number;
}

export type PersonRule =
  ReleaseRule | NeedRule | ReassessmentRule | HearingRule | WatchRule | InformedRule | RequiredAssessmentRule;

/** An agency, or one type of its events, is quiet for longer than it ever is. */
export interface FeedRule extends RuleTerms {
  readonly id: 'feed-silent';
  /** How many weeks before its last receipt are its baseline. */
  readonly baselineWeeks: number;
  /** Fewer receipts than this in the baseline say nothing of how quiet it may be. */
  readonly leastReceipts: number;
  /** Of its gaps between receipts this quantile, so that one odd gap among many does not make it deaf. */
  readonly quantile: number;
  /** Silent after so many times that gap. */
  readonly factor: number;
  /** And never before so many hours. */
  readonly leastHours: number;
}

export interface ImportRule extends RuleTerms {
  readonly id: 'import-stale';
  readonly type: string;
  readonly hours: number;
}

export type SilenceRule = PersonRule | FeedRule | ImportRule;

const LOCAL = 'local choice, to be agreed by the board';

/** What should have happened by when (HMIP 2020 recommendation 8, Key Principles 4.1, 4.3, 5.3, 6.1). */
export const silenceRules: readonly SilenceRule[] = [
  {
    id: 'release-date-passed',
    version: 1,
    from: '1970-01-01',
    title: 'Release date passed without release or a new date',
    source: `prison and recall dates (R39); grace: ${LOCAL}`,
    verified: false,
    sentenceDates: ['crd', 'ard'],
    notReleased: ['TEMPORARY_ABSENCE_RELEASE', 'SENT_TO_COURT', 'TRANSFERRED'],
    graceDays: 1,
  },
  {
    id: 'need-without-referral',
    version: 1,
    from: '1970-01-01',
    title: 'Need identified without a referral',
    source: `Key Principles 4.1; days: ${LOCAL}`,
    verified: false,
    withinDays: 28,
    countsBackDays: 182,
    answers: {
      accommodation: ['housing.application.submitted', 'housing.placement.started'],
      'education-training-employment': ['vcse.engagement.started'],
      health: ['health.referral.received'],
      'drugs-alcohol': ['treatment.referral.made', 'treatment.started'],
    },
    graceDays: 0,
  },
  {
    id: 'reassessment-overdue',
    version: 1,
    from: '1970-01-01',
    title: 'Reassessment of needs overdue',
    source: `LLR performance report 2016: on entry and every three months; first month and grace: ${LOCAL}`,
    verified: false,
    firstWithinMonths: 1,
    graceDays: 14,
  },
  {
    id: 'hearing-without-outcome',
    version: 1,
    from: '1970-01-01',
    title: 'Hearing day passed without result, outcome or warrant',
    source: LOCAL,
    verified: false,
    graceDays: 3,
  },
  {
    id: 'exit-watch-ended',
    version: 1,
    from: '1970-01-01',
    title: 'Watch after exit ended without completion',
    source: `Key Principles 6.1; grace: ${LOCAL}`,
    verified: false,
    graceDays: 7,
  },
  {
    id: 'not-informed',
    version: 1,
    from: '1970-01-01',
    title: 'Managed person not told of sharing',
    source: `HMIP 2020 recommendation 10, Key Principles 4.3, DPA 2018 s.44 (R15); days: ${LOCAL}`,
    verified: false,
    withinDays: 14,
    graceDays: 0,
  },
  {
    id: 'positive-test-without-assessment',
    version: 1,
    from: '1970-01-01',
    title: 'Positive drug test without required assessment',
    source: `Drugs Act 2005 ss.9, 10 (R37); days: ${LOCAL}`,
    verified: false,
    withinDays: 28,
    graceDays: 0,
  },
  {
    id: 'feed-silent',
    version: 1,
    from: '1970-01-01',
    title: 'Feed silent against its own baseline',
    source: LOCAL,
    verified: false,
    baselineWeeks: 26,
    leastReceipts: 20,
    quantile: 0.99,
    factor: 2,
    leastHours: 24,
  },
  {
    id: 'import-stale',
    version: 1,
    from: '1970-01-01',
    title: 'Daily import from the Police National Computer stale',
    source: 'Key Principles 5.3: daily downloads',
    verified: true,
    type: 'police.pncOutcome.imported',
    hours: 24,
  },
];

/** The rules in force on the day of a moment, epoch milliseconds. */
export function rulesAt(at: number, rules: readonly SilenceRule[] = silenceRules): readonly SilenceRule[] {
  const day = dayOf(at);
  return rules.filter(({ from, to }) => from <= day && (to === undefined || day <= to));
}
