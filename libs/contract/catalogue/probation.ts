import { type CatalogueEntry } from './entry.js';
import { eventsOf } from './event.js';
import { condition, courtCode } from './offence.js';
import { identifiers, person } from './person.js';
import { choice, code, date, flag, list, many, record, score, text, whole } from './property.js';

const { crn, noms, pnc, cro } = identifiers;
const supervised = { crn, noms, pnc, cro, ...person } as const;

const orderType = choice('CJF', [
  'community-order',
  'suspended-sentence-order',
  'licence',
  'post-sentence-supervision',
  'ORA',
]);

/** Requirements that are health data by themselves (drug rehabilitation, mental health, alcohol) stand apart from the rest. */
const order = {
  orderType,
  startDate: date('CJF'),
  expiryDate: date('CJF'),
  courtCode,
  requirements: list(
    choice('CJF', [
      'RAR',
      'unpaid-work',
      'curfew',
      'alcohol-monitoring',
      'accredited-programme',
      'exclusion',
      'prohibited-activity',
      'residence',
      'attendance-centre',
      'foreign-travel-prohibition',
      'electronic-monitoring',
    ]),
    20,
  ),
  treatmentRequirements: list(choice('HLTH', ['DRR', 'MHTR', 'ATR']), 3),
} as const;

const licenceDate = date('CJF');

const licence = {
  licenceRef: text('ID', 35),
  kind: choice('CJF', ['CRD', 'PRRD', 'VARIATION', 'HARD_STOP', 'HDC', 'HDC_VARIATION', 'TIME_SERVED']),
  licenceType: choice('CJF', ['AP', 'PSS', 'AP_PSS']),
  dates: record({
    lsd: licenceDate,
    led: licenceDate,
    crd: licenceDate,
    ard: licenceDate,
    ssd: licenceDate,
    sed: licenceDate,
    tussd: licenceDate,
    tused: licenceDate,
    prrd: licenceDate,
    hdced: licenceDate,
    hdcad: licenceDate,
  }),
  conditions: many(condition, 100),
  electronicMonitoring: list(
    choice('CJF', [
      'exclusion-zone',
      'curfew',
      'location-monitoring',
      'attendance',
      'alcohol-monitoring',
      'alcohol-abstinence',
      'restriction-zone',
    ]),
    7,
  ),
} as const;

const rosh = choice('CJA', ['low', 'medium', 'high', 'very-high']);

/** Types of recall to prison: standard, fixed term of so many days, and of people on home detention curfew. */
export const recallTypes = [
  'LR',
  'FTR_14',
  'FTR_28',
  'FTR_56',
  'FTR_HDC_14',
  'FTR_HDC_28',
  'CUR_HDC',
  'IN_HDC',
] as const;

const recallType = choice('CJF', recallTypes);

const registration = {
  registerTypeCode: code('CJA', '^[A-Z0-9]{3,5}$', 5),
  level: text('CJA', 20),
  category: text('CJA', 20),
  startDate: date('CJA'),
  reviewDate: date('CJA'),
} as const;

const event = eventsOf('probation', supervised, ['crn']);

/** Probation (event catalogue §5.2); every event is about a case, so each names its CRN. */
export const probationEvents: readonly CatalogueEntry[] = [
  event(
    'process',
    'probation.case.allocated',
    'Case allocated',
    {
      teamCode: text('STAFF', 20),
      practitionerId: { ...text('STAFF', 35), 'x-control': 'responsible' },
      tier: code('CJA', '^[A-DX][0-4]?S?$', 3),
      provider: text('CJF', 40),
      from: date('ADM'),
    },
    ['teamCode', 'from'],
  ),
  event('fact', 'probation.order.started', 'Order started', order, ['orderType', 'startDate']),
  event(
    'fact',
    'probation.order.terminated',
    'Order terminated',
    { orderType, terminatedOn: date('CJF'), reason: text('CJF', 500) },
    ['orderType', 'terminatedOn'],
  ),
  event('fact', 'probation.licence.activated', 'Licence activated', licence, ['licenceType', 'dates']),
  event('fact', 'probation.licence.varied', 'Licence varied', { ...licence, reason: text('CJF', 1000) }, [
    'licenceType',
  ]),
  event(
    'fact',
    'probation.licence.ended',
    'Licence ended',
    { licenceRef: licence.licenceRef, endedOn: date('CJF'), reason: text('CJF', 500) },
    ['endedOn'],
  ),
  event(
    'fact',
    'probation.breach.initiated',
    'Breach initiated',
    { orderType, initiatedOn: date('CJF'), requirement: text('CJF', 250), outcome: text('CJF', 250) },
    ['initiatedOn'],
  ),
  event(
    'fact',
    'probation.recall.decided',
    'Recall decided',
    {
      recallType,
      decidedOn: date('CJF'),
      revocationDate: date('CJF'),
      lawVersion: text('ADM', 50),
    },
    ['recallType', 'revocationDate'],
  ),
  event(
    'fact',
    'probation.recall.returnedToCustody',
    'Returned to custody on recall',
    {
      recallType,
      returnToCustodyDate: date('CJF'),
      inPrisonOnRevocationDate: flag('CJF'),
      ualDays: whole('CJF', 0, 36525),
      expectedRelease: date('CJF'),
    },
    ['returnToCustodyDate'],
  ),
  event(
    'assessment',
    'probation.riskAssessed',
    'Risk assessed',
    {
      assessedOn: date('CJA'),
      assessor: text('STAFF', 200),
      oasysSections: many(
        record({ section: whole('CJA', 1, 13), score: score('CJA', 100) }, ['section']),
        13,
      ),
      rosh: record({ public: rosh, knownAdult: rosh, children: rosh, staff: rosh, prisoners: rosh }),
      rsrBand: choice('CJA', ['low', 'medium', 'high']),
      ogrs: score('CJA', 100),
      ogp: score('CJA', 100),
      ovp: score('CJA', 100),
    },
    ['assessedOn'],
  ),
  event('assessment', 'probation.register.added', 'Registration added', registration, [
    'registerTypeCode',
    'startDate',
  ]),
  event(
    'assessment',
    'probation.register.removed',
    'Registration removed',
    { registerTypeCode: registration.registerTypeCode, endDate: date('CJA') },
    ['registerTypeCode', 'endDate'],
  ),
  event(
    'process',
    'probation.lao.set',
    'Limited access set',
    {
      restriction: { ...choice('LAO', ['RESTRICTED', 'EXCLUDED', 'NONE']), 'x-control': 'limitedAccess' },
      reason: text('LAO', 1000),
    },
    ['restriction'],
  ),
];
