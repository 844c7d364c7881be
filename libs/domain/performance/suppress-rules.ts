import { Conflict } from '../../contract/failure.js';

/** From which size a count may be shown to readers who may learn nothing about anybody. */
export interface SuppressionRule {
  readonly version: number;
  /** First day (Europe/London) of publication that it is for. */
  readonly from: string;
  /** Counts from 1 up to, but without, this one are hidden; 0 is shown. */
  readonly smallestShown: number;
  readonly source: string;
  /** Whether somebody has checked it against its source. */
  readonly verified: boolean;
}

/** Oldest first. A board that decides on another threshold adds a version. */
export const suppressionRules: readonly SuppressionRule[] = [
  {
    version: 1,
    from: '2000-01-01',
    smallestShown: 5,
    source:
      'Office for National Statistics, policy on protecting confidentiality in tables from administrative sources: no counts of 1 to 4',
    verified: false,
  },
];

/** The rule for what is published on a day (`2026-03-31`). Throws `Conflict` `suppression-rule` when there is none. */
export function suppressionRuleAt(
  day: string,
  rules: readonly SuppressionRule[] = suppressionRules,
): SuppressionRule {
  const rule = rules.findLast(({ from }) => from <= day);
  if (rule === undefined) throw new Conflict('suppression-rule', 'no rule on small numbers is for that day');
  return rule;
}
