import { type CatalogueEntry } from './entry.js';
import { eventsOf } from './event.js';
import { identifiers, person } from './person.js';
import { choice, date, text } from './property.js';

const { crn, noms } = identifiers;
const event = eventsOf('housing', { tenantRef: text('ID', 35), crn, noms, ...person });

const accommodationType = choice('PERS', [
  'CAS1-normal',
  'CAS1-pipe',
  'CAS1-esap',
  'CAS1-rfap',
  'CAS1-mhap',
  'CAS2',
  'CAS3',
  'council',
  'supported',
  'private',
  'family',
  'sofa-surfing',
  'NFA',
  'hostel',
]);

/** Local authority and housing (event catalogue §5.5); `address` is that of the placement. */
export const housingEvents: readonly CatalogueEntry[] = [
  event(
    'process',
    'housing.application.submitted',
    'Housing application submitted',
    {
      localAuthority: text('PERS', 100),
      applicationRef: text('ID', 35),
      applicationType: choice('PERS', [
        'homelessness-prevention',
        'homelessness-relief',
        'duty-to-refer-probation',
        'duty-to-refer-prison',
        'register',
      ]),
      refDate: date('PERS'),
    },
    ['applicationType', 'refDate'],
  ),
  event(
    'fact',
    'housing.placement.started',
    'Housing placement started',
    {
      placementRef: text('ID', 64),
      accommodationType,
      cas2Cohort: choice('CJF', [
        'HDC',
        'PRISON_BAIL',
        'COURT_BAIL',
        'ATCR',
        'HCRD',
        'HEFR',
        'ISC',
        'RARR',
        'FROM_AP',
      ]),
      arrivedOn: date('PERS'),
      expectedDeparture: date('PERS'),
    },
    ['accommodationType'],
  ),
  event(
    'fact',
    'housing.placement.ended',
    'Housing placement ended',
    {
      placementRef: text('ID', 64),
      accommodationType,
      departedOn: date('PERS'),
      reason: text('PERS', 250),
      reasonDetail: text('PERS', 2000),
    },
    [],
  ),
];
