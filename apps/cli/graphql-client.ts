import {
  Conflict,
  type Failure,
  type FailureKind,
  Forbidden,
  type InputError,
  Invalid,
  Unavailable,
} from '../../libs/contract/failure.js';

/** Asks a hub one GraphQL operation; gives its `data`. */
export type Ask = <Data>(query: string, variables?: Readonly<Record<string, unknown>>) => Promise<Data>;

/** Who asks a hub, and why (the header `X-Purpose`). */
interface Asker {
  readonly url: string;
  readonly token: string;
  readonly purpose: string;
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: {
      readonly code?: string;
      readonly kind?: string;
      readonly errors?: readonly InputError[];
    };
  }[];
}

const TIMEOUT = 60_000;

/**
 * A client of the hub's GraphQL. What the hub refuses is thrown as the failure it was there, its code in the message.
 * `Unavailable` `hub` when no hub answers, or not as one does. Nothing is tried twice: a step may have been taken.
 */
export function graphqlClient({ url, token, purpose }: Asker): Ask {
  const address = new URL('graphql', url.endsWith('/') ? url : `${url}/`);
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'x-purpose': purpose,
  };
  return async <Data>(query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<Data> => {
    const { data, errors } = await answered(address, headers, JSON.stringify({ query, variables }));
    const [refusal] = errors ?? [];
    if (refusal !== undefined) throw failureOf(refusal);
    return data as Data;
  };
}

async function answered(
  address: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<Answer> {
  const response = await post(address, headers, body);
  try {
    return (await response.json()) as Answer;
  } catch {
    const { status } = response;
    throw new Unavailable('hub', `${address.origin} does not answer as a hub (status ${String(status)})`);
  }
}

async function post(
  address: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<Response> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT);
    return await fetch(address, { method: 'POST', headers, body, signal, redirect: 'error' });
  } catch {
    throw new Unavailable('hub', `the hub at ${address.origin} is not available`);
  }
}

/** A refusal without a kind is not the hub's own: the question was not one that it understands. */
function failureOf({ message, extensions = {} }: NonNullable<Answer['errors']>[number]): Failure {
  const { code = 'internal', kind = 'unavailable', errors } = extensions;
  const make = makers[kind as FailureKind] ?? makers.unavailable;
  return make(code, `${message} (${code})`, errors);
}

const makers: Readonly<
  Record<FailureKind, (code: string, message: string, errors?: readonly InputError[]) => Failure>
> = {
  invalid: (code, message, errors) => new Invalid(code, message, errors),
  forbidden: (code, message) => new Forbidden(code, message),
  conflict: (code, message) => new Conflict(code, message),
  unavailable: (code, message) => new Unavailable(code, message),
};
