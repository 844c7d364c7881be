import { type Offence } from './history.js';

/** Which offences count as reoffending, and by which date. */
export interface CountingRule {
  readonly id: 'proven' | 'charged' | 'arrested';
  readonly version: string;
  /** In force from this day on. */
  readonly from: string;
  readonly source: string;
  /** Whether the source was read in full, or stands here as general knowledge. */
  readonly verified: boolean;
  readonly stages: readonly Offence['stage'][];
  /** In words, for the note of a table. */
  readonly words: string;
}

export const countingRules: readonly CountingRule[] = [
  {
    id: 'proven',
    version: 'proven-1',
    from: '2010-01-01',
    source:
      'Ministry of Justice, proven reoffending statistics: convictions and cautions, by date of offence',
    verified: false,
    stages: ['proven'],
    words: 'proven by conviction or caution, by date of offence',
  },
  {
    id: 'charged',
    version: 'charged-1',
    from: '2010-01-01',
    source: 'Local choice: everything charged and not withdrawn or acquitted',
    verified: false,
    stages: ['charged', 'proven'],
    words: 'charged or proven, by date of offence',
  },
  {
    id: 'arrested',
    version: 'arrested-1',
    from: '2010-01-01',
    source: 'Local choice: everything arrested for and not withdrawn or acquitted',
    verified: false,
    stages: ['arrested', 'charged', 'proven'],
    words: 'arrested for, charged or proven, by date of offence',
  },
];

/** The rule of that name in force on a day; before its first version, the first. */
export function countingRuleOn(day: string, id: CountingRule['id'] = 'proven'): CountingRule {
  const versions = countingRules.filter((rule) => rule.id === id);
  return versions.findLast(({ from }) => from <= day) ?? (versions[0] as CountingRule);
}
