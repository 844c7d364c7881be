import { type Case } from '../casework/case.js';
import { managedBy, managedSpells } from '../casework/managed.js';

/** Since when somebody has been managed without a break, epoch milliseconds, and the facts that began it. */
export interface Management {
  readonly since: number;
  readonly by: readonly string[];
}

/** The management that runs at a moment, epoch milliseconds; undefined when nobody manages the person. */
export function managementAt(known: Pick<Case, 'levels' | 'selections'>, at: number): Management | undefined {
  const spell = managedSpells(known).find(({ from, to }) => from <= at && (to === null || at < to));
  return spell && { since: spell.from, by: managedBy(known, spell.from) };
}
