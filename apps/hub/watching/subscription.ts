import { createHash } from 'node:crypto';
import {
  createSourceEventStream,
  type DocumentNode,
  execute,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { Invalid, isFailure } from '../../../libs/contract/failure.js';
import { type Answer, badInput } from '../query/answering.js';
import { askedOf, type AskedOperation } from '../query/asked.js';
import { formatGraphqlError, graphqlError } from '../query/graphql-failure.js';
import { MOST_TOKENS, queryLimits } from '../query/limits.js';
import { type Asked, type RecordAnswer } from '../query/record-answer.js';
import { CHANGED_MEANWHILE, recordedAnswer } from '../query/recorded-answer.js';
import { type Ask } from './caseloads.js';
import { type Candidate, type Item } from './watch.js';

/** What resolvers of a subscription find as their context while it is opened. */
export interface OpeningContext {
  readonly ask: Ask;
}

/** A request to subscribe, as it was received. */
export interface SubscriptionRequest {
  readonly query: string;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface SubscriptionParts {
  readonly schema: () => GraphQLSchema;
  readonly record: RecordAnswer;
  /** Told of what nobody foresaw. */
  readonly onFault: (error: unknown) => void;
}

/** Answers, one for each item, and each recorded before it is given out; `return` ends the subscription. */
export type Answers = AsyncIterableIterator<Answer>;

/** An item whose agreements change while it is made is looked at anew, so often. */
const MOST_LOOKS = 10;

/**
 * Opens a subscription. Throws what a question would be refused with; GraphQL's own errors as `GraphQLError`, whose
 * messages quote nothing that the caller sent. The answers end by throwing why, in the same way.
 */
export async function subscribeTo(
  parts: SubscriptionParts,
  request: SubscriptionRequest,
  ask: Ask,
): Promise<Answers> {
  const schema = parts.schema();
  const asked = understood(schema, request);
  const contextValue: OpeningContext = { ask };
  const { document, operationName, variables: variableValues } = asked;
  const source = await createSourceEventStream({
    schema,
    document,
    operationName,
    variableValues,
    contextValue,
  });
  if (!isAsyncIterable(source)) throw badInput(source.errors?.[0] ?? new GraphQLError('no stream'));
  const candidates = source as AsyncIterableIterator<Candidate>;
  const answers = answersOf(parts, schema, asked, candidates);
  const opened: Answers = {
    next: () => answers.next(),
    async return() {
      await candidates.return?.();
      return answers.return(undefined);
    },
    [Symbol.asyncIterator]: () => opened,
  };
  return opened;
}

async function* answersOf(
  parts: SubscriptionParts,
  schema: GraphQLSchema,
  operation: AskedOperation,
  candidates: AsyncIterable<Candidate>,
): AsyncGenerator<Answer, undefined> {
  const asked = askedOf(operation);
  try {
    for await (const candidate of candidates) {
      const answer = await answerTo(parts, schema, operation, asked, candidate);
      if (answer !== undefined) yield answer;
    }
  } catch (error) {
    if (!isFailure(error)) parts.onFault(error);
    throw graphqlError(error);
  }
  return undefined;
}

/** The answer for one item as things stand at this moment; undefined when there is nothing to tell after all. */
async function answerTo(
  { record, onFault }: SubscriptionParts,
  schema: GraphQLSchema,
  { document, operationName, variables: variableValues }: AskedOperation,
  asked: Asked,
  candidate: Candidate,
): Promise<Answer | undefined> {
  const answer = ({ context, root, value }: Item): Promise<Answer> =>
    recordedAnswer({
      context,
      run: () =>
        execute({
          schema,
          document,
          operationName,
          variableValues,
          contextValue: context,
          rootValue: { [root]: value },
        }),
      record: (body) => record(context, asked, body),
      onFault,
    });
  for (let looks = 1; ; looks += 1) {
    const item = await candidate.look();
    if (item === undefined) return undefined;
    try {
      return await answer(item);
    } catch (error) {
      if (!isFailure(error) || error.code !== CHANGED_MEANWHILE || looks >= MOST_LOOKS) throw error;
    }
  }
}

/** Parses and validates as every question is, limits included. */
function understood(schema: GraphQLSchema, request: SubscriptionRequest): AskedOperation {
  const { query: source, operationName, variables } = request;
  const document = parsed(source);
  const [error] = validate(schema, document, [...specifiedRules, ...queryLimits]);
  if (error !== undefined) throw quotingNothing(error, 'GRAPHQL_VALIDATION_FAILED');
  const operation = operationOf(document, operationName);
  const hash = createHash('sha256').update(source).digest('hex');
  return { document, operation, source, hash, operationName, variables };
}

function parsed(source: string): DocumentNode {
  try {
    return parse(source, { maxTokens: MOST_TOKENS });
  } catch (error) {
    throw quotingNothing(error, 'GRAPHQL_PARSE_FAILED');
  }
}

function operationOf(document: DocumentNode, name: string | null): OperationDefinitionNode {
  const operation = getOperationAST(document, name);
  if (operation?.operation !== OperationTypeNode.SUBSCRIPTION)
    throw new Invalid(
      'not-a-subscription',
      'only a subscription is taken here: ask questions by POST /graphql',
    );
  return operation;
}

function isAsyncIterable<T>(value: object): value is AsyncIterable<T> {
  return Symbol.asyncIterator in value;
}

/** An error of parsing or validation without what it quotes of the request. */
function quotingNothing(error: unknown, code: string): GraphQLError {
  if (!(error instanceof GraphQLError)) return graphqlError(error);
  const { message } = formatGraphqlError({ message: error.message, extensions: { code } });
  return new GraphQLError(message, { extensions: { code } });
}
