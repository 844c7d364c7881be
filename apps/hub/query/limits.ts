import { costLimitRule } from '@escape.tech/graphql-armor-cost-limit';
import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { GraphQLError, type ValidationContext, type ValidationRule } from 'graphql';

/** Reports what is over a limit as a fault of the query, instead of throwing it. */
const reported = (what: string) => ({
  exposeLimits: true,
  propagateOnRejection: false,
  onReject: [
    (context: ValidationContext | null): void =>
      context?.reportError(new GraphQLError(`the query is ${what}: ask for less at once`)),
  ],
});

/** How deep, how often under other names, and how costly one operation may be (design §8). */
export const queryLimits: ValidationRule[] = [
  maxDepthRule({ n: 10, ...reported('nested too deeply') }),
  maxAliasesRule({ n: 15, ...reported('using too many aliases') }),
  costLimitRule({
    maxCost: 200_000,
    objectCost: 2,
    scalarCost: 1,
    depthCostFactor: 1.5,
    ...reported('too costly'),
  }),
];

/** More words than any honest question has. */
export const MOST_TOKENS = 3000;
