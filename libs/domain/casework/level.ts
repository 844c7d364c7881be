import { type Held } from './held.js';
import { inTurn } from './in-turn.js';
import { type Data, ofType, type Step, textsIn, wordIn } from './read-data.js';

export const levels = ['Standard', 'Enhanced', 'Priority', 'MAPPA-1', 'MAPPA-2', 'MAPPA-3'] as const;
export type Level = (typeof levels)[number];

export const managements = ['statutory', 'voluntary'] as const;
export type Management = (typeof managements)[number];

/** One interval a decision; an empty list: managed at no level. */
export function levelsOf(steps: readonly Step[]): readonly Held<readonly Level[]>[] {
  return inTurn(decisions(steps), ({ data }) => levelsIn(data, 'levels'));
}

/** As the newest decision says; one that says nothing of it leaves it open. */
export function managementOf(steps: readonly Step[]): readonly Held<Management>[] {
  return inTurn(decisions(steps), ({ data }) => wordIn(data, 'management', managements));
}

/** The levels in a field; null where it is hidden. */
export function levelsIn(data: Data, field: string): readonly Level[] | null {
  if (!Array.isArray(data[field])) return null;
  return textsIn(data, field).filter((word): word is Level => levels.some((level) => level === word));
}

function decisions(steps: readonly Step[]): readonly Step[] {
  return ofType(steps, 'hub.management.decided');
}
