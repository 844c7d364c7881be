import { type ApolloServerPlugin, type GraphQLRequestContext, HeaderMap } from '@apollo/server';
import { type DocumentNode, type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { Invalid, isFailure } from '../../../libs/contract/failure.js';
import { type Answer, prepare, type Prepared } from './answering.js';
import { askedOf, rootFields } from './asked.js';
import { holdsWords } from './asked-words.js';
import { graphqlError } from './graphql-failure.js';
import { type QueryContext } from './query-context.js';
import { type Asked, type RecordAnswer } from './record-answer.js';
import { recordedAnswer } from './recorded-answer.js';

type Request = GraphQLRequestContext<QueryContext>;

const MOST_PREPARED = 500;

/**
 * Runs every operation and records it before the answer leaves: no disclosure without a record (design §1.4, R24).
 * When the record can't be made durable, nothing of the answer leaves. Operations without words of their asker are compiled once (graphql-jit).
 */
export function recordPlugin(record: RecordAnswer, onFault: OnFault): ApolloServerPlugin<QueryContext> {
  const prepared = new LRUCache<string, Prepared>({ max: MOST_PREPARED });
  return {
    requestDidStart() {
      return Promise.resolve({
        async responseForOperation(request) {
          if (request.operation == null) return null;
          const result = await answered({ record, prepared, onFault }, request as Answerable);
          const headers = new HeaderMap([['cache-control', 'no-store']]);
          return { http: { status: 200, headers }, body: { kind: 'single', singleResult: result } };
        },
      });
    },
  };
}

interface Answerable extends Request {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly queryHash: string;
}

/** Told of what nobody foresaw, by its kind. */
type OnFault = (error: unknown) => void;

interface Recording {
  readonly record: RecordAnswer;
  readonly prepared: LRUCache<string, Prepared>;
  readonly onFault: OnFault;
}

async function answered({ record, prepared, onFault }: Recording, request: Answerable): Promise<Answer> {
  const { contextValue: context, request: received } = request;
  try {
    requireHere(request);
    const run = preparedFor(prepared, request);
    return await recordedAnswer({
      context,
      run: () => run(context, received.variables ?? {}),
      record: isRecorded(request) ? (body) => record(context, askedBy(request), body) : undefined,
      onFault,
    });
  } catch (error) {
    if (!isFailure(error)) onFault(error);
    return { errors: [graphqlError(error).toJSON()] };
  }
}

function requireHere({ operation }: Answerable): void {
  if (operation.operation === OperationTypeNode.SUBSCRIPTION)
    throw new Invalid(
      'subscribe-elsewhere',
      'subscriptions are opened by WebSocket at /graphql, or by POST to /graphql/stream',
    );
}

/** Introspection reads no picture; every other query is at least a consultation. */
function isRecorded(request: Answerable): boolean {
  const isQuery = request.operation.operation === OperationTypeNode.QUERY;
  return isQuery && rootFields(request).some((name) => !name.startsWith('__'));
}

function askedBy({ request: received, source = '', queryHash, document, operation }: Answerable): Asked {
  const { operationName = null, variables = {} } = received;
  return askedOf({ document, operation, source, hash: queryHash, operationName, variables });
}

function preparedFor(prepared: LRUCache<string, Prepared>, request: Answerable): Prepared {
  const { schema, document, queryHash } = request;
  const name = request.operationName ?? undefined;
  const key = `${queryHash} ${name ?? ''}`;
  const known = prepared.get(key);
  if (known !== undefined) return known;
  const made = prepare(schema, document, name);
  if (!holdsWords(document)) prepared.set(key, made);
  return made;
}
