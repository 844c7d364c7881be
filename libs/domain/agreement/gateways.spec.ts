import { describe, expect, it } from '@jest/globals';
import { agencies, type AgencyKind } from '../../contract/agency.js';
import { type SensitivityClass, sensitivityClasses } from '../../contract/catalogue/entry.js';
import { type Flow } from './flow.js';
import { type Aim, aims, type GatewayCitation } from './gateway-names.js';
import { lawOn } from './gateways.js';
import { prove } from './prove.js';

/** One gateway as its requirement tells of it: what it must carry, and by that what it must not. */
interface Telling {
  readonly citation: GatewayCitation;
  readonly requirement: string;
  readonly from: string;
  /** Each kind of agency that may disclose, and to which kinds. */
  readonly runs: (from: AgencyKind) => readonly AgencyKind[];
  readonly serves: readonly Aim[];
  /** Every class but these. */
  readonly refuses: readonly SensitivityClass[];
  readonly reach: string;
}

const everyone = agencies.map(({ kind }) => kind);
/** CDA 1998 s.115(2); the Secretary of State and courts are not among them. */
const relevant: readonly AgencyKind[] = ['police', 'probation', 'housing', 'youth', 'health', 'hub'];
/** OMA 2007 s.14(1) and (2). */
const managers: readonly AgencyKind[] = ['probation', 'prison'];
const listed: readonly AgencyKind[] = ['court', 'housing', 'youth', 'police', 'hub'];
/** CJA 2003 s.325(1) and (6). */
const responsible: readonly AgencyKind[] = ['police', 'probation', 'prison', 'hub'];
const coOperating: readonly AgencyKind[] = ['youth', 'housing', 'health'];

/** Whom one of two sides may tell, where facts go from either to the other. */
const across =
  (one: readonly AgencyKind[], other: readonly AgencyKind[]) =>
  (from: AgencyKind): readonly AgencyKind[] => [
    ...(one.includes(from) ? other : []),
    ...(other.includes(from) ? one : []),
  ];

const courtRules: Omit<Telling, 'citation' | 'from'> = {
  requirement: 'R3',
  runs: across(['court'], ['police', 'probation', 'prison', 'youth']),
  serves: ['administration-of-justice', 'bail', 'sentence', 'supervision', 'youth-justice'],
  refuses: ['INTEL', 'DRUG'],
  reach: 'between courts and those who bring cases before them or carry out what they order',
};

const tellings: readonly Telling[] = [
  {
    citation: 'Crime and Disorder Act 1998 s.115',
    requirement: 'R31',
    from: '1998-09-30',
    runs: () => relevant,
    serves: [
      'prevention-of-crime-and-disorder',
      'offender-management',
      'public-protection',
      'supervision',
      'resettlement',
      'youth-justice',
    ],
    refuses: ['DRUG'],
    reach: 'from any person, but only to a relevant authority or to somebody acting on its behalf',
  },
  {
    citation: 'Offender Management Act 2007 s.14',
    requirement: 'R33',
    from: '2008-04-01',
    runs: (from) => [...(managers.includes(from) ? managers : []), ...across(managers, listed)(from)],
    serves: ['offender-management', 'supervision', 'sentence', 'bail', 'resettlement', 'public-protection'],
    refuses: ['DRUG'],
    reach:
      'only where the Secretary of State (prisons), a provider of probation services or its contractor is one of the two, and never from one listed person to another',
  },
  {
    citation: 'Criminal Justice Act 2003 s.325',
    requirement: 'R34',
    from: '2004-04-05',
    runs: (from) => [
      ...(responsible.includes(from) ? responsible : []),
      ...across(responsible, coOperating)(from),
    ],
    serves: ['public-protection', 'offender-management', 'supervision'],
    refuses: ['DRUG'],
    reach:
      'between the responsible authority (police, probation, prisons) and bodies with a duty to co-operate',
  },
  {
    citation: 'Police and Criminal Evidence Act 1984 s.63B(7)',
    requirement: 'R37',
    from: '2001-07-02',
    runs: () => everyone,
    serves: ['bail', 'supervision', 'sentence', 'advice-or-treatment'],
    refuses: sensitivityClasses.filter((each) => each !== 'DRUG'),
    reach: 'from any person to any person',
  },
  {
    citation: 'Police, Crime, Sentencing and Courts Act 2022 s.16',
    requirement: 'R36',
    from: '2023-01-31',
    runs: (from) =>
      relevant.includes(from) && from !== 'health'
        ? [...relevant, 'prison']
        : from === 'prison'
          ? [...relevant, 'prison']
          : [],
    serves: ['prevention-of-crime-and-disorder'],
    refuses: ['HLTH', 'DRUG'],
    reach: 'between specified authorities and prisons',
  },
  {
    citation: 'Homelessness Reduction Act 2017 s.10',
    requirement: 'R3',
    from: '2018-10-01',
    runs: (from) => (['prison', 'probation', 'youth', 'health'].includes(from) ? ['housing'] : []),
    serves: ['resettlement'],
    refuses: ['CJA', 'INTEL', 'HLTH', 'DRUG', 'EQ', 'VIC', 'CHILD', 'LAO'],
    reach: 'from prisons, probation, youth offending teams and hospitals to the local housing authority',
  },
  { ...courtRules, citation: 'Criminal Procedure Rules 2025 Part 5', from: '2025-10-06' },
  {
    citation: 'Crime and Disorder Act 1998 s.38',
    requirement: 'R3',
    from: '2000-04-01',
    runs: across(['youth'], ['police', 'probation', 'health', 'housing', 'court', 'prison']),
    serves: ['youth-justice', 'bail', 'supervision', 'sentence'],
    refuses: ['INTEL', 'DRUG'],
    reach: 'between a youth offending team and those who secure or use youth justice services',
  },
  {
    citation: 'Common law: explicit consent',
    requirement: 'R38',
    from: '1998-09-30',
    runs: () => everyone,
    serves: aims,
    refuses: ['INTEL', 'VIC', 'LAO', 'DRUG'],
    reach: 'from any person to any person',
  },
  {
    citation: 'Common law: implied consent for direct care',
    requirement: 'R38',
    from: '1998-09-30',
    runs: (from) => (['treatment', 'health'].includes(from) ? ['treatment', 'health'] : []),
    serves: ['direct-care', 'advice-or-treatment'],
    refuses: ['CJF', 'CJA', 'INTEL', 'DRUG', 'VIC', 'LAO'],
    reach: 'only between those who care for the person',
  },
  {
    citation: 'Common law: overriding public interest',
    requirement: 'R38',
    from: '1998-09-30',
    runs: () => everyone,
    serves: ['public-protection', 'safeguarding', 'prevention-of-crime-and-disorder'],
    refuses: ['DRUG'],
    reach: 'from any person to any person',
  },
  {
    citation: 'Common law: policing powers',
    requirement: 'R3',
    from: '1998-09-30',
    runs: (from) =>
      ['police', 'hub'].includes(from) ? ['police', 'hub', 'probation', 'prison', 'court', 'youth'] : [],
    serves: [
      'prevention-of-crime-and-disorder',
      'public-protection',
      'administration-of-justice',
      'bail',
      'safeguarding',
    ],
    refuses: ['DRUG'],
    reach: 'from police, to those who enforce the criminal law with them',
  },
];

/** A flow that states all that a clause can state, so that only the gateway's own limits can refuse it. */
function flowUnder({ citation, runs, serves, refuses }: Telling, more: Partial<Flow> = {}): Flow {
  const from = everyone.find((each) => runs(each).some((to) => to !== each)) ?? 'police';
  const to = runs(from).find((each) => each !== from) ?? 'police';
  return {
    gateway: citation,
    discloser: endOf(from),
    recipient: endOf(to),
    type: 'police.thing.happened',
    class: sensitivityClasses.find((each) => !refuses.includes(each)) ?? 'ADM',
    aims: serves.slice(0, 1),
    conditions: { consent: true, mappa: {} },
    publicInterest: 'a threat to life',
    at: '2026-01-01',
    ...more,
  };
}

function endOf(kind: AgencyKind): Flow['discloser'] {
  const agency = agencies.find((each) => each.kind === kind);
  if (agency === undefined) throw new Error(`no agency is of kind ${kind}`);
  return agency;
}

const isCarried = (flow: Flow): boolean => prove(flow).carried;

describe.each(tellings.map((telling) => [telling.citation, telling] as const))('%s', (_, telling) => {
  it('runs between those of whom the law speaks, and nobody else', () => {
    for (const from of everyone)
      expect(
        everyone.filter((to) =>
          isCarried(flowUnder(telling, { discloser: endOf(from), recipient: endOf(to) })),
        ),
      ).toEqual(everyone.filter((to) => telling.runs(from).includes(to)));
  });

  it('serves its own ends, one or several, and no other', () => {
    expect(aims.filter((aim) => isCarried(flowUnder(telling, { aims: [aim] })))).toEqual(
      aims.filter((aim) => telling.serves.includes(aim)),
    );
    expect(isCarried(flowUnder(telling, { aims: telling.serves }))).toBe(true);
  });

  it('carries some classes of fields and not others', () => {
    const carried = sensitivityClasses.filter((each) => isCarried(flowUnder(telling, { class: each })));
    expect(carried).toEqual(sensitivityClasses.filter((each) => !telling.refuses.includes(each)));
  });

  it('is law from its day on, and says so before', () => {
    const before = new Date(Date.parse(telling.from) - 86_400_000).toISOString().slice(0, 10);
    expect(isCarried(flowUnder(telling, { at: telling.from }))).toBe(true);
    expect(prove(flowUnder(telling, { at: before }))).toMatchObject({
      requirement: telling.requirement,
      why: `${telling.citation} is not in force on ${before}`,
    });
    expect(lawOn(telling.citation, before)).toBeUndefined();
  });

  it('is told with its title, its requirement and how it runs', () => {
    const law = lawOn(telling.citation, '2026-01-01');
    expect(law).toMatchObject({ requirement: telling.requirement, reachInWords: telling.reach });
    expect(law?.title).toMatch(/^[A-Z].{20}/);
    expect(['read', 'unverified']).toContain(law?.standing);
    expect(law?.kind).toBe(telling.citation.startsWith('Common law') ? 'common-law' : 'statute');
  });
});

describe('the Criminal Procedure Rules 2020', () => {
  const telling: Telling = {
    ...courtRules,
    citation: 'Criminal Procedure Rules 2020 Part 5',
    from: '2020-10-05',
  };

  it.each([
    ['2020-10-04', false],
    ['2020-10-05', true],
    ['2025-10-05', true],
    ['2025-10-06', false],
  ])('on %s are law: %s', (at, expected) => {
    expect(isCarried(flowUnder(telling, { at }))).toBe(expected);
  });
});

describe('the Digital Economy Act 2017 s.35', () => {
  it('is law, between specified persons, and carries nothing here (R35)', () => {
    const citation = 'Digital Economy Act 2017 s.35';
    expect(lawOn(citation, '2018-04-30')).toBeUndefined();
    expect(lawOn(citation, '2018-05-01')).toMatchObject({
      ...{ kind: 'statute', standing: 'read', requirement: 'R35', aims: [] },
      title: 'Disclosure to improve public service delivery',
      reachInWords: 'between specified persons',
    });
    for (const aim of aims)
      expect(prove({ ...flowUnder(tellings[0] ?? never()), gateway: citation, aims: [aim] })).toMatchObject({
        requirement: 'R35',
        why: `${citation} does not serve ${aim}`,
      });
    expect(prove({ ...flowUnder(tellings[0] ?? never()), gateway: citation, aims: [] })).toMatchObject({
      why: `${citation} does not serve the aims of this hub`,
    });
  });
});

describe('whoever acts for an authority', () => {
  const [s115, s14, ...others] = tellings;
  const principalsFor = (telling: Telling | undefined, from: AgencyKind, to: AgencyKind) =>
    telling === undefined
      ? []
      : everyone.filter((onBehalfOf) =>
          isCarried(flowUnder(telling, { discloser: endOf(from), recipient: endOf(to), onBehalfOf })),
        );

  it.each<AgencyKind>(['vcse', 'treatment'])('%s receives for a relevant authority (R31)', (agent) => {
    expect(new Set(principalsFor(s115, 'police', agent))).toEqual(new Set(relevant));
    expect(principalsFor(s115, 'police', 'prison')).toEqual([]);
  });

  it.each<AgencyKind>(['vcse', 'treatment'])(
    '%s receives and discloses for probation and prisons (R33)',
    (agent) => {
      expect(principalsFor(s14, 'police', agent)).toEqual(managers);
      expect(principalsFor(s14, agent, 'police')).toEqual(managers);
      expect(principalsFor(s14, 'police', 'housing')).toEqual([]);
    },
  );

  it('has no part in any other gateway', () => {
    for (const telling of others.filter(({ runs }) => !runs('police').includes('vcse')))
      expect([telling.citation, principalsFor(telling, 'police', 'vcse')]).toEqual([telling.citation, []]);
  });
});

it('before PACE s.63B(7) no gateway had drug tests to itself', () => {
  const [s115] = tellings;
  const onDay = (at: string) => isCarried(flowUnder(s115 ?? never(), { class: 'DRUG', at }));
  expect([onDay('2001-07-01'), onDay('2001-07-02')]).toEqual([true, false]);
});

it('drug tests go whole by PACE s.63B(7), and by nothing else', () => {
  const telling = tellings.find(({ requirement }) => requirement === 'R37') ?? never();
  const whole = (type: string) =>
    sensitivityClasses.filter((each) => isCarried(flowUnder(telling, { type, class: each })));
  expect(whole('police.drugTest.performed')).toEqual(sensitivityClasses);
  expect(whole('police.drugTested')).toEqual(['DRUG']);
  expect(whole('youth.police.drugTest.performed')).toEqual(['DRUG']);
});

function never(): never {
  throw new Error('there is no such gateway');
}
