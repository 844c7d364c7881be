import { type ApolloServerPlugin, type GraphQLRequestContext, HeaderMap } from '@apollo/server';
import {
  type DocumentNode,
  type ExecutionResult,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { isFailure, Unavailable } from '../../../libs/contract/failure.js';
import { type Answer, answerOf, bodyOf, prepare, type Prepared } from './answering.js';
import { holdsWords } from './asked-words.js';
import { graphqlError } from './graphql-failure.js';
import { type QueryContext } from './query-context.js';
import { type Asked, type RecordAnswer } from './record-answer.js';
import { STALE, unlessSilent } from './stale-node.js';

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
  const { contextValue, operation } = request;
  try {
    const run = preparedFor(prepared, request);
    const result = await run(contextValue, request.request.variables ?? {});
    requireLog(result);
    requireStanding(contextValue);
    const answer = answerOf(result);
    if (operation.operation === OperationTypeNode.QUERY && readsPictures(request))
      await unlessSilent(record(contextValue, askedBy(request), bodyOf(answer)));
    requireStanding(contextValue);
    result.errors
      ?.filter(({ originalError }) => originalError != null && !isFailure(originalError))
      .forEach(onFault);
    return answer;
  } catch (error) {
    if (!isFailure(error)) onFault(error);
    return { errors: [graphqlError(error).toJSON()] };
  }
}

/** An answer that could not be made because the log is silent could not be recorded either. */
function requireLog({ errors = [] }: ExecutionResult): void {
  for (const { originalError } of errors)
    if (isFailure(originalError) && originalError.code === STALE) throw originalError;
}

/** What was acknowledged as ended while the answer was made must neither be recorded as shown nor leave with it (design §8). */
function requireStanding({ pictures }: QueryContext): void {
  if (!pictures.every((picture) => picture.stands()))
    throw new Unavailable('changed-meanwhile', 'agreements or consent changed while you asked: ask again');
}

/** Introspection reads no picture; everything else is at least a consultation. */
function readsPictures(request: Answerable): boolean {
  return rootFields(request).some((name) => !name.startsWith('__'));
}

/** Names of the root fields that an operation asks for, inside fragments too. */
function rootFields({ document, operation }: Answerable): readonly string[] {
  const named = new Map(
    document.definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  );
  const namesIn = ({ selections }: SelectionSetNode): readonly string[] =>
    selections.flatMap((each) => {
      if (each.kind === Kind.FIELD) return [each.name.value];
      const fragment = each.kind === Kind.FRAGMENT_SPREAD ? named.get(each.name.value) : each;
      return fragment === undefined ? [] : namesIn(fragment.selectionSet);
    });
  return [...new Set(namesIn(operation.selectionSet))];
}

function askedBy(request: Answerable): Asked {
  const { request: received, source = '', queryHash, document } = request;
  const { operationName = null, variables = {} } = received;
  return {
    question: { document: source, operationName, variables },
    hash: queryHash,
    roots: rootFields(request),
    hasWords: holdsWords(document) || Object.keys(variables).length > 0,
  };
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
