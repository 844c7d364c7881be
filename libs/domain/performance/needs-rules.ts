import { type Instrument } from '../casework/needs.js';

/** What makes a sequence of assessments: how many, how far apart, by which instrument. */
export interface SequenceRule {
  readonly version: string;
  /** In force from this day on. */
  readonly from: string;
  readonly source: string;
  readonly verified: boolean;
  readonly instrument: Instrument;
  readonly assessments: number;
  readonly monthsApart: number;
  /** How many days before or after its due day an assessment may be. */
  readonly tolerance: number;
}

export const sequenceRules: readonly SequenceRule[] = [
  {
    version: 'LLR 2016',
    from: '2010-01-01',
    source:
      'IOM performance report April 2015 to March 2016: assessed every three months up to 12 months inclusive; the tolerance is a local choice',
    verified: false,
    instrument: 'LLR',
    assessments: 5,
    monthsApart: 3,
    tolerance: 28,
  },
];

/** The rule in force on a day; before the first version, the first. */
export function sequenceRuleOn(day: string): SequenceRule {
  return sequenceRules.findLast(({ from }) => from <= day) ?? (sequenceRules[0] as SequenceRule);
}
