import { OWN_RECORD } from '../agreement/decision.js';
import { type ExplainedSupersession } from './explain.js';
import { type OperatedFact, type Operation } from './operations.js';

/** That somebody was shown a fact which was corrected or retracted, before or after they were (R9, R20). */
export interface CorrectedReceipt {
  /** Log position of the fact, and its type. */
  readonly fact: string;
  readonly type: string;
  readonly superseded: ExplainedSupersession;
  /** Log position of the disclosure, and its moment. */
  readonly disclosure: string;
  readonly at: string;
  readonly agency: string;
  readonly user: string | null;
  readonly purpose: string | null;
  readonly clause: string | null;
  readonly as: OperatedFact['as'];
  readonly fields: readonly string[];
  /** Whether it was shown although it had been superseded by then. */
  readonly afterwards: boolean;
}

/** A fact that was superseded. */
export interface SupersededFact {
  readonly type: string;
  readonly superseded: ExplainedSupersession;
}

/**
 * What of an answer showed superseded facts, which stand by position; an agency that is shown its own record received
 * nothing.
 */
export function correctedIn(
  operation: Operation,
  superseded: ReadonlyMap<string, SupersededFact>,
): readonly CorrectedReceipt[] {
  const { position: disclosure, at, agency, user, purpose } = operation;
  return operation.facts.flatMap(({ position, clause, as, fields }) => {
    const fact = position === null || clause === OWN_RECORD ? undefined : superseded.get(position);
    if (fact === undefined || position === null) return [];
    const afterwards = Number(disclosure) > Number(fact.superseded.position);
    const shown = { clause, as, fields, afterwards };
    return [{ fact: position, ...fact, disclosure, at, agency, user, purpose, ...shown }];
  });
}
