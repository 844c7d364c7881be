import { crn, nhs, person, pnc, ycrn } from './sample-person.js';

const placement = {
  tenantRef: 'TEN-0001',
  placementRef: 'PLC-0001',
  accommodationType: 'supported',
} as const;

export const housing = {
  'housing.application.submitted': {
    crn,
    ...person,
    localAuthority: 'Nowhere Council',
    applicationRef: 'APP-0001',
    applicationType: 'duty-to-refer-probation',
    refDate: '2025-10-15',
  },
  'housing.placement.started': {
    ...placement,
    ...person,
    arrivedOn: '2025-10-31',
    expectedDeparture: '2026-04-30',
  },
  'housing.placement.ended': { ...placement, departedOn: '2026-02-14', reason: 'Moved on' },
};

export const treatment = {
  'treatment.referral.made': {
    clientRef: 'CLI-0001',
    nhs,
    ...person,
    referralDate: '2025-03-04',
    source: 'arrest-referral',
    agencyCode: 'Z0001',
    substances: ['opiate', 'alcohol'],
    testedSubstances: ['opiate'],
    requiredAssessment: 'initial',
  },
  'treatment.started': {
    nhs,
    triageDate: '2025-03-10',
    modality: 'psychosocial',
    interventionStart: '2025-03-17',
  },
  'treatment.attendance.recorded': { nhs, attendedOn: '2025-03-24', attendance: 'kept' },
  'treatment.ended': { nhs, endedOn: '2025-09-30', modality: 'psychosocial', reason: 'completed-drug-free' },
};

const engagement = { clientRef: 'VOL-0001', programme: 'Invented Futures', site: 'Nowhere Centre' } as const;

export const others = {
  'youth.case.opened': {
    yosId: 'YOS-0001',
    ycrn,
    ...person,
    openedOn: '2008-01-09',
    order: 'referral-order',
    endsOn: '2008-07-09',
    caseManager: 'Worker Two',
  },
  'youth.case.closed': { yosId: 'YOS-0001', ycrn, closedOn: '2008-07-09', order: 'referral-order' },
  'youth.transition.completed': {
    yosId: 'YOS-0001',
    ycrn,
    crn,
    completedOn: '2009-05-17',
    consentGiven: true,
  },
  'vcse.engagement.started': { ...engagement, ...person, startedOn: '2025-11-03', under18: false },
  'vcse.engagement.ended': { ...engagement, endedOn: '2026-02-27', reason: 'Programme completed' },
  'vcse.outcome.achieved': { ...engagement, outcome: 'employment', achievedOn: '2026-02-20' },
  'health.referral.received': {
    nhs,
    ...person,
    referralRef: 'HRF-0001',
    service: 'Liaison and diversion',
    priority: 'urgent',
    receivedOn: '2025-03-03',
  },
  'health.attendance.recorded': { nhs, attendedOn: '2025-03-12', attendance: 'missed' },
};

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

export const hub = {
  'hub.cohort.selected': {
    crn,
    pnc,
    ...person,
    cohort: 'Fixed',
    criteriaVersion: '2025-01',
    inputs: ['police.arrest.recorded'],
    decidedBy: 'Panel Chair',
    nextReview: '2025-09-10',
  },
  'hub.cohort.deselected': {
    crn,
    cohort: 'Fixed',
    rationale: 'No offending for a year',
    decidedBy: 'Panel Chair',
  },
  'hub.management.decided': {
    crn,
    levels: ['Priority', 'MAPPA-1'],
    mappaCategory: 2,
    management: 'statutory',
    rationale: 'Prolific',
    decidedBy: 'Panel Chair',
  },
  'hub.leadProfessional.appointed': { ...lead, acceptedAt: '2025-03-12T10:00:00Z' },
  'hub.leadProfessional.ended': { ...lead, endedAt: '2026-03-12T10:00:00Z', reason: 'Order expired' },
  'hub.needs.assessed': {
    crn,
    instrument: 'LLR',
    assessedOn: '2025-03-20',
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
    format: 'in-person',
    language: 'English',
    informedOn: '2025-03-13',
  },
};
