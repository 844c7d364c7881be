import { crn, nhs, person, ycrn } from './sample-person.js';

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
