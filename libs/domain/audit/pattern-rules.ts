/** When an agency's people are at work: ISO weekdays (1 is Monday), from a time to another (exclusive), `07:00`. */
export interface WorkingHours {
  readonly days: readonly number[];
  readonly from: string;
  readonly to: string;
}

/** What is worth a look, in figures. Each is a reason to ask somebody, not a verdict on anybody. */
export interface PatternRules {
  /** Time zone in which days and hours are told. */
  readonly zone: string;
  readonly hours: WorkingHours;
  /** Agencies whose hours differ. */
  readonly hoursOf: Readonly<Record<string, WorkingHours>>;
  /** At least so many people asked about whose case is not the asking person's. */
  readonly withoutResponsibility: { readonly people: number };
  /**
   * Answers of one day against the person's own last active days: a robust z score (0.6745 × distance from the median, in
   * median absolute deviations, of which one is the least) over a threshold, and so many answers beyond the median.
   */
  readonly volume: {
    readonly baselineDays: number;
    readonly leastDays: number;
    readonly z: number;
    readonly excess: number;
  };
  /** At least so many answers out of hours in the period. */
  readonly outOfHours: { readonly answers: number };
  /** At least so many searches without a result in one day. */
  readonly emptySearches: { readonly searches: number };
  /** At least so many different people in one day. */
  readonly manyPeople: { readonly people: number };
}

/** The threshold of the z score is Iglewicz and Hoaglin's (1993). Public holidays count as working days. */
export const patternRules: PatternRules = {
  zone: 'Europe/London',
  hours: { days: [1, 2, 3, 4, 5], from: '07:00', to: '19:00' },
  hoursOf: {
    police: { days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' },
    prison: { days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' },
  },
  withoutResponsibility: { people: 1 },
  volume: { baselineDays: 28, leastDays: 7, z: 3.5, excess: 10 },
  outOfHours: { answers: 1 },
  emptySearches: { searches: 5 },
  manyPeople: { people: 30 },
};
