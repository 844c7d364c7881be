import { expect } from '@jest/globals';
import { type Failure, isFailure } from '../contract/failure.js';

/** What a test expects when a command is refused: which kind of failure, and its code. */
export interface Refusal {
  readonly refused: Failure['kind'];
  readonly code: string;
}

export function refused(kind: Failure['kind'], code: string): Refusal {
  return { refused: kind, code };
}

interface When<Command, Outcome> {
  when(command: Command): { then(expected: Outcome | Refusal): void };
}

/**
 * Specifications in the words given, when, then, for whatever answers from a history: a decider (then: its events),
 * a fold (then: the state), a projection (then: its rows). A refusal is an outcome like any other.
 */
export function specifying<Event, Command, Outcome>(
  answer: (events: readonly Event[], command: Command) => Outcome,
): (events: readonly Event[]) => When<Command, Outcome> {
  return (events) => ({
    when: (command) => ({
      then: (expected) => expect(outcomeOf(() => answer(events, command))).toEqual(expected),
    }),
  });
}

function outcomeOf<Outcome>(answer: () => Outcome): Outcome | Refusal {
  try {
    return answer();
  } catch (error) {
    if (isFailure(error)) return refused(error.kind, error.code);
    throw error;
  }
}
