import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { entryOf } from '../../contract/catalogue/catalogue.js';
import { type Field, fieldsOf } from '../../contract/catalogue/fields.js';
import { arbitraryAgreement, conditionNames } from '../../testing/arbitrary-agreements.js';
import { arbitraryWorld, type World } from '../../testing/arbitrary-questions.js';
import { always, ask, clauseNamed, isDisclosure, moreOpen, tableOf } from '../../testing/asking.js';
import { isInForce, naiveDecision, names, ofType } from '../../testing/naive-decision.js';
import { type AgreementEvent } from './agreement.js';
import { type FactInQuestion } from './conditions.js';
import { startOf } from './decide.js';
import { type AgreementDocument } from './document.js';

/** The same world, in which one more agreement was in force all along. */
function withAnother(
  events: readonly AgreementEvent[],
  document: AgreementDocument,
): readonly AgreementEvent[] {
  const { reference, version } = document;
  const step = { reference, version, by: { agency: 'hub', user: 'clock' }, at: 0, reason: 'tested' };
  const proposed: AgreementEvent = { ...step, type: 'agreement.proposed', document, hash: '' };
  return [proposed, { ...step, type: 'agreement.cameIntoForce' }, ...events];
}

describe('the arbitrary worlds', () => {
  const answersIn = ({ events, ...world }: World) => {
    const table = tableOf(events);
    return world.questions
      .filter(isDisclosure)
      .flatMap((question) => ask(table, question).fields.map((field) => ({ field, world })));
  };
  let sampled: ReturnType<typeof answersIn> | undefined;
  const answers = () => (sampled ??= fc.sample(arbitraryWorld, { numRuns: 600, seed: 7 }).flatMap(answersIn));

  it('are worth asking about: plenty is shared, prohibited, graded and refused', () => {
    const kinds = answers().map(({ field }) => (field.outcome === 'withhold' ? field.reason : field.outcome));
    for (const kind of ['clear', 'generalise', 'mask', 'prohibited', 'handling', 'no-clause']) {
      expect(kinds.filter((each) => each === kind).length).toBeGreaterThan(50);
    }
  });

  it.each(conditionNames)('have clauses with the condition %s that permit', (name) => {
    const permitting = answers().filter(({ field, world }) => {
      const clause = clauseNamed(world.documents, field.clause);
      return clause?.effect === 'permit' && clause.conditions?.[name] !== undefined;
    });
    expect(permitting.length).toBeGreaterThan(20);
  });

  it('have prohibitions under conditions', () => {
    const prohibiting = answers().flatMap(({ field, world }) => {
      const clause = clauseNamed(world.documents, field.clause);
      return clause?.effect === 'prohibit' ? Object.keys(clause.conditions ?? {}) : [];
    });
    expect(new Set(prohibiting).size).toBeGreaterThan(9);
  });
});

describe('evaluate (design §6)', () => {
  it('decides as the naive reading of the design does, field by field', () => {
    always(
      (world, question, decision) => expect(decision.fields).toEqual(naiveDecision(world, question)),
      500,
    );
  });

  it('says that something is shared exactly when some field is', () => {
    always((_, __, { fields, shares }) =>
      expect(shares).toBe(fields.some(({ outcome }) => outcome !== 'withhold')),
    );
  });

  it('shares nothing without a clause that names recipient, publisher, purpose, type and field (R4)', () => {
    always(({ documents }, { fact, recipient, purpose }, { fields }) => {
      if (recipient.agency === fact.publisher) return;
      for (const { path, outcome, clause } of fields) {
        if (outcome === 'withhold') continue;
        const named = clauseNamed(documents, clause);
        expect(named).toMatchObject({ effect: 'permit' });
        expect(named?.recipients).toContain(recipient.agency);
        expect(named?.publishers).toContain(fact.publisher);
        expect(named?.purposes).toContain(purpose);
        expect(named !== undefined && ofType(named, fact.type)).toBe(true);
        expect(
          Object.values(named?.fields ?? {})
            .flat()
            .some((selector) => names(selector, fieldAt(fact, path))),
        ).toBe(true);
      }
    });
  });

  it('shares nothing outside the dates of an agreement, nor while it is not in force (requirements §3.3)', () => {
    always(({ events, documents }, { fact, recipient, at }, { fields }) => {
      if (recipient.agency === fact.publisher) return;
      for (const field of fields) {
        if (field.outcome === 'withhold') continue;
        const [version] = field.clause.split('#');
        const document = documents.find((each) => `${each.reference}/${each.version}` === version);
        if (document === undefined) throw new Error(`${field.clause} is in no agreement`);
        expect(at).toBeGreaterThanOrEqual(startOf(document.inForceFrom));
        expect(at).toBeLessThan(startOf(document.expires));
        expect(isInForce(events, document, at)).toBe(true);
      }
    });
  });

  it('withholds everything from everyone else when no agreement ever came into force', () => {
    always(({ events }, question) => {
      const unsigned = events.filter(
        ({ type }) => type === 'agreement.proposed' || type === 'agreement.signed',
      );
      const { shares } = ask(tableOf(unsigned), question);
      expect(shares && isDisclosure(question)).toBe(false);
    }, 100);
  });

  it('withholds everything when every agreement was suspended or terminated before the question', () => {
    fc.assert(
      fc.property(
        arbitraryWorld,
        fc.constantFrom('suspended' as const, 'terminated' as const),
        (world, how) => {
          const last = Math.max(...world.questions.map(({ at }) => at), ...world.events.map(({ at }) => at));
          const ends = world.documents.map(({ reference, version }): AgreementEvent => {
            const step = { reference, version, by: { agency: 'hub', user: 'clock' }, at: last };
            return { ...step, type: `agreement.${how}`, reason: 'tested' };
          });
          const table = tableOf([...world.events, ...ends]);
          for (const question of world.questions) {
            const { shares } = ask(table, { ...question, at: last });
            expect(shares && isDisclosure(question)).toBe(false);
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('never leaks across purposes: what a purpose gets depends on the clauses for it alone (R3)', () => {
    always(({ events }, question, decision) => {
      const alone = events.map((event) =>
        event.type === 'agreement.proposed'
          ? { ...event, document: only(event.document, question.purpose) }
          : event,
      );
      expect(ask(tableOf(alone), question)).toEqual(decision);
    }, 100);
  });

  it('shares no more, and nothing more openly, when a prohibition is added', () => {
    fc.assert(
      fc.property(arbitraryWorld, arbitraryAgreement('more', 1, ['prohibit']), (world, added) => {
        const [before, after] = [tableOf(world.events), tableOf(withAnother(world.events, added))];
        for (const question of world.questions) {
          expect(moreOpen(ask(after, question), ask(before, question))).toEqual([]);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('shares no less, and nothing more closely, when a permission is added', () => {
    fc.assert(
      fc.property(arbitraryWorld, arbitraryAgreement('more', 1, ['permit']), (world, added) => {
        const [before, after] = [tableOf(world.events), tableOf(withAnother(world.events, added))];
        for (const question of world.questions) {
          expect(moreOpen(ask(before, question), ask(after, question))).toEqual([]);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('gives one question one answer, however often and in whatever order it is asked', () => {
    fc.assert(
      fc.property(arbitraryWorld, fc.infiniteStream(fc.nat()), ({ events, questions }, order) => {
        const table = tableOf(events);
        const fresh = questions.map((question) => ask(tableOf(events), question));
        for (const turn of order.take(3 * questions.length)) {
          const index = turn % questions.length;
          const question = questions[index];
          if (question !== undefined) expect(ask(table, question)).toEqual(fresh[index]);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('does not mind in which order agreements were made', () => {
    always(({ events, documents }, question, decision) => {
      const references = [...new Set(documents.map(({ reference }) => reference))].reverse();
      const reordered = references.flatMap((each) => events.filter(({ reference }) => reference === each));
      expect(ask(tableOf(reordered), question)).toEqual(decision);
    }, 100);
  });
});

function only(document: AgreementDocument, purpose: string): AgreementDocument {
  const clauses = document.clauses.filter(({ purposes }) => purposes.includes(purpose));
  return { ...document, clauses: clauses.map((clause) => ({ ...clause, purposes: [purpose] })) };
}

function fieldAt(fact: FactInQuestion, path: string): Field {
  const entry = entryOf(fact.type, fact.version);
  const field = entry && fieldsOf(entry).find((each) => each.path === path);
  if (field === undefined) throw new Error(`${path} is no field of ${fact.type}`);
  return field;
}
