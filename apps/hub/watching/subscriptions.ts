import { bearerToken } from '../../../libs/adapters/caller/verify-token.js';
import { Invalid } from '../../../libs/contract/failure.js';
import { type Agreements } from '../agreements/agreements.js';
import { type VerifyToken } from '../caller.guard.js';
import { askingOf } from '../query/asking.js';
import { type Ask } from './caseloads.js';
import {
  type Answers,
  type SubscriptionParts,
  type SubscriptionRequest,
  subscribeTo,
} from './subscription.js';

/** What a request says about who asks and why; names in lower case, as in HTTP. */
export type AskingHeaders = Readonly<Record<string, string | string[] | undefined>>;

export interface SubscriptionsParts extends SubscriptionParts {
  readonly verify: VerifyToken;
  readonly agreements: Pick<Agreements, 'register'>;
  readonly clock: () => number;
}

/** Subscriptions, whatever way they come in. */
export interface Subscriptions {
  /** Asks anew, each time it is called, as a question with these headers would. */
  asker(headers: AskingHeaders): Ask;
  /** See `subscribeTo`. */
  open(request: SubscriptionRequest, ask: Ask): Promise<Answers>;
}

export function openSubscriptions(parts: SubscriptionsParts): Subscriptions {
  const { verify, agreements, clock } = parts;
  return {
    asker: (headers) => async () => {
      const caller = await verify(bearerToken(first(headers['authorization'])));
      return askingOf(caller, headers, clock(), agreements.register());
    },
    open: (request, ask) => subscribeTo(parts, request, ask),
  };
}

function first(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined;
}

/** Reads `{ query, operationName, variables }`. Throws `Invalid` `not-a-question`. */
export function requestOf(body: unknown): SubscriptionRequest {
  const { query, operationName, variables } = isRecord(body) ? body : {};
  if (
    typeof query !== 'string' ||
    (operationName != null && typeof operationName !== 'string') ||
    (variables != null && !isRecord(variables))
  )
    throw new Invalid('not-a-question', 'the body must hold query, and may hold operationName and variables');
  return { query, operationName: operationName ?? null, variables: variables ?? {} };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
