import { dayOf } from '../agreement/time.js';
import { momentOfDay, monthsAfter } from '../law/calendar-day.js';
import { type Data, flagIn, numberIn, ofType, recordsIn, type Step, textIn, wordIn } from './read-data.js';

export const instruments = ['LLR', 'Justice Star', 'OASys'] as const;
export type Instrument = (typeof instruments)[number];

/** `scored` false: the pathway was not scored, which is not a score of 0. */
export interface PathwayScore {
  readonly pathway: string;
  readonly scored: boolean;
  readonly score?: number | null | undefined;
  readonly needIdentified: boolean;
}

/** An area of the Justice Star; without a score it was not completed. */
export interface StarScore {
  readonly area: string;
  readonly score?: number | null | undefined;
}

/** Needs by one instrument; what one instrument scores is never converted into the scores of another. */
export interface Assessment {
  readonly at: number;
  readonly instrument: Instrument | null;
  readonly scores: readonly (PathwayScore & { readonly score: number | null })[];
  readonly stars: readonly (StarScore & { readonly score: number | null })[];
  readonly by: readonly string[];
}

export function assessmentsOf(steps: readonly Step[]): readonly Assessment[] {
  return ofType(steps, 'hub.needs.assessed').map(({ id, at, data }) => ({
    at,
    instrument: wordIn(data, 'instrument', instruments),
    scores: recordsIn(data, 'pathways').flatMap(pathwayIn),
    stars: recordsIn(data, 'stars').flatMap(starIn),
    by: [id],
  }));
}

function pathwayIn(data: Data): Assessment['scores'] {
  const [pathway, score] = [textIn(data, 'pathway'), numberIn(data, 'score')];
  if (pathway === null) return [];
  const scored = flagIn(data, 'scored') ?? score !== null;
  return [
    {
      ...{ pathway, scored, score: scored ? score : null },
      needIdentified: flagIn(data, 'needIdentified') ?? false,
    },
  ];
}

function starIn(data: Data): Assessment['stars'] {
  const area = textIn(data, 'area');
  return area === null ? [] : [{ area, score: numberIn(data, 'score') }];
}

/** How long an assessment of needs lasts, as of a date. */
export interface ReassessmentRule {
  readonly version: string;
  /** The first day on which assessments are made under it. */
  readonly from: string;
  readonly source: string;
  readonly verified: boolean;
  readonly months: number;
}

export const reassessmentRules: readonly ReassessmentRule[] = [
  {
    version: 'llr-2016',
    from: '2010-01-01',
    source: 'LLR performance report 2016: needs are assessed on entry and every three months',
    verified: true,
    months: 3,
  },
];

/**
 * When the day is over by which needs must be assessed again, epoch milliseconds: calendar months in London after the last
 * assessment by any instrument. Overdue from then on; null before the first assessment.
 */
export function reassessmentDue(
  { assessments }: { readonly assessments: readonly Assessment[] },
  at: number,
  rules: readonly ReassessmentRule[] = reassessmentRules,
): number | null {
  const last = assessments.findLast((each) => each.at <= at);
  if (last === undefined) return null;
  const assessedOn = dayOf(last.at);
  const months = rules.findLast(({ from }) => from <= assessedOn)?.months;
  return months === undefined ? null : (momentOfDay(monthsAfter(assessedOn, months) ?? '')?.to ?? null);
}
