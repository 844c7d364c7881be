import { costLimitRule } from '@escape.tech/graphql-armor-cost-limit';
import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { type ValidationRule } from 'graphql';

/** How deep, how often under other names, and how costly one operation may be (design §8). */
export const queryLimits: ValidationRule[] = [
  maxDepthRule({ n: 10, exposeLimits: true }),
  maxAliasesRule({ n: 15, exposeLimits: true }),
  costLimitRule({ maxCost: 10_000, objectCost: 2, scalarCost: 1, depthCostFactor: 1.5, exposeLimits: true }),
];
