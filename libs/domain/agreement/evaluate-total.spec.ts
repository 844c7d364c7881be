import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { arbitraryWorld } from '../../testing/arbitrary-questions.js';
import { ask, isDisclosure, tableOf } from '../../testing/asking.js';
import { type OffenderState, UNMANAGED } from '../casework/offender-state.js';
import { type Table } from './compile.js';
import { type FactInQuestion } from './conditions.js';
import { type Decision } from './decision.js';
import { type Recipient } from './recipient.js';

describe('evaluate is total', () => {
  const junk = <T>(): fc.Arbitrary<T> => fc.json().map((text) => JSON.parse(text) as T);
  const whole = (decision: Decision): void => {
    expect(decision.shares).toBe(decision.fields.some(({ outcome }) => outcome !== 'withhold'));
  };

  it('shares nothing about a fact, a person or a moment that is nonsense', () => {
    const nonsense = fc.record({
      fact: junk<FactInQuestion>(),
      recipient: junk<Recipient>(),
      purpose: junk<string>(),
      state: junk<OffenderState>(),
      at: junk<number>(),
    });
    fc.assert(
      fc.property(arbitraryWorld, nonsense, ({ events }, question) => {
        expect(ask(tableOf(events), question).shares).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  it.each(['publisher', 'type', 'version', 'received', 'happened', 'control', 'handling'])(
    'never throws when the %s is nonsense',
    (key) => {
      fc.assert(
        fc.property(arbitraryWorld, junk(), ({ events, questions }, value) => {
          const table = tableOf(events);
          questions.forEach(({ fact, ...rest }) =>
            whole(ask(table, { ...rest, fact: { ...fact, [key]: value } })),
          );
        }),
        { numRuns: 60 },
      );
    },
  );

  it.each(['fact', 'recipient', 'purpose', 'state', 'at'])(
    'never throws when the question has a nonsensical %s',
    (key) => {
      fc.assert(
        fc.property(arbitraryWorld, junk(), ({ events, questions }, value) => {
          const table = tableOf(events);
          questions.forEach((question) => whole(ask(table, { ...question, [key]: value })));
        }),
        { numRuns: 60 },
      );
    },
  );

  it.each(['agency', 'roles', 'responsible', 'emergency'])(
    'never throws when the asking person has a nonsensical %s',
    (key) => {
      fc.assert(
        fc.property(arbitraryWorld, junk(), ({ events, questions }, value) => {
          const table = tableOf(events);
          questions.forEach(({ recipient, ...rest }) =>
            whole(ask(table, { ...rest, recipient: { ...recipient, [key]: value } })),
          );
        }),
        { numRuns: 40 },
      );
    },
  );

  it.each(Object.keys(UNMANAGED))('never throws when the state has a nonsensical %s', (key) => {
    fc.assert(
      fc.property(arbitraryWorld, junk(), ({ events, questions }, value) => {
        const table = tableOf(events);
        questions.forEach(({ state, ...rest }) =>
          whole(ask(table, { ...rest, state: { ...state, [key]: value } })),
        );
      }),
      { numRuns: 25 },
    );
  });

  it.each([['c'], ['U'], [''], [undefined], [0], [{}]])('withholds when the handling is %j', (handling) => {
    fc.assert(
      fc.property(arbitraryWorld, ({ events, questions }) => {
        const table = tableOf(events);
        for (const { fact, ...rest } of questions) {
          const question = { ...rest, fact: { ...fact, handling } as FactInQuestion };
          expect(ask(table, question).shares && isDisclosure(question)).toBe(false);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('shares nothing from a table that is none', () => {
    const none = JSON.parse('{}') as Table;
    fc.assert(
      fc.property(arbitraryWorld, ({ questions }) =>
        questions.forEach((question) => expect(ask(none, question)).toEqual({ fields: [], shares: false })),
      ),
      { numRuns: 20 },
    );
  });
});
