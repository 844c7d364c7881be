import { type ReadFact } from './read-fact.js';

export interface Case {
  readonly facts: readonly ReadFact[];
}
