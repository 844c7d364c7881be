/** What a score means, and what measurement suggests. Which points the Home Office's own tool gave is not published. */
export interface SelfAssessmentScale {
  readonly version: string;
  /** First day of its use. */
  readonly from: string;
  readonly source: string;
  readonly verified: boolean;
  /** By score, from 0 upwards. */
  readonly points: readonly string[];
  /** Score suggested for an element that is met, that was measured but is not met, and of which nothing was found. */
  readonly suggested: { readonly met: number; readonly measured: number; readonly nothing: number };
}

export const selfAssessmentScales: readonly SelfAssessmentScale[] = [
  {
    version: '1',
    from: '2011-01-01',
    source:
      "the partnership's own scale; the points of the Home Office tool are not in the published sources",
    verified: false,
    points: [
      'not in place',
      'beginning',
      'partly in place',
      'in place',
      'in place, and its effect is kept under review',
    ],
    suggested: { met: 3, measured: 1, nothing: 0 },
  },
];

/** The scale on a day (calendar date). */
export function scaleOn(day: string): SelfAssessmentScale {
  const found = selfAssessmentScales.findLast(({ from }) => from <= day) ?? selfAssessmentScales[0];
  if (found === undefined) throw new Error('there is no scale');
  return found;
}
