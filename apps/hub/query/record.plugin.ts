import { randomUUID } from 'node:crypto';
import { type ApolloServerPlugin, type GraphQLRequestContext, HeaderMap } from '@apollo/server';
import {
  type DocumentNode,
  execute,
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
} from 'graphql';
import { compileQuery, type CompiledQuery, isCompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';
import { type EventLog } from '../../../libs/adapters/event-log/event-log.js';
import { isFailure, Unavailable } from '../../../libs/contract/failure.js';
import { streamOf } from '../../../libs/contract/fact.js';
import { type Disclosure, disclosureType } from '../../../libs/domain/disclosure/disclosure.js';
import { graphqlError } from './graphql-failure.js';
import { type QueryContext } from './query-context.js';

type Request = GraphQLRequestContext<QueryContext>;
type Prepared = (
  context: QueryContext,
  variables: Readonly<Record<string, unknown>>,
) => Promise<ExecutionResult> | ExecutionResult;

type Answer = FormattedExecutionResult<Record<string, unknown>>;

const MOST_PREPARED = 500;
const noEvents = new Uint8Array();

/**
 * Runs every operation and records it before the answer leaves: no disclosure without a record (design §1.4, R24).
 * When the record can't be made durable, nothing of the answer leaves. Operations are compiled once (graphql-jit).
 */
export function recordPlugin(log: EventLog, onFault: OnFault): ApolloServerPlugin<QueryContext> {
  const prepared = new LRUCache<string, Prepared>({ max: MOST_PREPARED });
  return {
    requestDidStart() {
      return Promise.resolve({
        async responseForOperation(request) {
          if (request.operation == null) return null;
          const result = await answered({ log, prepared, onFault }, request as Answerable);
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
  readonly log: EventLog;
  readonly prepared: LRUCache<string, Prepared>;
  readonly onFault: OnFault;
}

async function answered({ log, prepared, onFault }: Recording, request: Answerable): Promise<Answer> {
  const { contextValue, operation } = request;
  try {
    const run = preparedFor(prepared, request);
    const result = await run(contextValue, request.request.variables ?? {});
    if (operation.operation === OperationTypeNode.QUERY && readsPictures(request)) await record(log, request);
    if (!contextValue.pictures.every((picture) => picture.stands())) throw changedMeanwhile();
    result.errors
      ?.filter(({ originalError }) => originalError != null && !isFailure(originalError))
      .forEach(onFault);
    return withCodes(result);
  } catch (error) {
    if (!isFailure(error)) onFault(error);
    return { errors: [graphqlError(error).toJSON()] };
  }
}

/** What was acknowledged as ended while the answer was made must not leave with it (design §8). */
function changedMeanwhile(): Unavailable {
  return new Unavailable('changed-meanwhile', 'agreements or consent changed while you asked: ask again');
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

async function record(log: EventLog, request: Answerable): Promise<void> {
  const { asking, pictures } = request.contextValue;
  const { caller, purpose, justification, witness, now } = asking;
  const disclosure: Disclosure = {
    agency: caller.agency,
    user: caller.user,
    purpose,
    justification,
    at: now,
    asOf: pictures.reduce((least, picture) => Math.min(least, picture.asOf), Number.MAX_SAFE_INTEGER),
    query: request.queryHash,
    asked: rootFields(request),
    ...witness.noted(),
  };
  const type = disclosureType(disclosure);
  const event = { id: randomUUID(), type, metadata: JSON.stringify(disclosure), data: noEvents };
  await log.append(streamOf.disclosure(caller.agency), [event], 'any');
}

function preparedFor(prepared: LRUCache<string, Prepared>, request: Answerable): Prepared {
  const { schema, document, queryHash } = request;
  const name = request.operationName ?? undefined;
  const key = `${queryHash} ${name ?? ''}`;
  const known = prepared.get(key);
  if (known !== undefined) return known;
  const made = prepare(schema, document, name);
  prepared.set(key, made);
  return made;
}

function prepare(schema: GraphQLSchema, document: DocumentNode, operationName: string | undefined): Prepared {
  const compiled: CompiledQuery | ExecutionResult = compileQuery(schema, document, operationName);
  if (isCompiledQuery(compiled)) return (context, variables) => compiled.query(undefined, context, variables);
  return (contextValue, variableValues) =>
    execute({ schema, document, contextValue, variableValues, operationName });
}

/** Errors as clients expect them: a variable of the wrong form is a bad request, our own failures keep their code. */
function withCodes({ data, errors = [] }: ExecutionResult): Answer {
  if (errors.length === 0) return { data: data ?? null };
  if (data === undefined) return { errors: errors.map((error) => badInput(error).toJSON()) };
  return { data, errors: errors.map((error) => graphqlError(error).toJSON()) };
}

/** A variable that cannot be read; the message of the library quotes its value, so that part is left out. */
function badInput(error: GraphQLError): GraphQLError {
  if (error.originalError !== undefined) return graphqlError(error);
  const [, variable] = /^Variable "(\$\w+)"/.exec(error.message) ?? [];
  const message =
    variable === undefined
      ? 'the variables do not fit the operation'
      : `the variable ${variable} does not fit its type`;
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}
