import { type Level } from '../casework/case.js';
import { type Held, heldAt } from '../casework/held.js';
import { type PersonHistory } from './history.js';

/** Something said of a person at a moment, and the log event ids that say so. */
export interface Said<V> {
  readonly value: V;
  readonly by: readonly string[];
}

/** The levels that a row of a report may be about, the highest first. */
export const reportedLevels = ['Priority', 'Enhanced', 'Standard'] as const satisfies readonly Level[];
export type ReportedLevel = (typeof reportedLevels)[number];

/** The highest of Priority, Enhanced and Standard at which a person is managed at a moment; null: at none of them. */
export function levelAt({ case: { levels } }: PersonHistory, at: number): Said<ReportedLevel> | null {
  const held = heldAt(levels, at).at(-1);
  const level = reportedLevels.find((each) => held?.value.includes(each));
  return held === undefined || level === undefined ? null : { value: level, by: held.by };
}

export function areaAt({ case: { areas } }: PersonHistory, at: number): Said<string> | null {
  return newest(areas, at);
}

/** The prisons' facts by which a person is in custody at a moment; null: in the community, as far as anybody says. */
export function custodyAt({ custody }: PersonHistory, at: number): Said<'custody'> | null {
  return newest(custody, at);
}

/**
 * Who manages a person by statute at a moment. The panel's decision counts; where it says nothing, a provider of
 * probation is enough. A null value: statutorily, by a provider that nobody names. Null: not statutorily.
 */
export function statutoryProviderAt(history: PersonHistory, at: number): Said<string | null> | null {
  const management = newest(history.case.management, at);
  const provider = newest(history.providers, at);
  if (management?.value === 'voluntary' || (management === null && provider === null)) return null;
  const by = [...(management?.by ?? []), ...(provider?.by ?? [])];
  return { value: provider?.value ?? null, by };
}

/** The cohorts for which a person is selected at a moment. */
export function cohortsAt({ case: { selections } }: PersonHistory, at: number): readonly Said<string>[] {
  return selections
    .filter((selection) => selection.at <= at && (selection.ended === null || at < selection.ended.at))
    .map(({ cohort, by }) => ({ value: cohort, by }));
}

function newest<V>(all: readonly Held<V>[], at: number): Said<V> | null {
  const held = heldAt(all, at).at(-1);
  return held === undefined ? null : { value: held.value, by: held.by };
}
