/** What one offence of a group costs society on average. */
export interface OffenceCost {
  readonly key: string;
  readonly label: string;
  /** Home Office classes that it stands for: the first three digits of the code. */
  readonly classes: readonly string[];
  /** Pounds an offence. */
  readonly pounds: number;
}

export interface CostTable {
  readonly version: string;
  /** In force from this day on. */
  readonly from: string;
  readonly source: string;
  /** Whether the figures were checked against the source. */
  readonly verified: boolean;
  readonly costs: readonly OffenceCost[];
}

/**
 * Illustrative round figures in the order of magnitude of the Home Office's; replace them by a checked version before a
 * board relies on them. Offences without a victim, and those that no class names, are counted and not costed.
 */
export const costTables: readonly CostTable[] = [
  {
    version: 'illustrative-1',
    from: '2010-01-01',
    source:
      'Illustrative, after Home Office Research Report 99, The economic and social costs of crime, second edition (July 2018); the table itself was not at hand',
    verified: false,
    costs: [
      { key: 'homicide', label: 'Homicide', classes: ['001'], pounds: 3_000_000 },
      { key: 'violence', label: 'Violence with injury', classes: ['002', '005', '008'], pounds: 14_000 },
      { key: 'assault', label: 'Violence without injury', classes: ['104', '105'], pounds: 6_000 },
      { key: 'robbery', label: 'Robbery', classes: ['034'], pounds: 11_000 },
      { key: 'burglary-dwelling', label: 'Burglary in a dwelling', classes: ['028', '029'], pounds: 6_000 },
      {
        key: 'burglary-other',
        label: 'Burglary other than in a dwelling',
        classes: ['030', '031'],
        pounds: 15_000,
      },
      { key: 'vehicle-theft', label: 'Theft of vehicles', classes: ['037', '048', '130'], pounds: 10_000 },
      { key: 'from-vehicle', label: 'Theft from vehicles', classes: ['045', '126'], pounds: 1_000 },
      { key: 'from-person', label: 'Theft from the person', classes: ['039'], pounds: 1_000 },
      {
        key: 'other-theft',
        label: 'Other theft and handling',
        classes: ['040', '041', '044', '046', '049', '054'],
        pounds: 1_000,
      },
      { key: 'arson', label: 'Arson', classes: ['056'], pounds: 8_000 },
      { key: 'damage', label: 'Criminal damage', classes: ['057', '058', '149'], pounds: 1_000 },
      { key: 'fraud', label: 'Fraud', classes: ['053'], pounds: 1_000 },
    ],
  },
];

/** The table in force on a day; before the first version, the first. */
export function costTableOn(day: string): CostTable {
  return costTables.findLast(({ from }) => from <= day) ?? (costTables[0] as CostTable);
}
