/** How much is enough, for each element that is measured; the Key Principles themselves give no figures. */
export interface KeyPrincipleThresholds {
  readonly version: string;
  /** First day of its use. */
  readonly from: string;
  readonly source: string;
  /** Whether somebody with authority over the partnership confirmed the figures. */
  readonly verified: boolean;
  /** Agencies without which not all relevant ones are signed up (1.1). */
  readonly requiredAgencies: readonly string[];
  /** Kinds of agency that are private, voluntary or social enterprise (1.2, 4.5). */
  readonly voluntaryKinds: readonly string[];
  /** What signed documents must cover between them (1.3). */
  readonly coverings: readonly string[];
  readonly leastMeasures: number;
  /** From publication to being visible, at the 95th percentile (1.6). */
  readonly visibleWithinMs: number;
  /** Agreements that end sooner than this are about to leave a gap (1.6). */
  readonly leastDaysLeft: number;
  /** Agencies whose publications a local profile draws together (2.1). */
  readonly profileSources: number;
  /** Receivers of reports without whom the agenda is not theirs (2.3), and how many kinds of other leaders. */
  readonly agendaReceiver: string;
  readonly otherLeaders: number;
  readonly handoverWithinDays: number;
  /** From a need identified to a referral, and to a start; the share of needs that must be in time (4.1). */
  readonly referralWithinDays: number;
  readonly startWithinDays: number;
  readonly timelyShare: number;
  /** Of managed people, who must have been told what is on offer and shared (4.3). */
  readonly informedShare: number;
  /** From a failure to engage to an action (4.4). */
  readonly consequenceWithinDays: number;
  readonly consequenceShare: number;
  /** Of the pathways on which needs are identified, the share that the voluntary sector serves (4.5). */
  readonly voluntaryPathwayShare: number;
  /** Of people managed by statute and by the partnership, who must get something from it (5.1). */
  readonly valueShare: number;
  readonly importWithinHours: number;
  readonly flaggedShare: number;
  readonly sequenceShare: number;
}

export const keyPrincipleThresholds: readonly KeyPrincipleThresholds[] = [
  {
    version: '1',
    from: '2015-02-01',
    source:
      'the partnership; required agencies: those in more than half of arrangements in the survey of 2013 (figure 1), local authorities by their housing service',
    verified: false,
    requiredAgencies: ['police', 'probation', 'prison', 'housing', 'treatment', 'youth', 'vcse'],
    voluntaryKinds: ['vcse'],
    coverings: ['vision', 'leadership', 'accountability', 'governance'],
    leastMeasures: 1,
    visibleWithinMs: 60_000,
    leastDaysLeft: 30,
    profileSources: 2,
    agendaReceiver: 'PCC',
    otherLeaders: 1,
    handoverWithinDays: 14,
    referralWithinDays: 14,
    startWithinDays: 42,
    timelyShare: 0.8,
    informedShare: 1,
    consequenceWithinDays: 14,
    consequenceShare: 0.8,
    voluntaryPathwayShare: 0.5,
    valueShare: 0.8,
    importWithinHours: 24,
    flaggedShare: 1,
    sequenceShare: 0.8,
  },
];

/** The thresholds on a day (calendar date); before the first version, the first. */
export function thresholdsOn(day: string): KeyPrincipleThresholds {
  const found = keyPrincipleThresholds.findLast(({ from }) => from <= day) ?? keyPrincipleThresholds[0];
  if (found === undefined) throw new Error('there are no thresholds');
  return found;
}
