import { asn, crn, cro, noms, person, pnc } from './sample-person.js';

const offence = { cjsCode: 'TH68010', hoCode: '046/00', offenceDates: { from: '2025-02-28' } } as const;
const hearing = {
  defendantRef: '00000000-0000-4000-8000-000000000001',
  asn,
  ...person,
  hearingId: '00000000-0000-4000-8000-000000000002',
  ptiUrn: '00TT0000025',
  courtCode: 'B00TT00',
  courtName: "Nowhere Magistrates' Court",
  jurisdiction: 'magistrates',
  hearingDay: '2025-04-02',
} as const;
const fine = {
  resultId: '00000000-0000-4000-8000-000000000003',
  disposalCode: '1015',
  label: 'Fine',
  text: 'FO - Fine\nFined £50.00',
  category: 'final',
  orderedDate: '2025-04-02',
  fine: 50,
} as const;
const results = {
  offences: [
    {
      ...offence,
      sequence: 1,
      title: 'Theft from a shop',
      wording: 'Stole goods from an invented shop',
      plea: 'Guilty',
      pleaDate: '2025-04-02',
      finding: 'G',
      adjudication: 'Guilty',
      convictionDate: '2025-04-02',
      disposals: [fine],
    },
  ],
  bailStatus: 'U',
} as const;
const restrictionId = '00000000-0000-4000-8000-000000000004';
const sharing = { sharedTime: '2025-04-02T15:19:48.857Z', isReshare: false } as const;
const licence = {
  licenceRef: 'LIC-0001',
  kind: 'CRD',
  licenceType: 'AP_PSS',
  dates: { lsd: '2025-09-01', led: '2026-03-01', tused: '2026-09-01' },
  conditions: [{ code: 'NCO', text: 'Not to enter the invented zone', place: 'Nowhere-on-Test' }],
  electronicMonitoring: ['curfew'],
} as const;
export const police = {
  'police.arrest.recorded': {
    asn,
    pnc,
    cro,
    ...person,
    custodyRef: 'CUST-0001',
    arrestedAt: '2025-03-01T21:14:00Z',
    stationCode: '00TT',
    offences: [{ ...offence, committedOnBail: false, text: 'Theft from an invented shop' }],
    victimRefs: ['VIC-0001'],
    selfDefinedEthnicity: 'NS',
    appropriateAdult: { forVulnerability: false },
  },
  'police.arrest.disposed': { asn, disposal: 'charged', disposedAt: '2025-03-02T03:40:00+00:00' },
  'police.charge.laid': {
    asn,
    ...person,
    ptiUrn: '00TT0000025',
    chargedAt: '2025-03-02T03:40:00Z',
    remand: 'remanded-on-police-bail',
    bailConditions: [{ text: 'Reside at the given address', place: '1 Imaginary Row' }],
    firstHearing: { courtCode: 'B00TT00', date: '2025-04-02', time: '09:30' },
    offences: [{ ...offence, sequence: 1, wording: 'Stole goods from an invented shop' }],
  },
  'police.charge.amended': { asn, ptiUrn: '00TT0000025', reason: 'Wording corrected' },
  'police.charge.withdrawn': { asn, ptiUrn: '00TT0000025', reason: 'Insufficient evidence', sequences: [1] },
  'police.drugTest.performed': {
    asn,
    pnc,
    basis: 'arrest',
    triggerOffence: '046/00',
    sampleTakenAt: '2025-03-01T22:05:00Z',
    substances: ['opiate', 'cocaine'],
    result: 'positive',
    forms: ['DT1', 'RA1'],
  },
  'police.intel.submitted': {
    pnc,
    reportRef: 'INT-0001',
    sourceEvaluation: 2,
    informationAssessment: 'C',
    handlingCode: 'C',
    handlingConditions: 'Ask the originator first',
    text: 'Seen near an invented place',
    sanitised: true,
  },
  'police.iom.flag.set': { pnc, flag: 'IOM', cohortCode: 'FIXED', from: '2025-03-10' },
  'police.iom.flag.cleared': { pnc, flag: 'IOM', to: '2026-03-10', reason: 'Left the cohort' },
  'police.pncOutcome.imported': {
    pnc,
    batchDate: '2025-04-03',
    record: 'outcome',
    recordRef: 'IMP-0001',
    cohortCodes: ['FIXED'],
    recordedOn: '2025-04-02',
    courtCode: 'B00TT00',
    offences: [
      { ...offence, sequence: 1, adjudication: 'Guilty', disposalCode: '1015', decidedOn: '2025-04-02' },
    ],
  },
};

const order = { crn, orderType: 'community-order' } as const;

export const probation = {
  'probation.case.allocated': {
    crn,
    pnc,
    ...person,
    teamCode: 'N00TT0',
    practitionerId: 'N00TT0001',
    tier: 'B2',
    from: '2025-04-05',
  },
  'probation.order.started': {
    ...order,
    startDate: '2025-04-02',
    expiryDate: '2026-04-01',
    requirements: ['RAR', 'unpaid-work'],
    treatmentRequirements: ['DRR'],
  },
  'probation.order.terminated': { ...order, terminatedOn: '2026-04-01', reason: 'Expired' },
  'probation.licence.activated': { crn, noms, ...licence },
  'probation.licence.varied': { crn, noms, ...licence, reason: 'Address changed' },
  'probation.licence.ended': { crn, licenceRef: 'LIC-0001', endedOn: '2026-03-01' },
  'probation.breach.initiated': { ...order, initiatedOn: '2025-07-01', requirement: 'RAR' },
  'probation.recall.decided': {
    crn,
    noms,
    recallType: 'FTR_28',
    revocationDate: '2025-10-01',
    lawVersion: 'CJA 2003 s.255A',
  },
  'probation.recall.returnedToCustody': {
    crn,
    noms,
    recallType: 'FTR_28',
    returnToCustodyDate: '2025-10-04',
    inPrisonOnRevocationDate: false,
    ualDays: 3,
    expectedRelease: '2025-10-31',
  },
  'probation.riskAssessed': {
    crn,
    assessedOn: '2025-04-20',
    assessor: 'Worker Zero',
    oasysSections: [{ section: 3, score: 6 }],
    rosh: { public: 'medium', knownAdult: 'low', children: 'low', staff: 'high' },
    rsrBand: 'low',
    ogrs: 71,
  },
  'probation.register.added': {
    crn,
    registerTypeCode: 'IIOM',
    startDate: '2025-04-21',
    reviewDate: '2025-10-21',
  },
  'probation.register.removed': { crn, registerTypeCode: 'IIOM', endDate: '2026-04-21' },
  'probation.lao.set': { crn, restriction: 'RESTRICTED', reason: 'Known to a member of staff' },
};

export const prison = {
  'prison.received': {
    noms,
    pnc,
    ...person,
    prisonId: 'ZZI',
    reason: 'ADMISSION',
    movementReasonCode: 'N',
    receivedAt: '2025-10-04T17:20:00Z',
    provisionalUntil: '2025-10-04T18:05:00Z',
  },
  'prison.released': {
    noms,
    prisonId: 'ZZI',
    reason: 'RELEASED',
    movementReasonCode: 'CR',
    releasedToHospital: false,
    currentLocation: 'OUTSIDE_PRISON',
    currentPrisonStatus: 'NOT_UNDER_PRISON_CARE',
    releasedAt: '2025-10-31T09:30:00Z',
  },
  'prison.releasePlanned': {
    noms,
    releaseDate: '2025-10-31',
    licenceRef: 'LIC-0001',
    addressApproved: true,
    gatePickUpBy: 'Worker One',
  },
  'prison.sentenceDates.changed': { noms, dates: [{ kind: 'crd', date: '2025-10-31', overridden: false }] },
  'prison.transfer': { noms, from: 'ZZI', to: 'ZZO', transferredAt: '2025-10-10T11:00:00Z' },
};

export const court = {
  'court.hearing.listed': { ...hearing, hearingType: 'First hearing' },
  'court.hearing.resulted': { ...hearing, ...sharing, attended: true, ...results },
  'court.outcome.recorded': {
    ...hearing,
    ...sharing,
    ...results,
    disposals: [{ label: 'Costs', amount: 85.5 }],
  },
  'court.warrant.issued': { ...hearing, resultCode: '4575', issuedOn: '2025-04-02', backedForBail: false },
  'court.warrant.withdrawn': { ...hearing, withdrawnOn: '2025-04-03', reason: 'Surrendered' },
  'court.reportingRestriction.imposed': {
    ...hearing,
    restrictionId,
    provision: 'YJCEA 1999 s.45',
    scope: 'Nothing that would lead to the identification of the defendant',
    imposedOn: '2025-04-02',
    ends: '2026-04-02',
  },
  'court.reportingRestriction.lifted': {
    ...hearing,
    restrictionId,
    liftedOn: '2025-11-03',
    reason: 'In the interests of justice',
  },
};
