import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { catalogue, entryOf } from '../../contract/catalogue/catalogue.js';
import { type PropertySchema } from '../../contract/catalogue/entry.js';
import { type FactIdentifier, type FactMetadata } from '../../contract/fact.js';
import { UNKNOWN_MOMENT } from '../../contract/moment.js';
import {
  agreementOf,
  inForceRegister,
  registerOf,
  type ShortAgreement,
  type ShortClause,
} from '../../testing/agreements.js';
import { arbitraryWorld } from '../../testing/arbitrary-questions.js';
import { nadia, sam, terry } from '../../testing/characters.js';
import { everybodyOf } from '../../testing/everybody.js';
import { specifying } from '../../testing/given.js';
import { sampleData } from '../../testing/samples.js';
import { compile, type Table } from '../agreement/compile.js';
import { startOf } from '../agreement/decide.js';
import { type Conditions } from '../agreement/document.js';
import { type FactInQuestion } from '../agreement/conditions.js';
import { evaluate } from '../agreement/evaluate.js';
import { NOTHING_PERSONAL } from '../agreement/audience.js';
import { anybodyOf, type Recipient } from '../agreement/recipient.js';
import { grantedTo, type Grants, OWN } from './grants.js';
import { foldTerm, type OpenedFact, type PictureRow, project, projectFor } from './project.js';

const type = 'police.arrest.recorded';
const publisher = 'police';
const identifiers: readonly FactIdentifier[] = [
  { scheme: 'pnc', value: '2001/0171310W', path: 'pnc' },
  { scheme: 'cro', value: '065656/91H', path: 'cro' },
  { scheme: 'pnc', value: '2001/0171310W', path: 'subject' },
];

function factOf(question: Partial<FactInQuestion>, data: Readonly<Record<string, unknown>>): OpenedFact {
  const metadata: FactMetadata = {
    offender: sam.offender,
    publisher,
    source: '/police/custody',
    sourceId: 'arrest-1',
    version: 1,
    happened: UNKNOWN_MOMENT,
    recorded: null,
    received: startOf('2025-05-01'),
    fields: [],
    control: {},
    handling: null,
    corrects: null,
    retracts: null,
    contentHash: '',
    ...question,
  };
  return {
    position: 7,
    id: 'fact-7',
    type: question.type ?? type,
    metadata,
    sealed: { event: { data }, identifiers },
  };
}

const arrest = factOf({}, { ...sampleData[type] });
const flow = { publishers: ['police'], recipients: ['housing'], purposes: ['resettlement'], types: [type] };

const tableOf = (...shorts: readonly ShortAgreement[]): Table =>
  compile(inForceRegister(shorts.map(agreementOf)), catalogue);

/** Agreements, then a fact about Sam and the agency that looks. */
const given = specifying((shorts: readonly ShortAgreement[], agency: string) => {
  const row = projectFor(tableOf(...shorts), sam.state, arrest, agency);
  return row && { ...row, grants: JSON.parse(row.grants) as Grants };
});
const rowOf = (
  shorts: readonly ShortAgreement[],
  agency: string,
  state = sam.state,
): PictureRow | undefined => projectFor(tableOf(...shorts), state, arrest, agency);
const agenciesOf = (shorts: readonly ShortAgreement[], fact = arrest, state = sam.state): readonly string[] =>
  project(tableOf(...shorts), state, fact).map(({ agency }) => agency);

const terse: ShortAgreement = {
  reference: 'terse',
  clauses: [{ ...flow, id: 'when', fields: { clear: ['arrestedAt'], mask: ['custodyRef'] } }],
};
const coarse: ShortAgreement = {
  reference: 'coarse',
  clauses: [
    {
      ...flow,
      id: 'who',
      purposes: ['research'],
      fields: { generalise: ['dateOfBirth', 'address.postcode'] },
    },
  ],
};
const full: ShortAgreement = {
  reference: 'full',
  clauses: [
    { ...flow, id: 'person', purposes: ['supervision'], fields: { clear: ['pnc', 'name', 'dateOfBirth'] } },
  ],
};
const silent: ShortAgreement = {
  reference: 'silent',
  clauses: [
    { ...flow, id: 'no-name', effect: 'prohibit', purposes: ['supervision'], fields: { withhold: ['name'] } },
  ],
};

describe('who gets a row', () => {
  it('the publisher alone, when there is no agreement', () => {
    expect(agenciesOf([])).toEqual(['police']);
  });

  it('the publisher and whoever is shared something', () => {
    expect(agenciesOf([terse])).toEqual(['police', 'housing']);
    expect(agenciesOf([silent])).toEqual(['police']);
  });

  it('nobody else when all that a permission gives is prohibited', () => {
    const forbidden = {
      ...flow,
      id: 'none',
      effect: 'prohibit' as const,
      fields: { withhold: ['arrestedAt', 'custodyRef'] },
    };
    expect(agenciesOf([terse, { reference: 'never', clauses: [forbidden] }])).toEqual(['police']);
  });

  it('nobody else when the publisher restricted it (R51)', () => {
    expect(agenciesOf([terse, full], factOf({ handling: 'C' }, {}))).toEqual(['police']);
  });

  it('nobody at all for a type or version that the catalogue does not know', () => {
    expect(agenciesOf([terse], factOf({ type: 'police.parking.fined' }, {}))).toEqual([]);
    expect(agenciesOf([terse], factOf({ version: 2 }, {}))).toEqual([]);
  });

  it('whom the state of the person lets in, and no one else', () => {
    const conditions = { cohort: ['Fixed'], level: ['Priority'] };
    const guarded = {
      reference: 'guarded',
      clauses: [{ ...flow, id: 'guarded', fields: { clear: ['arrestedAt'] }, conditions }],
    };
    expect(agenciesOf([guarded], arrest, sam.state)).toEqual(['police', 'housing']);
    expect(agenciesOf([guarded], arrest, nadia.state)).toEqual(['police']);
    expect(agenciesOf([guarded], arrest, terry.state)).toEqual(['police']);
  });
});

describe('what stands in a row', () => {
  it('the granted values, and of a masked field only the grant', () => {
    given([terse])
      .when('housing')
      .then({
        agency: 'housing',
        fact: arrest,
        grants: {
          resettlement: {
            looksAt: NOTHING_PERSONAL,
            audiences: {
              '': [
                { path: 'custodyRef', outcome: 'mask', clause: 'terse/1#when' },
                { path: 'arrestedAt', outcome: 'clear', clause: 'terse/1#when' },
              ],
            },
          },
        },
        values: { arrestedAt: '2025-03-01T21:14:00Z' },
        identifiers: [],
        terms: [],
        handlingConditions: null,
      });
  });

  it('values made coarser, which no search and no identifier can reach', () => {
    expect(rowOf([coarse], 'housing')).toMatchObject({
      values: { 'dateOfBirth~generalise': '1991', 'address.postcode~generalise': 'ZZ99' },
      identifiers: [],
      terms: [],
    });
  });

  it('identifiers and search terms of fields in the clear, and never the subject of the envelope', () => {
    expect(rowOf([full], 'housing')).toMatchObject({
      identifiers: [{ scheme: 'pnc', value: '2001/0171310W', path: 'pnc' }],
      terms: [
        { kind: 'family-name', value: 'synthetic', path: 'name.family' },
        { kind: 'given-name', value: 'sam', path: 'name.given' },
        { kind: 'date-of-birth', value: '1991-05-17', path: 'dateOfBirth' },
      ],
    });
  });

  it('no term and no identifier of a masked field', () => {
    const masked = {
      reference: 'masked',
      clauses: [{ ...flow, id: 'm', fields: { mask: ['pnc', 'name', 'dateOfBirth'] } }],
    };
    expect(rowOf([masked], 'housing')).toMatchObject({ values: {}, identifiers: [], terms: [] });
  });

  it("everything for the publisher's own record, whatever it may ask for", () => {
    const row = rowOf([full, silent], 'police');
    expect(Object.keys(JSON.parse(row?.grants ?? '{}') as Grants)).toEqual([OWN]);
    expect(row?.identifiers).toEqual(identifiers);
    expect(row?.values).toMatchObject({ 'name.family': 'Synthetic', 'offences[].cjsCode': ['TH68010'] });
  });

  it('nothing where the publisher recorded nothing', () => {
    const row = projectFor(tableOf(terse), sam.state, factOf({}, {}), 'housing');
    expect(row?.values).toEqual({});
  });
});

describe('purposes are kept apart (R3)', () => {
  it('each with its own grants, a value standing once for each treatment', () => {
    const row = rowOf([terse, coarse, full], 'housing');
    const grants = JSON.parse(row?.grants ?? '{}') as Grants;
    expect(Object.keys(grants)).toEqual(['research', 'resettlement', 'supervision']);
    const granted = (purpose: string) => grantedTo(grants, purpose, anybodyOf('housing'));
    expect(granted('research').map(({ path, outcome }) => `${outcome} ${path}`)).toEqual([
      'generalise dateOfBirth',
      'generalise address.postcode',
    ]);
    expect(granted('resettlement').map(({ path }) => path)).toEqual(['custodyRef', 'arrestedAt']);
    expect(row?.values).toMatchObject({ dateOfBirth: '1991-05-17', 'dateOfBirth~generalise': '1991' });
  });

  it('a prohibition is told for its own purpose, by name, and takes nothing from another', () => {
    const named = { reference: 'named', clauses: [{ ...flow, id: 'n', fields: { clear: ['name.family'] } }] };
    const grants = JSON.parse(rowOf([full, silent, named], 'housing')?.grants ?? '{}') as Grants;
    expect(grantedTo(grants, 'supervision', anybodyOf('housing'))).toContainEqual({
      path: 'name.family',
      outcome: 'withhold',
      reason: 'prohibited',
      clause: 'silent/1#no-name',
    });
    expect(grantedTo(grants, 'resettlement', anybodyOf('housing'))).toEqual([
      { path: 'name.family', outcome: 'clear', clause: 'named/1#n' },
    ]);
  });

  it('no purpose of an agreement can pass for the own record', () => {
    const posing = { ...flow, id: 'posing', purposes: [OWN], fields: { clear: ['pnc'] } };
    expect(() => agreementOf({ reference: 'posing', clauses: [posing] })).toThrow('/purposes/0/id');
  });
});

describe('facts that are decided alike', () => {
  it('have the same text of grants, and those that are not do not', () => {
    const table = tableOf(terse, full);
    const [one, other] = [1, 2].map((position) =>
      projectFor(table, sam.state, { ...arrest, position }, 'housing'),
    );
    const own = projectFor(table, sam.state, arrest, 'police');
    expect(one?.grants).toBe(other?.grants);
    expect(one?.grants).not.toBe(own?.grants);
  });

  it('are not mixed up with facts of another agency, type or state', () => {
    const conditions = { cohort: ['Fixed'] };
    const clauses = [
      { ...flow, id: 'all', fields: { clear: ['pnc'] } },
      { ...flow, id: 'fixed', fields: { clear: ['arrestedAt'] }, conditions },
    ];
    const table = tableOf({ reference: 'mixed', clauses });
    const seen = (state = sam.state): readonly string[] =>
      Object.keys(projectFor(table, state, arrest, 'housing')?.values ?? {});
    expect([seen(), seen(terry.state), seen()]).toEqual([
      ['pnc', 'arrestedAt'],
      ['pnc'],
      ['pnc', 'arrestedAt'],
    ]);
  });
});

it.each([
  ['  Séan  O’Neill ', 'sean o’neill'],
  ['ŁUKASZ', 'łukasz'],
  ['Zoë\tMÜLLER', 'zoe muller'],
  ['', ''],
])('a search for %j looks for %j', (text, folded) => {
  expect(foldTerm(text)).toBe(folded);
});

/** Data of a type in which every leaf, also within lists, says its own path and nothing else. */
function canaries(schema: PropertySchema, path: string): unknown {
  if (schema.type === 'object') {
    const properties = Object.entries(schema.properties ?? {});
    return Object.fromEntries(
      properties.map(([key, each]) => [key, canaries(each, path === '' ? key : `${path}.${key}`)]),
    );
  }
  if (schema.items?.type === 'object') return [0, 1].map(() => canaries(schema.items ?? {}, `${path}[]`));
  return schema.type === 'array' ? [`<${path}>`, `<${path}>`] : `<${path}>`;
}

describe('in every arbitrary world', () => {
  const purposes = ['prevention', 'resettlement', 'supervision'];
  const open = (agency: string, until: number) => [{ agency, user: 'anna', purpose: 'supervision', until }];

  it('a row holds a value exactly when somebody of the agency gets it in the clear for some purpose', () => {
    const check = fc.property(arbitraryWorld, ({ events, questions }) => {
      const table = compile(registerOf(events), catalogue);
      for (const { fact, state, recipient } of questions) {
        const { agency, emergency } = recipient;
        const entry = entryOf(fact.type, fact.version);
        if (entry === undefined || agency === fact.publisher) continue;
        const opened = factOf(fact, canaries(entry.schema, '') as Readonly<Record<string, unknown>>);
        const present = { ...state, emergencies: emergency ? open(agency, table.asOf + 1) : [] };
        const clear = purposes
          .flatMap((purpose) =>
            everybodyOf(agency, emergency && purpose === 'supervision').flatMap(
              (each) => evaluate(table, fact, each, purpose, present, table.asOf).fields,
            ),
          )
          .flatMap(({ path, outcome }) => (outcome === 'clear' ? [`<${path}>`] : []));
        const row = projectFor(table, present, opened, agency);
        const held = JSON.stringify(row?.values ?? {}).match(/<[^>]+>/g) ?? [];
        expect(new Set(held)).toEqual(new Set(clear));
        expect(clear).toEqual(expect.arrayContaining(row?.terms.map(({ path }) => `<${path}>`) ?? []));
        expect(clear).toEqual(expect.arrayContaining(row?.identifiers.map(({ path }) => `<${path}>`) ?? []));
      }
    });
    fc.assert(check, { numRuns: 150 });
  });

  it('everybody of every agency is granted what is decided for them, and there is no other row', () => {
    const check = fc.property(arbitraryWorld, ({ events, questions }) => {
      const table = compile(registerOf(events), catalogue);
      for (const { fact, state, recipient } of questions) {
        const emergencies = recipient.emergency ? open(recipient.agency, table.asOf + 1) : [];
        const present = { ...state, emergencies };
        const rows = new Map(project(table, present, factOf(fact, {})).map((row) => [row.agency, row]));
        for (const agency of ['probation', 'housing', 'treatment', 'vcse', 'stranger']) {
          if (agency === fact.publisher) continue;
          const grants = JSON.parse(rows.get(agency)?.grants ?? '{}') as Grants;
          let isShared = false;
          for (const purpose of purposes) {
            const isOpen = purpose === 'supervision' && recipient.emergency && agency === recipient.agency;
            for (const each of everybodyOf(agency, isOpen)) {
              const { fields, shares } = evaluate(table, fact, each, purpose, present, table.asOf);
              const told = fields.filter((field) => field.outcome !== 'withhold' || field.clause !== null);
              isShared ||= shares;
              const granted = grantedTo(grants, purpose, each);
              if (shares) expect(granted).toEqual(told);
              else expect(granted.filter(({ outcome }) => outcome !== 'withhold')).toEqual([]);
            }
          }
          expect(rows.has(agency)).toBe(isShared);
        }
      }
    });
    fc.assert(check, { numRuns: 100 });
  });
});

describe('who is told apart', () => {
  const conditions = (id: string, each: Conditions, fields: ShortClause['fields']) => ({
    ...flow,
    id,
    fields,
    conditions: each,
  });
  const anna: Recipient = {
    agency: 'housing',
    roles: ['practitioner'],
    responsible: false,
    emergency: false,
  };
  const emergencies = [
    { agency: 'housing', user: 'anna', purpose: 'resettlement', until: startOf('2026-01-01') },
  ];
  const shared = (row: PictureRow | undefined, recipient: Recipient): readonly string[] =>
    grantedTo(JSON.parse(row?.grants ?? '{}') as Grants, 'resettlement', recipient)
      .filter(({ outcome }) => outcome !== 'withhold')
      .map(({ path }) => path);

  it('by role and by responsibility, each for itself and both together', () => {
    const row = rowOf(
      [
        {
          reference: 'personal',
          clauses: [
            conditions('role', { role: ['coordinator'] }, { clear: ['custodyRef'] }),
            conditions('case', { responsibility: 'case' }, { clear: ['arrestedAt'] }),
            conditions('both', { role: ['coordinator'], responsibility: 'case' }, { clear: ['pnc'] }),
          ],
        },
      ],
      'housing',
    );
    const coordinator = { ...anna, roles: ['coordinator', 'operator'] };
    expect(shared(row, anna)).toEqual([]);
    expect(shared(row, coordinator)).toEqual(['custodyRef']);
    expect(shared(row, { ...anna, responsible: true })).toEqual(['arrestedAt']);
    expect([...shared(row, { ...coordinator, responsible: true })].sort()).toEqual([
      'arrestedAt',
      'custodyRef',
      'pnc',
    ]);
  });

  it('by an emergency only while one is open at the agency for the purpose', () => {
    const dire = {
      reference: 'dire',
      clauses: [
        { ...flow, id: 'always', fields: { clear: ['arrestedAt'] } },
        conditions('dire', { emergency: { hours: 4, reviewWithin: 48 } }, { clear: ['custodyRef'] }),
      ],
    };
    const during = { ...anna, emergency: true };
    const open = rowOf([dire], 'housing', { ...sam.state, emergencies });
    expect([...shared(open, during)].sort()).toEqual(['arrestedAt', 'custodyRef']);
    expect(shared(open, anna)).toEqual(['arrestedAt']);
    const elsewhere = emergencies.map((each) => ({ ...each, purpose: 'supervision' }));
    for (const none of [[], elsewhere, emergencies.map((each) => ({ ...each, agency: 'police' }))]) {
      const row = rowOf([dire], 'housing', { ...sam.state, emergencies: none });
      expect(row?.values).toEqual({ arrestedAt: '2025-03-01T21:14:00Z' });
      expect(shared(row, during)).toEqual(['arrestedAt']);
    }
  });

  it('and who is told apart to be shown less is not shown what others are', () => {
    const forbidding = {
      reference: 'forbidding',
      clauses: [
        { ...flow, id: 'always', fields: { clear: ['arrestedAt'] } },
        {
          ...conditions('never', { emergency: { hours: 4, reviewWithin: 48 } }, { withhold: ['arrestedAt'] }),
          effect: 'prohibit' as const,
        },
      ],
    };
    const row = rowOf([forbidding], 'housing', { ...sam.state, emergencies });
    expect(shared(row, anna)).toEqual(['arrestedAt']);
    expect(shared(row, { ...anna, emergency: true })).toEqual([]);
  });
});

it('conditions of handling stand beside the values of a row (R51)', () => {
  const clauses = [
    { ...flow, id: 'c', fields: { clear: ['arrestedAt'] }, conditions: { handling: ['C'] as const } },
  ];
  const fact = factOf({ handling: 'C' }, { ...sampleData[type] });
  const event = { ...fact.sealed.event, handlingconditions: 'ask the originator first' };
  const graded = { ...fact, sealed: { ...fact.sealed, event } };
  const table = tableOf({ reference: 'graded', clauses });
  expect(projectFor(table, sam.state, graded, 'housing')?.handlingConditions).toBe(
    'ask the originator first',
  );
  expect(projectFor(table, sam.state, fact, 'housing')?.handlingConditions).toBeNull();
});
