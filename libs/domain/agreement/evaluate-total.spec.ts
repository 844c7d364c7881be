import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { catalogue } from '../../contract/catalogue/catalogue.js';
import { registerOf } from '../../testing/agreements.js';
import { arbitraryWorld, type Question } from '../../testing/arbitrary-questions.js';
import { type OffenderState } from '../casework/offender-state.js';
import { type AgreementEvent } from './agreement.js';
import { compile, type Table } from './compile.js';
import { type Decision } from './decision.js';
import { evaluate, type FactInQuestion } from './evaluate.js';

const tableOf = (events: readonly AgreementEvent[]): Table => compile(registerOf(events), catalogue);
const ask = (table: Table, { fact, recipient, purpose, state, at }: Question): Decision =>
  evaluate(table, fact, recipient, purpose, state, at);

describe('evaluate is total', () => {
  const junk = <T>(): fc.Arbitrary<T> => fc.json().map((text) => JSON.parse(text) as T);
  const whole = (decision: Decision): void => {
    expect(decision.shares).toBe(decision.fields.some(({ outcome }) => outcome !== 'withhold'));
  };

  it('shares nothing about a fact, a person or a moment that is nonsense', () => {
    const nonsense = fc.record({
      fact: junk<FactInQuestion>(),
      recipient: junk<string>(),
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

  it.each(['publisher', 'type', 'version', 'received', 'handling'])(
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

  it.each([['c'], ['U'], [''], [undefined], [0], [{}]])('withholds when the handling is %j', (handling) => {
    fc.assert(
      fc.property(arbitraryWorld, ({ events, questions }) => {
        const table = tableOf(events);
        for (const { fact, ...rest } of questions) {
          const { shares } = ask(table, { ...rest, fact: { ...fact, handling } as FactInQuestion });
          expect(shares && rest.recipient !== fact.publisher).toBe(false);
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
