import {
  type Caller,
  requireRole as requireCallerRole,
  type Role,
} from '../../../libs/adapters/caller/caller.js';
import { Forbidden, Invalid } from '../../../libs/contract/failure.js';
import { type Register } from '../../../libs/domain/agreement/register.js';
import { requiresJustification } from '../../../libs/domain/disclosure/justification.js';
import { openWitness, type Witness } from './witness.js';

/** One question: who asks, why, and what the answer has shown so far. */
export interface Asking {
  readonly caller: Caller;
  readonly purpose: string;
  readonly justification: string | null;
  /** Whether an agreement in force asks for a justification. */
  readonly justificationRequired: boolean;
  readonly witness: Witness;
  /** Epoch milliseconds. */
  readonly now: number;
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * The question that a request's headers state: `X-Purpose` on every operation, one that the token holds (R3);
 * `X-Justification` of 3 to 250 characters where given, and wherever an agreement in force asks for one (R27, R57).
 */
export function askingOf(caller: Caller, headers: Headers, now: number, register: Register): Asking {
  const purpose = headers['x-purpose'];
  if (typeof purpose !== 'string' || purpose === '') {
    throw new Invalid('purpose-required', 'the header X-Purpose must say why you ask');
  }
  if (!caller.purposes.includes(purpose))
    throw new Forbidden('purpose-not-held', 'your token does not hold the purpose in X-Purpose');
  const justification = justificationOf(headers['x-justification']);
  const justificationRequired = requiresJustification(register, caller.agency, purpose, now);
  if (justificationRequired && justification === null)
    throw new Invalid('justification-required', 'the header X-Justification must say why you ask');
  return {
    caller,
    purpose,
    justification,
    justificationRequired,
    witness: openWitness(),
    now,
  };
}

function justificationOf(text: string | string[] | undefined): string | null {
  if (text === undefined || text === '') return null;
  if (typeof text !== 'string' || text.length < 3 || text.length > 250) {
    throw new Invalid('justification', 'the header X-Justification must have 3 to 250 characters');
  }
  return text;
}

/** Refuses a caller that holds none of these roles. */
export function requireRole({ caller }: Asking, ...roles: readonly Role[]): void {
  requireCallerRole(caller, ...roles);
}
