import { type Register } from '../domain/agreement/register.js';
import { type ReadFact } from '../domain/casework/read-fact.js';
import { type GovernanceAct } from '../domain/governance/act.js';
import { governanceOf } from '../domain/governance/governance.js';
import { type FeedReceipt } from '../domain/performance/feeds.js';
import { historyOf } from '../domain/performance/history.js';
import { type KeyPrincipleGround } from '../domain/performance/key-principles.js';
import { agreementOf, inForceRegister } from './agreements.js';
import { readFact } from './casework.js';

/** Everything that a partnership has on record, each thing under a name by which a test can take it away or change it. */
export interface Partnership {
  /** By person, in the order of the log. */
  readonly people: Readonly<Record<string, readonly ReadFact[]>>;
  readonly acts: Readonly<Record<string, GovernanceAct>>;
  readonly receipts: Readonly<Record<string, FeedReceipt>>;
  readonly disclosures: KeyPrincipleGround['disclosures'];
  readonly register: Register;
}

/** The year that reports of it are about. */
export const year = { at: '2025-12-31', from: '2025-01-01', to: '2025-12-31' } as const;

export const partners = [
  'police',
  'probation',
  'prison',
  'housing',
  'treatment',
  'youth',
  'vcse',
  'hub',
] as const;

const register = inForceRegister([
  agreementOf({
    reference: 'core',
    inForceFrom: '2025-01-01',
    reviewDue: '2026-06-01',
    expires: '2027-01-01',
    clauses: [
      {
        ...{ id: 'all', publishers: ['police'], recipients: partners.slice(1), purposes: ['manage'] },
        ...{ types: ['police.arrest.recorded'], fields: { clear: ['name'] }, conditions: { areas: ['NW'] } },
      },
    ],
  }),
]);

const managed = (id: string, levels: readonly string[], management?: string): ReadFact =>
  readFact(id, 'hub.management.decided', '2025-02-01', {
    levels,
    decidedBy: 'panel',
    ...(management !== undefined && { management }),
  });

/** What every managed person has: a lead, information, a flag of the police. */
export const lookedAfter = (who: string): readonly ReadFact[] => [
  readFact(`${who}-lead`, 'hub.leadProfessional.appointed', '2025-02-01', {
    agency: 'probation',
    professional: 'Anna Lee',
    user: 'anna',
  }),
  readFact(`${who}-informed`, 'hub.subject.informed', '2025-02-05', {
    noticeVersion: '1',
    told: ['support', 'information-sharing'],
    format: 'in-person',
    language: 'en',
    informedOn: '2025-02-05',
  }),
  readFact(`${who}-flag`, 'police.iom.flag.set', '2025-02-02', { flag: 'IOM', from: '2025-02-02' }),
];

const intervention = (id: string, pathway: string, sequence: number, provider: string) => ({
  interventionId: id,
  pathway,
  sequence,
  provider,
});

const main: readonly ReadFact[] = [
  readFact('arrest', 'police.arrest.recorded', '2025-06-01', {
    dateOfBirth: '2004-05-06',
    sex: 'female',
    nationality: 'British',
    asn: '1',
    arrestedAt: '2025-06-01T10:00:00Z',
    offences: [{ cjsCode: 'TH68001', offenceDates: { start: '2025-06-01' } }],
  }),
  managed('decided', ['Enhanced'], 'statutory'),
  ...lookedAfter('main'),
  readFact('flex', 'hub.cohort.selected', '2025-03-01', {
    cohort: 'Flex',
    decidedBy: 'panel',
    priorityRef: 'burglary',
  }),
  readFact('needs', 'hub.needs.assessed', '2025-03-10', {
    instrument: 'LLR',
    assessedOn: '2025-03-10',
    pathways: [{ pathway: 'accommodation', scored: true, score: 6, needIdentified: true }],
  }),
  readFact(
    'planned-1',
    'hub.intervention.planned',
    '2025-03-12',
    intervention('i1', 'accommodation', 1, 'vcse'),
  ),
  readFact(
    'planned-2',
    'hub.intervention.planned',
    '2025-03-12',
    intervention('i2', 'drugs-alcohol', 2, 'treatment'),
  ),
  readFact('referred-1', 'hub.intervention.referred', '2025-03-15', {
    interventionId: 'i1',
    referredOn: '2025-03-15',
  }),
  readFact('started-1', 'hub.intervention.started', '2025-03-20', {
    interventionId: 'i1',
    startedOn: '2025-03-20',
  }),
  readFact('started-2', 'hub.intervention.started', '2025-04-10', {
    interventionId: 'i2',
    startedOn: '2025-04-10',
  }),
  readFact('missed', 'treatment.attendance.recorded', '2025-07-01', { attendance: 'missed' }),
  readFact('conference', 'hub.case.conferenceHeld', '2025-07-05', {
    heldOn: '2025-07-05',
    attendees: [{ agency: 'probation' }],
  }),
  readFact('offered', 'hub.crossBorder.handoverOffered', '2025-08-01', {
    ...{ handoverId: 'h1', fromArea: 'NW', toArea: 'NE', toAgency: 'probation', agreements: ['core@1'] },
  }),
  readFact('accepted', 'hub.crossBorder.handoverAccepted', '2025-08-05', {
    ...{ handoverId: 'h1', fromArea: 'NW', area: 'NE', acceptedAt: '2025-08-05T09:00:00Z' },
  }),
  readFact('free', 'hub.cohort.selected', '2025-02-10', { cohort: 'Free', decidedBy: 'panel' }),
  readFact('exit', 'hub.exit.planned', '2025-08-20', { exitPlanId: 'e1', plan: 'slowly', watchMonths: 6 }),
  readFact('left', 'hub.cohort.deselected', '2025-09-01', {
    ...{ cohort: 'Free', decidedBy: 'panel', exitPlanRef: 'e1', watchUntil: '2026-03-01' },
  }),
];

const received = (report: string, receiver: 'PCC' | 'CSP'): GovernanceAct => ({
  ...{ type: 'governance.reportReceived', on: '2025-10-01', report, receiver },
  ...{ from: '2025-01-01', to: '2025-09-30', receivedBy: 'the board' },
});

const acts: Readonly<Record<string, GovernanceAct>> = {
  ...Object.fromEntries(
    partners.flatMap((agency): readonly [string, GovernanceAct][] => [
      [
        `vision-${agency}`,
        {
          ...{
            type: 'governance.documentSigned',
            on: '2025-01-10',
            agency,
            document: 'vision',
            version: '1',
          },
          ...{ title: 'Our vision', covers: ['vision', 'leadership', 'accountability', 'governance'] },
          link: 'https://example.org/vision',
        },
      ],
      [
        `measure-${agency}`,
        {
          ...{ type: 'governance.measureAgreed', on: '2025-01-11', agency, measure: 'reoffending' },
          ...{ version: '1', definition: 'fewer proven offences', report: 'reoffending' },
        },
      ],
      ...(['strategic', 'operational'] as const).map((level): [string, GovernanceAct] => [
        `${level}-${agency}`,
        {
          ...{ type: 'governance.roleAssigned', on: '2025-01-12', agency, level },
          ...{ role: 'member', responsibilities: 'takes part' },
        },
      ]),
    ]),
  ),
  priority: {
    ...{
      type: 'governance.priorityAdopted',
      on: '2025-01-13',
      priority: 'burglary',
      title: 'Burglary',
      source: 'CSP',
    },
  },
  'for-commissioner': received('caseload', 'PCC'),
  profile: received('profile', 'CSP'),
  reoffending: received('reoffending', 'CSP'),
  review: {
    ...{ type: 'governance.cohortRulesReviewed', on: '2025-05-01', version: '2', outcome: 'kept' },
    nextReview: '2026-05-01',
  },
};

const receipt = (id: string, agency: string, type: string, at: string): FeedReceipt => ({
  ...{ id, agency, type, kind: 'told', received: Date.parse(at), happened: null, recorded: null },
});

const receipts: Readonly<Record<string, FeedReceipt>> = {
  ...Object.fromEntries(
    partners.map((agency) => [
      `told-${agency}`,
      receipt(`told-${agency}`, agency, `${agency}.something.happened`, '2025-04-01T09:00:00Z'),
    ]),
  ),
  import: receipt('import', 'police', 'police.pncOutcome.imported', '2025-12-31T12:00:00Z'),
};

/** A partnership of which every element that can be measured is met. */
export const exemplary: Partnership = {
  people: { main },
  acts,
  receipts,
  disclosures: { total: 10, withoutAgreement: 0, p95: 800 },
  register,
};

export function groundOfPartnership({
  people,
  acts: recorded,
  receipts: all,
  ...rest
}: Partnership): KeyPrincipleGround {
  const by = { agency: 'hub', user: 'chair' };
  return {
    ...rest,
    ...year,
    histories: Object.entries(people).map(([offender, facts]) => historyOf(offender, facts)),
    governance: governanceOf(
      Object.entries(recorded).map(([id, act]) => ({
        id,
        event: { ...act, by, at: Date.parse('2025-12-01') },
      })),
    ),
    receipts: Object.values(all),
  };
}
