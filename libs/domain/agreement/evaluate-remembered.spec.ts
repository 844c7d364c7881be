import { describe, expect, it } from '@jest/globals';
import { catalogue } from '../../contract/catalogue/catalogue.js';
import { UNKNOWN_MOMENT } from '../../contract/moment.js';
import { agreementOf, inForceRegister, type ShortClause } from '../../testing/agreements.js';
import { UNMANAGED } from '../casework/offender-state.js';
import { compile, rulesFor } from './compile.js';
import { type FactInQuestion } from './conditions.js';
import { type Decision } from './decision.js';
import { startOf } from './decide.js';
import { evaluate } from './evaluate.js';
import { anybodyOf } from './recipient.js';

const PURPOSE = 'resettlement';
const clause: ShortClause = {
  id: 'custody',
  publishers: ['police'],
  recipients: ['housing', 'vcse'],
  purposes: [PURPOSE],
  types: ['police.arrest.recorded'],
  fields: { clear: ['arrestedAt', 'name'] },
};
const tableOf = (...clauses: readonly ShortClause[]) =>
  compile(inForceRegister([agreementOf({ reference: 'resettlement', clauses })]), catalogue);

const at = startOf('2025-07-01');
const fact: FactInQuestion = {
  publisher: 'police',
  source: 'urn:police',
  sourceId: '1',
  type: 'police.arrest.recorded',
  version: 1,
  received: startOf('2025-06-01'),
  happened: UNKNOWN_MOMENT,
  handling: null,
  control: {},
};

interface Asked {
  readonly agency?: string;
  readonly consents?: readonly string[];
  readonly handling?: FactInQuestion['handling'];
  readonly cohorts?: readonly string[];
}

/** Asks one table, which remembers what it was asked before. */
const asking =
  (table: ReturnType<typeof tableOf>) =>
  ({ agency = 'housing', consents = [], handling = null, cohorts = [] }: Asked): Decision => {
    const state = { ...UNMANAGED, consents, cohorts };
    return evaluate(table, { ...fact, handling }, anybodyOf(agency), PURPOSE, state, at);
  };
const shared = ({ fields }: Decision): readonly string[] =>
  fields.flatMap(({ path, outcome }) => (outcome === 'withhold' ? [] : [path]));
const reasons = ({ fields }: Decision): readonly string[] => [
  ...new Set(fields.flatMap((field) => (field.outcome === 'withhold' ? [field.reason] : []))),
];

const NAME = ['name.family', 'name.given', 'name.middle'];

describe('an answer given with consent', () => {
  const onConsent = () => asking(tableOf({ ...clause, conditions: { consent: true } }));
  const all = { consents: ['housing:*'] };
  const some = { consents: ['housing:PERS'] };
  const none = { consents: [] };

  it.each([[[all, none, some]], [[none, some, all]], [[some, all, none]], [[none, all, none, all]]])(
    'is none for who has not given that consent, in whatever order they come (R38) %#',
    (order) => {
      const ask = onConsent();
      for (const each of order) {
        const expected = each === none ? [] : each === some ? NAME : [...NAME, 'arrestedAt'];
        expect(shared(ask(each))).toEqual(expected);
      }
    },
  );

  it('is one agency’s, also where both look at the same list', () => {
    const consents = ['housing:*', 'vcse:CJF'];
    for (const order of [
      ['housing', 'vcse'],
      ['vcse', 'housing'],
    ]) {
      const ask = onConsent();
      for (const agency of order)
        expect(shared(ask({ agency, consents }))).toEqual(
          agency === 'vcse' ? ['arrestedAt'] : [...NAME, 'arrestedAt'],
        );
    }
  });

  it('is the same object for everybody who consents alike towards the recipient', () => {
    const ask = onConsent();
    const first = ask({ consents: ['housing:CJF'] });
    expect(ask({ consents: ['housing:CJF'] })).toBe(first);
    expect(ask({ consents: ['vcse:*', 'housing:CJF'] })).toBe(first);
    expect(ask({ consents: ['housingassociation:*', 'housing:CJF'] })).toBe(first);
    expect(ask({ consents: ['housing:CJF', 'housing:LOC'] })).not.toBe(first);
    expect(ask({ consents: ['vcse:*'] })).toBe(ask({}));
  });

  it('is right however many ways of consenting there are, of which no more than 500 are kept', () => {
    const table = tableOf({ ...clause, conditions: { consent: true } });
    const ask = asking(table);
    const consents = (index: number) => [
      `housing:field${index}`,
      ...(index % 3 === 0 ? ['housing:CJF'] : []),
    ];
    const kept = () => {
      const { roots } = rulesFor(table, fact)?.get('housing')?.get(PURPOSE) ?? {};
      return roots?.P.yes?.byConsent?.size ?? 0;
    };
    for (let index = 0; index < 500; index += 1)
      expect(shared(ask({ consents: consents(index) }))).toEqual(index % 3 === 0 ? ['arrestedAt'] : []);
    expect(kept()).toBe(500);
    expect(shared(ask({ consents: consents(501) }))).toEqual(['arrestedAt']);
    expect(kept()).toBe(1);
    expect(shared(ask({ consents: consents(0) }))).toEqual(['arrestedAt']);
    expect(shared(ask({ consents: consents(1) }))).toEqual([]);
  });
});

describe('what was decided of a fact that may be shared', () => {
  it.each([[['P', 'C', 'P'] as const], [['C', 'P', 'C'] as const], [['C', null] as const]])(
    'says nothing of one with handling conditions, nor the other way: %j (R51)',
    (order) => {
      for (const handling of [['P'], ['P', 'C']] as const) {
        const ask = asking(tableOf({ ...clause, conditions: { handling } }));
        for (const each of order)
          expect(reasons(ask({ handling: each }))).toEqual([each === 'C' ? 'handling' : 'no-clause']);
      }
    },
  );
});

describe('an answer', () => {
  it('is made once for all to whom the same clauses apply', () => {
    const ask = asking(tableOf(clause, { ...clause, id: 'fixed', conditions: { cohort: ['Fixed'] } }));
    const first = ask({ cohorts: ['Fixed'] });
    expect(ask({ cohorts: ['Fixed', 'Free'] })).toBe(first);
    const other = ask({});
    expect(other).not.toBe(first);
    expect(ask({ cohorts: ['Free'] })).toBe(other);
    expect(ask({ cohorts: ['Fixed'] })).toBe(first);
  });

  it('to the publisher is its own record, whole and made once', () => {
    const ask = asking(tableOf(clause));
    const own = ask({ agency: 'police' });
    expect(ask({ agency: 'police', handling: 'C' })).toBe(own);
    expect(own.shares).toBe(true);
    expect(new Set(own.fields.map(({ outcome, clause: by }) => `${outcome} ${by}`))).toEqual(
      new Set(['clear own-record']),
    );
  });

  it('to somebody whom no clause names withholds every field, and says whether for its handling', () => {
    const ask = asking(tableOf(clause));
    expect(ask({ agency: 'courts' }).fields).toHaveLength(ask({}).fields.length);
    expect(reasons(ask({ agency: 'courts' }))).toEqual(['no-clause']);
    expect(reasons(ask({ agency: 'courts', handling: 'C' }))).toEqual(['handling']);
    expect(ask({ agency: 'courts' }).shares).toBe(false);
  });
});

describe('a clause for an emergency', () => {
  const emergency: ShortClause = {
    ...clause,
    id: 'emergency',
    conditions: { emergency: { hours: 4, reviewWithin: 24 } },
    fields: { clear: ['arrestedAt', 'address.postcode'] },
  };
  const clausesOf = (...clauses: readonly ShortClause[]) => {
    const recipient = { ...anybodyOf('housing'), emergency: true };
    const { fields } = evaluate(tableOf(...clauses), fact, recipient, PURPOSE, UNMANAGED, at);
    return Object.fromEntries(
      fields.flatMap((each) => (each.clause === null ? [] : [[each.path, each.clause]])),
    );
  };

  it('is named only where no ordinary clause permits the same, wherever it stands', () => {
    const told = {
      'name.family': 'resettlement/1#custody',
      'name.given': 'resettlement/1#custody',
      'name.middle': 'resettlement/1#custody',
      arrestedAt: 'resettlement/1#custody',
      'address.postcode': 'resettlement/1#emergency',
    };
    expect(clausesOf(emergency, clause)).toEqual(told);
    expect(clausesOf(clause, emergency)).toEqual(told);
  });
});
