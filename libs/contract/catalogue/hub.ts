import { type CatalogueEntry, sensitivityClasses } from './entry.js';
import { areaEvents, interventionEvents, leadEvents } from './hub-case-management.js';
import { cohortEvents, referralEvents } from './hub-selection.js';
import { hubEvent as event, pathwayScore, staff, starScore } from './hub-words.js';
import { choice, code, date, list, many, text } from './property.js';

const FIELD =
  '[a-z]{1,40}(\\.[A-Za-z]{1,40}){1,5}/[A-Za-z0-9]{1,40}(\\[\\])?(\\.[A-Za-z0-9]{1,40}(\\[\\])?){0,5}';

/**
 * `<recipient agency>:<what>`, what the person agreed may be shared and with whom: a class (`police:HLTH`), everything
 * (`police:*`), or one field of one event type (`police:treatment.attendance.recorded/attendance`).
 */
const consentScope = {
  ...list(code('ADM', `^[a-z][a-z0-9-]{0,39}:(${sensitivityClasses.join('|')}|\\*|${FIELD})$`, 250), 200),
  minItems: 1,
  uniqueItems: true,
  'x-control': 'consentScope',
} as const;

const consent = { consentScope, formVersion: text('ADM', 20), recordedBy: staff } as const;

/** Needs, of one instrument each: LLR and OASys by pathway, the Justice Star by its own areas. */
const needsAssessed = event(
  'assessment',
  'hub.needs.assessed',
  'Needs assessed',
  {
    instrument: choice('CJA', ['LLR', 'Justice Star', 'OASys']),
    assessedOn: date('CJA'),
    assessor: staff,
    pathways: { ...many(pathwayScore, 7), minItems: 1 },
    stars: { ...many(starScore, 10), minItems: 1 },
  },
  ['instrument'],
);

/** What the person was told, and how (recommendation 10 of the 2020 inspection, DPA 2018 s.44, R15). */
const subjectInformed = event(
  'process',
  'hub.subject.informed',
  'Person informed',
  {
    notice: text('ADM', 100),
    noticeVersion: { ...text('ADM', 20), 'x-control': 'informed' },
    told: {
      ...list(choice('ADM', ['benefits', 'support', 'monitoring', 'information-sharing']), 4),
      'x-control': 'told',
    },
    format: choice('ADM', ['in-person', 'letter', 'telephone', 'electronic']),
    language: text('PERS', 35),
    informedOn: date('ADM'),
    informedBy: staff,
  },
  ['noticeVersion', 'informedOn'],
);

/** The IOM team's own casework (event catalogue §5.10). */
export const hubEvents: readonly CatalogueEntry[] = [
  ...referralEvents,
  ...cohortEvents,
  ...leadEvents,
  ...areaEvents,
  needsAssessed,
  ...interventionEvents,
  event('process', 'hub.consent.given', 'Consent given', consent, ['consentScope', 'formVersion']),
  event('process', 'hub.consent.withdrawn', 'Consent withdrawn', consent, ['consentScope', 'formVersion']),
  subjectInformed,
];
