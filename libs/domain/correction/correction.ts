import { type ClauseRef } from '../agreement/document.js';
import { type Cause } from './cause.js';

/** What a recipient did, as the law asks of it (R20: "must do the same"); `told` of a recipient outside the hub. */
export const correctionActions = ['corrected', 'erased', 'restricted', 'none-held', 'told'] as const;
export type CorrectionAction = (typeof correctionActions)[number];

/** What was shown of one fact that no longer stands: never a value. */
export interface ShownFact {
  /** Log position of the fact, and its event type. */
  readonly position: number;
  readonly type: string;
  /** Paths of the fields; none when only that there is such a fact. */
  readonly fields: readonly string[];
  readonly clauses: readonly ClauseRef[];
  /** Log positions of the disclosures; none where somebody else than the hub passed it on. */
  readonly disclosures: readonly number[];
}

/** How a recipient came by what the hub did not show it. */
export interface PassedOn {
  /** The agency that passed it on, and its own obligation. */
  readonly by: string;
  readonly correction: string;
  /** Day on which it did, `YYYY-MM-DD`. */
  readonly when: string;
  /** Whether the recipient is no agency of the hub: whoever passed it on answers for telling it. */
  readonly isOutside: boolean;
}

/** Somebody who got it from a recipient: an agency's id, or the name of an organisation outside. */
export interface OnwardRecipient {
  readonly recipient: string;
  readonly isOutside: boolean;
  /** Day on which it was passed on, `YYYY-MM-DD`. */
  readonly when: string;
}

export interface Actor {
  readonly agency: string;
  readonly user: string;
}

/**
 * That a recipient must be told, and must do the same (R9, R20). One for each cause and recipient: `correction.opened`
 * for whom the hub itself showed it to, `correction.onwardOpened` for whom a recipient passed it on to.
 */
export interface CorrectionOpened {
  readonly type: 'correction.opened' | 'correction.onwardOpened';
  readonly id: string;
  readonly cause: Cause;
  readonly offender: string;
  /** Agency id; the name of an organisation where `passedOn.isOutside`. */
  readonly recipient: string;
  readonly passedOn: PassedOn | null;
  /** Agencies whose facts they are. */
  readonly publishers: readonly string[];
  readonly shown: readonly ShownFact[];
  /** The recipient's users who were shown it. */
  readonly users: readonly string[];
  /** Epoch milliseconds, and the version of the rule that says so. */
  readonly due: number;
  readonly rule: number;
  readonly at: number;
}

/**
 * Everything that happens to the obligation to tell a recipient; the log event's metadata, JSON, in the one stream
 * `corrections`. All moments are epoch milliseconds.
 */
export type CorrectionEvent =
  | CorrectionOpened
  | {
      /** An answer on its way when the cause came showed the old fact still: what was answered is open again. */
      readonly type: 'correction.extended';
      readonly id: string;
      readonly publishers: readonly string[];
      readonly shown: readonly ShownFact[];
      readonly users: readonly string[];
      readonly due: number;
      readonly rule: number;
      readonly at: number;
    }
  | {
      /** It was in an answer to the recipient for the first time. */
      readonly type: 'correction.notified';
      readonly id: string;
      readonly by: Actor;
      readonly at: number;
    }
  | {
      readonly type: 'correction.acknowledged';
      readonly id: string;
      readonly by: Actor;
      readonly action: CorrectionAction;
      readonly reason: string;
      readonly onward: readonly OnwardRecipient[];
      readonly at: number;
    }
  | { readonly type: 'correction.overdue'; readonly id: string; readonly due: number; readonly at: number };

type Of<Type extends CorrectionEvent['type']> = Extract<CorrectionEvent, { type: Type }>;
export type Acknowledged = Of<'correction.acknowledged'>;

/** An obligation: what it is about, who has heard of it, and what was answered. */
export interface Correction extends CorrectionOpened {
  readonly notified: Pick<Of<'correction.notified'>, 'by' | 'at'> | null;
  readonly acknowledged: Pick<Acknowledged, 'by' | 'action' | 'reason' | 'onward' | 'at'> | null;
  /** When it became overdue; stays when it is answered late. */
  readonly overdue: number | null;
}

/** The obligation after an event, undefined before it was opened. An event about one that is not there changes nothing. */
export function evolve(correction: Correction | undefined, event: CorrectionEvent): Correction | undefined {
  if (event.type === 'correction.opened' || event.type === 'correction.onwardOpened')
    return correction ?? { ...event, notified: null, acknowledged: null, overdue: null };
  if (correction === undefined) return undefined;
  switch (event.type) {
    case 'correction.extended':
      return extended(correction, event);
    case 'correction.notified':
      return { ...correction, notified: { by: event.by, at: event.at } };
    case 'correction.acknowledged': {
      const { by, action, reason, onward, at } = event;
      return { ...correction, acknowledged: { by, action, reason, onward, at } };
    }
    case 'correction.overdue':
      return { ...correction, overdue: event.at };
  }
}

/** What was answered did not cover what is new, so it is to be answered again; what is still open is due no later. */
function extended(correction: Correction, event: Of<'correction.extended'>): Correction {
  const shown = mergeShown([...correction.shown, ...event.shown]);
  const users = sorted([...correction.users, ...event.users]);
  const publishers = sorted([...correction.publishers, ...event.publishers]);
  const more = { ...correction, publishers, shown, users };
  if (correction.acknowledged === null) return more;
  const { due, rule } = event;
  return { ...more, due, rule, notified: null, acknowledged: null, overdue: null };
}

/** One entry for each fact, in the order of the log. */
export function mergeShown(shown: readonly ShownFact[]): readonly ShownFact[] {
  const byFact = Map.groupBy(shown, ({ position }) => position);
  return [...byFact.values()]
    .map((same) => ({
      position: same[0]?.position ?? 0,
      type: same[0]?.type ?? '',
      fields: sorted(same.flatMap(({ fields }) => fields)),
      clauses: sorted(same.flatMap(({ clauses }) => clauses)),
      disclosures: [...new Set(same.flatMap(({ disclosures }) => disclosures))].sort((a, b) => a - b),
    }))
    .sort((a, b) => a.position - b.position);
}

/** Each once, in one order everywhere. */
export function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}
