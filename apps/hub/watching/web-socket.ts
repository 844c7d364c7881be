import { type Server } from 'node:http';
import { type ExecutionResult, GraphQLError, type GraphQLSchema, parse } from 'graphql';
import { type Context, type ServerOptions } from 'graphql-ws';
import { type Extra, useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { Forbidden } from '../../../libs/contract/failure.js';
import { type Answer } from '../query/answering.js';
import { graphqlError, refusal } from '../query/graphql-failure.js';
import { type Ask } from './caseloads.js';
import { type Answers } from './subscription.js';
import { type AskingHeaders, requestOf, type Subscriptions } from './subscriptions.js';

/** Largest message, as of a question (bytes). */
const LARGEST = 100_000;
const PATH = '/graphql';

/**
 * Close codes, by the HTTP status that would say the same. 4403 invites clients to come back with a new token, 4400 and
 * 4401 not to.
 */
const closeCodes: Readonly<Record<number, number>> = {
  400: 4400,
  401: 4401,
  403: 4403,
  409: 4403,
  503: 1013,
};
const TOKEN_EXPIRED = { code: 4403, reason: 'token-expired' } as const;
const INTERNAL = 1011;
/** How long (ms) one timer waits at most: the clock is looked at again then. */
const LONGEST_WAIT = 60_000;

export interface WebSocketParts {
  readonly server: Server;
  readonly schema: () => GraphQLSchema;
  readonly subscriptions: Subscriptions;
  readonly clock: () => number;
}

/** What a connection knows once it was accepted. */
interface Accepted extends Record<PropertyKey, unknown> {
  ask: Ask;
  expiry: NodeJS.Timeout;
}

type Params = Readonly<Record<string, unknown>>;
type Extras = Extra & Partial<Accepted>;

/**
 * Subscriptions over WebSocket (sub-protocol graphql-transport-ws). `connectionParams` say what headers say to a
 * question: authorization, x-purpose, x-justification. A connection is closed when its token expires.
 */
export function serveWebSockets(parts: WebSocketParts): { dispose(): Promise<void> | void } {
  const { server, schema, subscriptions } = parts;
  const sockets = new WebSocketServer({ server, path: PATH, maxPayload: LARGEST });
  const options: ServerOptions<Params, Extras> = {
    onConnect: (connection) => connect(parts, connection),
    onClose: ({ extra }) => clearTimeout(extra.expiry),
    async onSubscribe({ extra: { ask } }, _id, payload) {
      try {
        if (ask === undefined) throw new Forbidden('token-missing', 'no bearer token was sent');
        const answers = await subscriptions.open(requestOf(payload), ask);
        return { schema: schema(), document: parse(payload.query), contextValue: { answers } };
      } catch (error) {
        return [graphqlError(error)];
      }
    },
    subscribe: ({ contextValue }) => results((contextValue as { readonly answers: Answers }).answers),
    onError: (_connection, _id, _payload, errors) => errors.map((error) => graphqlError(error).toJSON()),
  };
  return useServer<Params, Accepted>(options, sockets);
}

async function connect(
  { subscriptions, clock }: WebSocketParts,
  { connectionParams = {}, extra }: Context<Params, Extras>,
): Promise<boolean> {
  try {
    const ask = subscriptions.asker(headersOf(connectionParams));
    const { caller } = await ask();
    extra.ask = ask;
    closeAt(caller.expires * 1000, clock, extra);
    return true;
  } catch (error) {
    const { http, code } = refusal(error).extensions as { http: { status: number }; code: string };
    extra.socket.close(closeCodes[http.status] ?? INTERNAL, code);
    return false;
  }
}

/** Closes the connection at a moment (epoch milliseconds), however far off. */
function closeAt(moment: number, clock: () => number, extra: Extras): void {
  const left = moment - clock();
  if (left <= 0) return extra.socket.close(TOKEN_EXPIRED.code, TOKEN_EXPIRED.reason);
  extra.expiry = setTimeout(() => closeAt(moment, clock, extra), Math.min(left + 1, LONGEST_WAIT));
}

function headersOf(params: Params): AskingHeaders {
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name.toLowerCase(), value] as const] : [],
    ),
  );
}

/** The answers as the library sends them. */
function results(answers: Answers): AsyncIterableIterator<ExecutionResult> {
  return {
    async next() {
      const taken = await answers.next();
      return taken.done === true
        ? { done: true, value: undefined }
        : { done: false, value: resultOf(taken.value) };
    },
    async return() {
      await answers.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

function resultOf({ data, errors }: Answer): ExecutionResult {
  if (errors === undefined) return { data: data ?? null };
  return {
    data: data ?? null,
    errors: errors.map(({ message, path, extensions }) => new GraphQLError(message, { path, extensions })),
  };
}
