import { momentOfDay } from '../law/calendar-day.js';

/** A parameter of a rule, and whether it was read in its source. */
export interface Parameter<V> {
  readonly value: V;
  readonly verified: boolean;
}

export type RiskScore = 'ogrs' | 'ogp' | 'ovp';

/** Who belongs in the Fixed cohort, as of a date. Flex and Free rest on discretion, and have no parameters. */
export interface CohortRules {
  readonly version: string;
  /** The first day on which it is in force. */
  readonly from: string;
  readonly source: string;
  readonly fixed: {
    /** How long a neighbourhood crime, proven or charged, counts as the index offence. */
    readonly indexOffenceYears: Parameter<number>;
    /** From which score on the risk of reoffending is high, by any one of them. */
    readonly highRisk: Readonly<Partial<Record<RiskScore, Parameter<number>>>>;
    readonly orderTypes: Parameter<readonly string[]>;
    /** How long before a release on licence somebody counts as leaving prison. */
    readonly releaseWithinMonths: Parameter<number>;
  };
}

/** In the order in which they came into force. No figure was read in a public source: each is a parameter to confirm. */
export const cohortRules: readonly CohortRules[] = [
  {
    version: 'neighbourhood-crime-2020',
    from: '2020-12-01',
    source: 'Neighbourhood Crime Integrated Offender Management Strategy 2020: Fixed, Flex and Free',
    fixed: {
      indexOffenceYears: { value: 2, verified: false },
      highRisk: { ogrs: { value: 75, verified: false }, ogp: { value: 67, verified: false } },
      orderTypes: { value: ['community-order'], verified: true },
      releaseWithinMonths: { value: 6, verified: false },
    },
  },
];

/** The version in force at a moment, epoch milliseconds; before the first one, the first. */
export function cohortRulesAt(at: number, rules: readonly CohortRules[] = cohortRules): CohortRules {
  return (
    rules.findLast(({ from }) => (momentOfDay(from)?.from ?? Infinity) <= at) ?? (rules[0] as CohortRules)
  );
}

/** One criterion as it was judged, and the facts (log event ids) that speak to it. */
export interface Criterion {
  readonly criterion: string;
  readonly met: 'yes' | 'no' | 'unknown';
  readonly evidence: readonly string[];
}

/** What one fact says of a criterion. */
export interface Verdict {
  readonly met: Criterion['met'];
  /** Log event id. */
  readonly fact: string;
}

/** More facts than these prove nothing more, and no selection could name them all. */
const MOST = 30;

/** Met by one fact that meets it. Where none does, doubt about one is doubt; no fact at all says nothing. */
export function criterionOf(criterion: string, verdicts: readonly Verdict[]): Criterion {
  const met = (['yes', 'unknown', 'no'] as const).find((each) => verdicts.some((one) => one.met === each));
  const facts = verdicts.filter((one) => one.met === met).map(({ fact }) => fact);
  return { criterion, met: met ?? 'unknown', evidence: [...new Set(facts)].slice(-MOST) };
}
