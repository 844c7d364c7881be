import { type Selection } from './cohort.js';
import { type Held, heldAt } from './held.js';
import { type Level } from './level.js';

/** From one moment until another, epoch milliseconds; null: it lasts. */
export interface Spell {
  readonly from: number;
  readonly to: number | null;
}

interface Known {
  readonly levels: readonly Held<readonly Level[]>[];
  readonly selections: readonly Selection[];
}

/** When the person was managed: at a level, or in a cohort. PPO, a label of history, manages nobody (KP 5.2). */
export function managedSpells(known: Known): readonly Spell[] {
  const sorted = holdings(known).toSorted((one, other) => one.from - other.from);
  return sorted.reduce<readonly Spell[]>(joined, []);
}

export function isManagedAt(known: Known, at: number): boolean {
  return heldAt(holdings(known), at).length > 0;
}

/** The facts, by log event id, that say the person was managed at a moment. */
export function managedBy(known: Known, at: number): readonly string[] {
  return heldAt(holdings(known), at).flatMap(({ by }) => by);
}

function holdings({ levels, selections }: Known): readonly Held<unknown>[] {
  const cohorts = selections
    .filter(({ cohort }) => cohort !== 'PPO')
    .map(({ cohort, at, ended, by }) => ({ value: cohort, from: at, to: ended?.at ?? null, by }));
  return [...levels.filter(({ value }) => value.length > 0), ...cohorts].filter(
    ({ from, to }) => from !== to,
  );
}

function joined(spells: readonly Spell[], { from, to }: Spell): readonly Spell[] {
  const last = spells.at(-1);
  if (last === undefined || (last.to !== null && last.to < from)) return [...spells, { from, to }];
  const end = last.to === null || to === null ? null : Math.max(last.to, to);
  return [...spells.slice(0, -1), { from: last.from, to: end }];
}
