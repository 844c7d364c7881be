import { type CatalogueEntry } from './entry.js';
import { eventsOf } from './event.js';
import {
  appearanceResult,
  cjsCode,
  condition,
  courtCode,
  duration,
  hoCode,
  npcc,
  offenceDates,
  ptiUrn,
  sequence,
  stationCode,
} from './offence.js';
import { identifiers, person, personDetails, unverified } from './person.js';
import { choice, code, date, flag, instant, list, many, record, text, whole } from './property.js';

const { asn, pnc, cro } = identifiers;
const suspect = { asn, pnc, cro, unverified, ...person } as const;
const victimRefs = list(text('VIC', 64), 50);

const event = eventsOf('police', suspect);

const arrestOffence = record(
  {
    cjsCode,
    hoCode,
    npcc,
    offenceDates,
    committedOnBail: flag('CJF'),
    text: text('CJF', 2500),
    place: text('LOC', 500),
  },
  ['cjsCode'],
);

const chargeOffence = record(
  {
    sequence,
    cjsCode,
    hoCode,
    wording: text('CJF', 2500),
    offenceDates,
    offenceDateCode: whole('CJF', 0, 9),
    chargedOn: date('CJF'),
    arrestedOn: date('CJF'),
    committedOnBail: flag('CJF'),
    place: text('LOC', 500),
    alcohol: record({ amount: whole('CJF', 0, 9999), method: code('CJF', '^[A-Za-z]$', 1) }),
    vehicle: record({ code: text('CJF', 20), registration: text('CJF', 20) }),
    facts: text('CJF', 10000),
    victimRefs,
  },
  ['sequence', 'cjsCode'],
);

const officer = record({
  name: text('STAFF', 200),
  rank: text('STAFF', 35),
  reference: text('STAFF', 35),
  station: text('STAFF', 35),
});

const guardian = record({
  name: text('CHILD', 200),
  addressLines: list(text('CHILD', 100), 7),
  postcode: { ...text('CHILD', 10), 'x-generalise': 'outward' },
  telephones: list(text('CHILD', 35), 5),
});

const arrestRecorded = event(
  'fact',
  'police.arrest.recorded',
  'Arrest recorded',
  {
    ...personDetails,
    custodyRef: text('ID', 35),
    arrestedAt: instant('CJF'),
    stationCode,
    offences: many(arrestOffence, 100),
    victimRefs,
    appropriateAdult: record({ forChild: flag('CHILD'), forVulnerability: flag('HLTH') }),
  },
  ['asn', 'name', 'arrestedAt', 'offences'],
);

const chargeLaid = event(
  'fact',
  'police.charge.laid',
  'Charge laid',
  {
    ...personDetails,
    ptiUrn,
    prosecutorReference: text('ID', 35),
    originatingOrganisation: text('ADM', 10),
    cpsOrganisation: text('ADM', 10),
    informant: text('STAFF', 100),
    initiationCode: code('CJF', '^[A-Z]$', 1),
    summonsCode: code('CJF', '^[A-Z]$', 1),
    caseMarkers: list(text('CJF', 35), 20),
    chargedAt: instant('CJF'),
    remand: appearanceResult,
    custodyStatus: code('CJF', '^[A-Z]$', 1),
    bailConditions: many(condition, 50),
    firstHearing: record({ courtCode, date: date('CJF'), time: code('CJF', '^[0-9]{2}:[0-9]{2}$', 5) }, [
      'courtCode',
      'date',
    ]),
    offences: many(chargeOffence, 100),
    offenderCode: text('CJF', 10),
    driverLicenceCode: text('PERS', 10),
    driverLicenceIssue: text('PERS', 10),
    vehicleOperatorLicence: text('ID', 35),
    officer,
    guardian,
  },
  ['ptiUrn', 'name', 'offences'],
);

const drugTestPerformed = event(
  'fact',
  'police.drugTest.performed',
  'Drug test performed',
  {
    basis: choice('CJF', ['arrest', 'charge']),
    triggerOffence: hoCode,
    inspectorAuthority: text('CJF', 35),
    sampleTakenAt: instant('DRUG'),
    substances: list(choice('DRUG', ['opiate', 'cocaine']), 2),
    result: choice('DRUG', ['negative', 'positive', 'disputed', 'invalid', 'refused']),
    forms: list(choice('DRUG', ['DT1', 'DT2', 'RA1']), 3),
  },
  ['basis', 'sampleTakenAt', 'result'],
);

const intelSubmitted = event(
  'assessment',
  'police.intel.submitted',
  'Intelligence report submitted',
  {
    reportRef: text('INTEL', 35),
    sourceEvaluation: { ...whole('INTEL', 1, 3), 'x-control': 'gradingSource' },
    informationAssessment: {
      ...choice('INTEL', ['A', 'B', 'C', 'D', 'E']),
      'x-control': 'gradingInformation',
    },
    handlingCode: { ...choice('INTEL', ['P', 'C']), 'x-control': 'handling' },
    handlingConditions: text('INTEL', 2000),
    text: text('INTEL', 10000),
    sanitised: flag('INTEL'),
  },
  ['reportRef', 'sourceEvaluation', 'informationAssessment', 'handlingCode', 'text', 'sanitised'],
);

const flagCode = { ...choice('CJA', ['IOM', 'PPO', 'IDIOM']), 'x-control': 'flag' } as const;
const flagEnds = { ...date('ADM'), 'x-control': 'flagEnds' } as const;

/** One line of the daily download from the Police National Computer: an arrest, a charge, or what became of it. */
const importedOffence = record(
  {
    sequence,
    cjsCode,
    hoCode,
    offenceDates,
    adjudication: choice('CJF', ['Guilty', 'Not Guilty', 'Non-Conviction']),
    disposalCode: code('CJF', '^[0-9]{1,4}$', 4),
    duration,
    decidedOn: date('CJF'),
  },
  ['cjsCode'],
);

const pncOutcomeImported: CatalogueEntry = {
  ...event(
    'fact',
    'police.pncOutcome.imported',
    'PNC record imported',
    {
      batchDate: date('ADM'),
      record: choice('CJF', ['arrest', 'charge', 'outcome']),
      recordRef: text('ID', 64),
      cohortCodes: list(text('ADM', 20), 20),
      recordedOn: date('CJF'),
      courtCode,
      offences: many(importedOffence, 100),
    },
    ['batchDate', 'record', 'recordRef'],
  ),
  flaggedOnly: true,
};

/** Police (event catalogue §5.1); drug-test fields bind to PACE s.63B(7) (R37), intelligence is graded 3×5×2 (R51). */
export const policeEvents: readonly CatalogueEntry[] = [
  arrestRecorded,
  event(
    'fact',
    'police.arrest.disposed',
    'Arrest disposed',
    {
      disposal: choice('CJF', [
        'charged',
        'bailed-pre-charge',
        'released-under-investigation',
        'postal-requisition',
        'no-further-action',
        'caution',
        'transferred',
      ]),
      disposedAt: instant('CJF'),
      bailConditions: many(condition, 50),
    },
    ['asn', 'disposal'],
  ),
  chargeLaid,
  event(
    'fact',
    'police.charge.amended',
    'Charge amended',
    { ptiUrn, reason: text('CJF', 1000), offences: many(chargeOffence, 100) },
    ['ptiUrn', 'reason'],
  ),
  event(
    'fact',
    'police.charge.withdrawn',
    'Charge withdrawn',
    { ptiUrn, reason: text('CJF', 1000), sequences: list(sequence, 100) },
    ['ptiUrn', 'reason'],
  ),
  drugTestPerformed,
  intelSubmitted,
  event(
    'assessment',
    'police.iom.flag.set',
    'IOM flag set',
    { flag: flagCode, cohortCode: text('CJA', 20), from: date('ADM'), to: flagEnds },
    ['flag', 'from'],
  ),
  event(
    'assessment',
    'police.iom.flag.cleared',
    'IOM flag cleared',
    { flag: flagCode, to: date('ADM'), reason: text('CJA', 1000) },
    ['flag', 'to'],
  ),
  pncOutcomeImported,
];
