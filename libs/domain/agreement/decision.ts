import { type ClauseRef, type Treatment } from './document.js';

/** Why a field is not shared. Absence, error and doubt all mean withhold (design §1.3). */
export type WithheldReason = 'no-clause' | 'prohibited' | 'handling' | 'restricted';

/** What happens to one field, and the clause that decided. */
export type FieldDecision =
  | { readonly path: string; readonly outcome: Treatment; readonly clause: ClauseRef }
  | {
      readonly path: string;
      readonly outcome: 'withhold';
      readonly reason: WithheldReason;
      readonly clause: ClauseRef | null;
    };

/** The result of `evaluate`: one entry for each field of the type, in schema order. */
export interface Decision {
  readonly fields: readonly FieldDecision[];
  /** True when at least one field is shared. */
  readonly shares: boolean;
}

/** Stands for the clause where an agency is shown what it published itself: its own record, no disclosure to another. */
export const OWN_RECORD: ClauseRef = 'own-record';

/** Nothing is known of the type, so nothing is shared. */
export const NOTHING: Decision = { fields: [], shares: false };
