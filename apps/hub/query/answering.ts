import {
  type DocumentNode,
  execute,
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLSchema,
} from 'graphql';
import { compileQuery, type CompiledQuery, isCompiledQuery } from 'graphql-jit';
import { holdsWords } from './asked-words.js';
import { graphqlError } from './graphql-failure.js';
import { type QueryContext } from './query-context.js';

/** An operation of one document, ready to be run for any caller. */
export type Prepared = (
  context: QueryContext,
  variables: Readonly<Record<string, unknown>>,
) => Promise<ExecutionResult> | ExecutionResult;

export type Answer = FormattedExecutionResult<Record<string, unknown>>;

/** Operations without words of their asker are compiled (graphql-jit), so that they can be kept; others are interpreted. */
export function prepare(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | undefined,
): Prepared {
  if (holdsWords(document)) return interpreted(schema, document, operationName);
  const compiled: CompiledQuery | ExecutionResult = compileQuery(schema, document, operationName);
  if (isCompiledQuery(compiled)) return (context, variables) => compiled.query(undefined, context, variables);
  return interpreted(schema, document, operationName);
}

/** The body that Apollo sends for an answer, byte for byte. */
export function bodyOf({ errors, data }: Answer): string {
  return `${JSON.stringify({ errors, data })}\n`;
}

function interpreted(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | undefined,
): Prepared {
  return (contextValue, variableValues) =>
    execute({ schema, document, contextValue, variableValues, operationName });
}

/** An answer with errors as clients expect them: a variable of the wrong form is a bad request, our own failures keep their code. */
export function answerOf({ data, errors = [] }: ExecutionResult): Answer {
  if (errors.length === 0) return { data: data ?? null };
  if (data === undefined) return { errors: errors.map((error) => badInput(error).toJSON()) };
  return { data, errors: errors.map((error) => graphqlError(error).toJSON()) };
}

/** A variable that cannot be read; the message of the library quotes its value, so that part is left out. */
export function badInput(error: GraphQLError): GraphQLError {
  if (error.originalError !== undefined) return graphqlError(error);
  const [, variable] = /^Variable "(\$\w+)"/.exec(error.message) ?? [];
  const message =
    variable === undefined
      ? 'the variables do not fit the operation'
      : `the variable ${variable} does not fit its type`;
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}
