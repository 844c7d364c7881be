import { type recallTypes } from '../../contract/catalogue/probation.js';
import { type Day } from './calendar-day.js';

export type RecallType = (typeof recallTypes)[number];

/** Who may be recalled so; a limit that is absent does not limit. */
export interface RecallEligibility {
  /** Whole years on the day of the decision. */
  readonly leastAge?: number;
  /** The sentence must be shorter than this many months. */
  readonly sentenceBelowMonths?: number;
  /** Not of somebody recalled on being charged with an offence. */
  readonly notOnCharge?: true;
  /** MAPPA levels of people who may not be recalled so. */
  readonly exceptMappaLevels?: readonly number[];
  /** Acts under which the sentence may not have been passed. */
  readonly exceptSentencedUnder?: readonly string[];
}

/** One type of recall, as the law had it from one day until another. */
export interface RecallRule {
  /** `<type>@<first day>`. */
  readonly id: string;
  readonly type: RecallType;
  /** Days in custody, the day of return being the first; null: nothing but a later decision ends it. */
  readonly days: number | null;
  /** Recalls decided on these days: from the first, to the last, both included. */
  readonly inForce: { readonly from: Day; readonly to?: Day };
  readonly eligibility: RecallEligibility;
  readonly source: string;
  /** False: from general knowledge, to be confirmed before anybody relies on it. */
  readonly verified: boolean;
}

const CUSTOMARY =
  'Criminal Justice Act 2003 s.255B: day counted as in s.255BA; first day and transition not read';
const BEFORE_2026 = '2026-03-30';
const SINCE_2026 = '2026-03-31';

const underTwelveMonths: RecallEligibility = { sentenceBelowMonths: 12 };

function fixed(
  type: RecallType,
  days: number,
  from: Day,
  more: Partial<Pick<RecallRule, 'eligibility'>> & { readonly to?: Day } = {},
): RecallRule {
  const { to, eligibility = {} } = more;
  const inForce = { from, ...(to !== undefined && { to }) };
  return { id: `${type}@${from}`, type, days, inForce, eligibility, source: CUSTOMARY, verified: false };
}

function standard(type: RecallType, source: string): RecallRule {
  const from = '2005-04-04';
  return {
    id: `${type}@${from}`,
    type,
    days: null,
    inForce: { from },
    eligibility: {},
    source,
    verified: false,
  };
}

/**
 * The lengths of recalls and whom they are for (R39). Of the terms of 14 and 28 days beside that of 56 nothing is known
 * but that the templates of the same day still name them: they have a version of their own from that day on.
 */
export const recallRules: readonly RecallRule[] = [
  standard('LR', 'Criminal Justice Act 2003 s.255C: until release is directed or the sentence ends'),
  standard(
    'CUR_HDC',
    'Criminal Justice Act 2003 s.255: curfew broken, until the release that was due without it',
  ),
  standard('IN_HDC', 'Criminal Justice Act 2003 s.255: cannot be monitored, until the release that was due'),
  fixed('FTR_14', 14, '2015-02-01', { to: BEFORE_2026, eligibility: underTwelveMonths }),
  fixed('FTR_28', 28, '2008-07-14', { to: BEFORE_2026 }),
  fixed('FTR_HDC_14', 14, '2015-02-01', { to: BEFORE_2026, eligibility: underTwelveMonths }),
  fixed('FTR_HDC_28', 28, '2008-07-14', { to: BEFORE_2026 }),
  fixed('FTR_14', 14, SINCE_2026, { eligibility: underTwelveMonths }),
  fixed('FTR_28', 28, SINCE_2026),
  fixed('FTR_HDC_14', 14, SINCE_2026, { eligibility: underTwelveMonths }),
  fixed('FTR_HDC_28', 28, SINCE_2026),
  {
    id: 'FTR_56@2026-03-31',
    type: 'FTR_56',
    days: 56,
    inForce: { from: SINCE_2026 },
    eligibility: {
      leastAge: 18,
      sentenceBelowMonths: 48,
      notOnCharge: true,
      exceptMappaLevels: [2, 3],
      exceptSentencedUnder: ['CJA 1991'],
    },
    source: 'Criminal Justice Act 2003 ss.255A(4ZA), 255BA, inserted by the Sentencing Act 2026 s.32 (R39)',
    verified: true,
  },
];
