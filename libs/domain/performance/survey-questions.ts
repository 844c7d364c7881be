/** A kind of partner that the survey asks about, and the agencies of the hub that are of it. */
export interface PartnerCategory {
  readonly key: string;
  readonly label: string;
  /** Kinds of agency. */
  readonly kinds: readonly string[];
  /** Ids of agencies, where the kind does not tell. */
  readonly agencies: readonly string[];
}

/** How many people an arrangement dealt with; both bounds included. */
export interface CaseloadBand {
  readonly key: string;
  readonly label: string;
  readonly from: number;
  readonly to: number;
}

/** The questions of a survey as data. */
export interface SurveyQuestions {
  readonly version: string;
  /** First day of its use. */
  readonly from: string;
  readonly source: string;
  readonly partners: readonly PartnerCategory[];
  /** Categories whose sharing of premises is asked about, two or more at a time. */
  readonly coLocated: readonly (readonly string[])[];
  readonly bands: readonly CaseloadBand[];
  /** Said of the bands. */
  readonly bandNote: string;
}

const category = (
  key: string,
  label: string,
  kinds: readonly string[],
  agencies: readonly string[] = [],
) => ({
  key,
  label,
  kinds,
  agencies,
});

export const surveyQuestions: readonly SurveyQuestions[] = [
  {
    version: '2013',
    from: '2013-04-01',
    source: 'Home Office, Integrated Offender Management: findings from the 2013 survey',
    partners: [
      category('police', 'Police', ['police']),
      category('probation', 'Probation service', ['probation']),
      category('local-authority', 'Local authority', [], ['local-authority']),
      category('drug-and-alcohol', 'Drug and alcohol services', ['treatment']),
      category('housing', 'Housing services', ['housing']),
      category('youth', 'Youth offending services', ['youth']),
      category('prison', 'Prison Service', ['prison']),
      category('vcse', 'Voluntary, community and social enterprise sector', ['vcse']),
      category('courts', 'Courts', ['court']),
      category('cps', 'Crown Prosecution Service', [], ['cps']),
      category('nhs', 'NHS commissioning boards, or NHS England local area teams', ['health']),
    ],
    coLocated: [
      ['police', 'probation'],
      ['police', 'drug-and-alcohol'],
      ['police', 'local-authority'],
      ['police', 'probation', 'local-authority', 'drug-and-alcohol'],
    ],
    bands: [
      { key: 'to-100', label: '100 or fewer', from: 0, to: 100 },
      { key: '101-200', label: '101 to 200', from: 101, to: 200 },
      { key: '201-500', label: '201 to 500', from: 201, to: 500 },
      { key: 'over-500', label: 'more than 500', from: 501, to: Infinity },
    ],
    bandNote:
      'The published bands, fewer than 100 and 101 to 200, leave out exactly 100; here 100 belongs to the first.',
  },
];

/** The questions on a day (calendar date); before the first version, the first. */
export function surveyOn(day: string): SurveyQuestions {
  const found = surveyQuestions.findLast(({ from }) => from <= day) ?? surveyQuestions[0];
  if (found === undefined) throw new Error('there is no survey');
  return found;
}
