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
} from 'graphql';
import { compileQuery, type CompiledQuery, isCompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';
import { type EventLog } from '../../../libs/adapters/event-log/event-log.js';
import { streamOf } from '../../../libs/contract/fact.js';
import { type Disclosure, disclosureType } from '../../../libs/domain/disclosure/disclosure.js';
import { type Asking } from './asking.js';
import { graphqlError } from './graphql-failure.js';

/** What resolvers find as the GraphQL context. */
export interface QueryContext {
  readonly asking: Asking;
  /** Position up to which the read model had followed the log, set by the first reading of it. */
  asOf: number;
}

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
export function recordPlugin(log: EventLog): ApolloServerPlugin<QueryContext> {
  const prepared = new LRUCache<string, Prepared>({ max: MOST_PREPARED });
  return {
    requestDidStart() {
      return Promise.resolve({
        async responseForOperation(request) {
          const result = await answered(log, prepared, request as Answerable);
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

async function answered(
  log: EventLog,
  prepared: LRUCache<string, Prepared>,
  request: Answerable,
): Promise<Answer> {
  const { contextValue, operation } = request;
  try {
    const run = preparedFor(prepared, request);
    const result = await run(contextValue, request.request.variables ?? {});
    if (operation.operation === OperationTypeNode.QUERY && readsPictures(operation))
      await record(log, request);
    return withCodes(result);
  } catch (error) {
    return { errors: [graphqlError(error).toJSON()] };
  }
}

/** Introspection reads no picture; everything else is at least a consultation. */
function readsPictures(operation: OperationDefinitionNode): boolean {
  return operation.selectionSet.selections.some(
    (each) => each.kind !== Kind.FIELD || !each.name.value.startsWith('__'),
  );
}

async function record(
  log: EventLog,
  { contextValue: { asking, asOf }, operation, queryHash }: Answerable,
): Promise<void> {
  const { caller, purpose, justification, witness, now } = asking;
  const disclosure: Disclosure = {
    agency: caller.agency,
    user: caller.user,
    purpose,
    justification,
    at: now,
    asOf,
    query: queryHash,
    asked: operation.selectionSet.selections.flatMap((each) =>
      each.kind === Kind.FIELD ? [each.name.value] : [],
    ),
    offenders: witness.offenders(),
    facts: witness.facts(),
  };
  const event = {
    id: randomUUID(),
    type: disclosureType(disclosure),
    metadata: JSON.stringify(disclosure),
    data: noEvents,
  };
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
