import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { arbitraryRecipient, arbitraryWorld, type Question } from '../../testing/arbitrary-questions.js';
import { always, ask, clauseNamed, isDisclosure, moreOpen, tableOf } from '../../testing/asking.js';
import { type AgreementEvent } from './agreement.js';
import { audienceKey, audiencesOf, NOTHING_PERSONAL } from './audience.js';
import { rulesFor, type Table } from './compile.js';
import { type Decision, type FieldDecision } from './decision.js';
import { type Conditions } from './document.js';

/** Of every field that is disclosed: what the clause that permits it says of conditions. */
function disclosing(check: (conditions: Conditions, question: Question) => void): void {
  always(({ documents }, question, { fields }) => {
    for (const { outcome, clause } of isDisclosure(question) ? fields : [])
      if (outcome !== 'withhold') check(clauseNamed(documents, clause)?.conditions ?? {}, question);
  });
}

describe('silence means the least', () => {
  it('of a case that the publisher marks, nothing is disclosed without a clause for such a case (R53)', () => {
    disclosing(({ limitedAccess = ['NONE'] }, { fact, state }) =>
      expect(limitedAccess).toContain(state.limitedAccess[fact.publisher] ?? 'NONE'),
    );
  });

  it('of what may be shared only with conditions, nothing is disclosed without a clause that takes them (R51)', () => {
    disclosing(({ handling = ['P'] }, { fact }) => expect(handling).toContain(fact.handling ?? 'P'));
  });

  it('while a court restricts its facts, none is disclosed without a clause that says so (R51)', () => {
    disclosing(({ reportingRestrictions }, { fact, state, at }) => {
      const isHeld = state.restrictions.some(
        ({ by, until }) => by === fact.publisher && (until ?? Infinity) > at,
      );
      expect(isHeld && reportingRestrictions !== 'permitted').toBe(false);
    });
  });

  it('nothing more is disclosed when a restriction on reporting is imposed', () => {
    always((_, { state, ...rest }, before, table) => {
      const restrictions = [...state.restrictions, { by: rest.fact.publisher, until: null }];
      expect(moreOpen(ask(table, { ...rest, state: { ...state, restrictions } }), before)).toEqual([]);
    });
  });
});

describe('in doubt no more is disclosed than with knowledge (R4)', () => {
  it.each<[string, (question: Question) => Question]>([
    ['when anybody was born', (each) => ({ ...each, state: { ...each.state, born: [] } })],
    ['how anybody is managed', (each) => ({ ...each, state: { ...each.state, management: null } })],
    ['whether anybody was told', (each) => ({ ...each, state: { ...each.state, informed: false } })],
    ['any area', (each) => ({ ...each, state: { ...each.state, area: null } })],
    ['any MAPPA category', (each) => ({ ...each, state: { ...each.state, mappaCategory: null } })],
    ['any grading', (each) => ({ ...each, fact: { ...each.fact, control: {} } })],
    [
      'when anything happened',
      ({ fact, ...rest }) => ({
        ...rest,
        fact: { ...fact, happened: { precision: 'unknown', verbatim: null, from: null, to: null } },
      }),
    ],
  ])('not knowing %s', (_, forget) => {
    always(
      (__, question, before, table) => expect(moreOpen(ask(table, forget(question)), before)).toEqual([]),
      80,
    );
  });

  it('another claim of when somebody was born discloses no more', () => {
    fc.assert(
      fc.property(arbitraryWorld, fc.constantFrom('1990-04', '2007-06', 'unknown'), (world, claim) => {
        const table = tableOf(world.events);
        for (const { state, ...rest } of world.questions.filter(({ state: { born } }) => born.length > 0)) {
          const doubted = { ...rest, state: { ...state, born: [...state.born, claim] } };
          expect(moreOpen(ask(table, doubted), ask(table, { ...rest, state }))).toEqual([]);
        }
      }),
      { numRuns: 80 },
    );
  });
});

describe('a withdrawal', () => {
  it('of all consent ends what rests on it, and nothing else (R38)', () => {
    always(({ documents }, { state, ...rest }, before, table) => {
      const after = ask(table, { ...rest, state: { ...state, consents: [] } });
      const restsOnConsent = ({ clause }: FieldDecision): boolean =>
        clauseNamed(documents, clause)?.conditions?.consent === true;
      const others = before.fields.flatMap((field, index) =>
        field.outcome === 'withhold' || restsOnConsent(field) ? [] : [{ field, after: after.fields[index] }],
      );
      expect(others.map((each) => each.after)).toEqual(others.map(({ field }) => field));
      expect(after.fields.filter(restsOnConsent)).toEqual([]);
    });
  });

  it('of a party ends its flows, lifts no prohibition, and leaves the flows of others (requirements §3.3)', () => {
    fc.assert(
      fc.property(arbitraryWorld, fc.constantFrom('police', 'probation', 'treatment'), (world, party) => {
        const last = Math.max(...world.questions.map(({ at }) => at), ...world.events.map(({ at }) => at));
        const leaving = world.documents.map(({ reference, version }): AgreementEvent => {
          const step = { reference, version, by: { agency: party, user: 'signatory' }, at: last };
          return { ...step, type: 'agreement.partyWithdrew', party, reason: 'tested' };
        });
        const [before, after] = [tableOf(world.events), tableOf([...world.events, ...leaving])];
        for (const each of world.questions.filter(isDisclosure)) {
          const question = { ...each, at: last };
          const [was, is] = [ask(before, question), ask(after, question)];
          const isLeft = [each.fact.publisher, each.recipient.agency].includes(party);
          if (!isLeft) expect(is).toEqual(was);
          else expect(is.shares).toBe(false);
          expect(prohibitedIn(is)).toEqual(isLeft && each.fact.handling === 'C' ? [] : prohibitedIn(was));
        }
      }),
      { numRuns: 80 },
    );
  });
});

function prohibitedIn({ fields }: Decision): readonly string[] {
  return fields.flatMap((field) =>
    field.outcome === 'withhold' && field.reason === 'prohibited' ? [`${field.path} ${field.clause}`] : [],
  );
}

describe('audiences', () => {
  const looksAt = (table: Table, { fact, recipient, purpose }: Question) => {
    return rulesFor(table, fact)?.get(recipient.agency)?.get(purpose)?.looksAt ?? NOTHING_PERSONAL;
  };

  it('everybody with one key is decided alike, as the audience of that key is', () => {
    fc.assert(
      fc.property(arbitraryWorld, arbitraryRecipient(fc.constant('')), ({ events, questions }, somebody) => {
        const table = tableOf(events);
        for (const question of questions) {
          const { agency } = question.recipient;
          const attention = looksAt(table, question);
          const recipient = { ...somebody, agency };
          const key = audienceKey(attention, recipient);
          const audience = audiencesOf(agency, attention, true).filter((each) => each.key === key);
          expect(audience).toHaveLength(1);
          expect(ask(table, { ...question, recipient })).toEqual(
            ask(table, { ...question, recipient: audience[0]?.recipient ?? recipient }),
          );
        }
      }),
      { numRuns: 100 },
    );
  });

  it('while nobody has an emergency, those without one are all there are', () => {
    always((_, question, __, table) => {
      const { recipient } = question;
      const attention = looksAt(table, question);
      const calm = { ...recipient, emergency: false };
      const keys = audiencesOf(recipient.agency, attention, false).map(({ key }) => key);
      expect(keys).toContain(audienceKey(attention, calm));
      expect(keys.filter((key) => key.includes('emergency'))).toEqual([]);
    }, 50);
  });
});
