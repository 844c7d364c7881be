import { crn, person, pnc } from './sample-person.js';

const consent = {
  consentScope: ['treatment:HLTH', 'housing:*', 'police:treatment.attendance.recorded/attendance'],
  formVersion: '3',
  recordedBy: 'Worker Zero',
};

const lead = {
  crn,
  agency: 'probation',
  professional: 'Worker Zero',
  user: 'probation-practitioner',
} as const;

const referralId = '00000000-0000-4000-8000-000000000011';
const meetingId = '00000000-0000-4000-8000-000000000012';
const exitPlanId = '00000000-0000-4000-8000-000000000013';
const agreements = ['police-probation@10'];
const attendees = [{ agency: 'police', name: 'Officer Zero' }, { agency: 'probation' }];
const decision = { rationale: 'No offending for a year', decidedBy: 'Panel Chair' } as const;

const handover = {
  crn,
  handoverId: '00000000-0000-4000-8000-000000000014',
  fromAgency: 'police',
  fromUser: 'police-practitioner',
} as const;

const border = {
  crn,
  handoverId: '00000000-0000-4000-8000-000000000015',
  fromArea: 'NW',
  agreements,
  reason: 'Moved to an invented town',
} as const;

const intervention = {
  crn,
  interventionId: '00000000-0000-4000-8000-000000000016',
  pathway: 'accommodation',
  provider: 'housing',
} as const;

const referral = {
  'hub.referral.raised': {
    crn,
    ...person,
    referralId,
    raisedByAgency: 'police',
    raisedBy: 'Officer Zero',
    reason: 'Three burglaries in an invented month',
    evidenceRefs: ['CUST-0001'],
    requestedLevels: ['Priority'],
  },
  'hub.singleReferralMeeting.held': {
    crn,
    meetingId,
    referralId,
    heldOn: '2025-03-10',
    chairedBy: 'Panel Chair',
    attendees,
    agreements,
  },
  'hub.management.decided': {
    crn,
    levels: ['Priority', 'MAPPA-1'],
    mappaCategory: 2,
    management: 'statutory',
    referralId,
    meetingId,
    rationale: 'Prolific',
    decidedBy: 'Panel Chair',
  },
  'hub.responsibility.transferred': {
    crn,
    fromAgency: 'probation',
    toTeam: 'Invented IOM Team',
    transferredAt: '2025-03-11T09:00:00Z',
  },
  'hub.case.conferenceHeld': {
    crn,
    heldOn: '2025-04-10',
    attendees,
    actions: [{ action: 'Find a tenancy', owner: 'Worker Zero', due: '2025-04-24' }],
  },
};

const cohorts = {
  'hub.cohort.selected': {
    crn,
    pnc,
    ...person,
    cohort: 'Fixed',
    criteriaVersion: '2025-01',
    criteria: [
      {
        criterion: 'high-risk-of-reoffending',
        met: 'yes',
        evidence: ['00000000-0000-4000-8000-000000000017'],
      },
    ],
    inputs: ['police.arrest.recorded'],
    partners: ['police', 'probation'],
    decidedBy: 'Panel Chair',
    nextReview: '2025-09-10',
  },
  'hub.cohort.reviewed': { crn, reviewed: 'Fixed', decidedBy: 'Panel Chair', nextReview: '2026-03-10' },
  'hub.cohort.deselected': {
    crn,
    cohort: 'Fixed',
    ...decision,
    exitPlanRef: exitPlanId,
    watchUntil: '2026-09-10',
  },
  'hub.exit.planned': {
    crn,
    exitPlanId,
    plan: 'Tenancy and work kept',
    plannedBy: 'Worker Zero',
    watchMonths: 6,
  },
  'hub.exit.completed': {
    crn,
    exitPlanId,
    completedOn: '2026-09-10',
    outcome: 'ended',
    decidedBy: 'Panel Chair',
  },
};

const leads = {
  'hub.leadProfessional.appointed': { ...lead, acceptedAt: '2025-03-12T10:00:00Z' },
  'hub.leadProfessional.ended': { ...lead, endedAt: '2026-03-12T10:00:00Z', reason: 'Order expired' },
  'hub.leadProfessional.handoverOffered': {
    ...handover,
    toAgency: 'probation',
    toProfessional: 'Worker Zero',
    toUser: 'probation-practitioner',
    offeredBy: 'Officer Zero',
    reason: 'Order started',
  },
  'hub.leadProfessional.handedOver': { ...lead, ...handover, acceptedAt: '2025-03-14T10:00:00Z' },
};

const areas = {
  'hub.area.assigned': { crn, area: 'NW', reason: 'Lives there' },
  'hub.crossBorder.handoverOffered': {
    ...border,
    toArea: 'Nextshire',
    toAgency: 'police',
    offeredBy: 'Panel Chair',
  },
  'hub.crossBorder.handoverAccepted': {
    ...border,
    area: 'Nextshire',
    acceptedBy: 'Coordinator One',
    acceptedByAgency: 'police',
    acceptedAt: '2026-01-05T09:30:00Z',
  },
  'hub.crossBorder.handoverCompleted': {
    crn,
    handoverId: border.handoverId,
    completedOn: '2026-01-19',
    completedBy: 'Panel Chair',
  },
};

const interventions = {
  'hub.intervention.planned': {
    ...intervention,
    sequence: 1,
    title: 'Supported tenancy',
    plannedFor: '2025-04-01',
  },
  'hub.intervention.referred': { ...intervention, referredOn: '2025-03-21' },
  'hub.intervention.started': { ...intervention, startedOn: '2025-04-03' },
  'hub.intervention.completed': { ...intervention, completedOn: '2025-10-03', outcome: 'completed' },
};

/** One valid `data` for each event type of the IOM team. */
export const hub = {
  ...referral,
  ...cohorts,
  ...leads,
  ...areas,
  ...interventions,
  'hub.needs.assessed': {
    crn,
    instrument: 'LLR',
    assessedOn: '2025-03-20',
    assessor: 'Worker Zero',
    pathways: [
      { pathway: 'accommodation', scored: true, score: 7, needIdentified: true },
      { pathway: 'health', scored: false, needIdentified: false },
    ],
  },
  'hub.consent.given': { crn, ...consent },
  'hub.consent.withdrawn': { crn, ...consent },
  'hub.subject.informed': {
    crn,
    notice: 'Fair processing notice',
    noticeVersion: '2',
    told: ['benefits', 'information-sharing'],
    format: 'in-person',
    language: 'English',
    informedOn: '2025-03-13',
  },
};
