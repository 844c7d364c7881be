import { type CatalogueEntry, sensitivityClasses } from './entry.js';
import { eventsOf } from './event.js';
import { identifiers, person } from './person.js';
import { choice, code, date, flag, instant, list, many, record, score, text, whole } from './property.js';

const { pnc, cro, noms, crn } = identifiers;
const event = eventsOf('hub', { pnc, cro, noms, crn, ...person });

const cohort = { ...choice('CJA', ['Fixed', 'Flex', 'Free', 'PPO']), 'x-control': 'cohort' } as const;

const levels = {
  ...list(choice('CJA', ['Standard', 'Enhanced', 'Priority', 'MAPPA-1', 'MAPPA-2', 'MAPPA-3']), 6),
  uniqueItems: true,
  'x-control': 'levels',
} as const;

const mappaCategory = { ...whole('CJA', 1, 4), 'x-control': 'mappaCategory' } as const;
const kindOfManagement = {
  ...choice('CJA', ['statutory', 'voluntary']),
  'x-control': 'management',
} as const;

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

const decidedBy = text('STAFF', 200);
const agency = {
  ...code('ADM', '^[a-z][a-z0-9-]{0,39}$', 40),
  'x-control': 'responsibleAgency',
} as const;
/** `user` is the name under which their agency's tokens know the professional. */
const user = { ...code('STAFF', '^[!-~]{1,128}$', 128), 'x-control': 'responsible' } as const;
const leadProfessional = { agency, professional: text('STAFF', 200), user } as const;

/** Any of the seven may be a health or a drugs pathway, and an element cannot be withheld alone: all of it is health data. */
const pathway = record(
  {
    pathway: choice('HLTH', [
      'accommodation',
      'education-training-employment',
      'health',
      'drugs-alcohol',
      'finance-benefit-debt',
      'children-families',
      'attitudes-thinking-behaviour',
    ]),
    scored: flag('HLTH'),
    score: score('HLTH', 10),
    needIdentified: flag('HLTH'),
  },
  ['pathway', 'scored', 'needIdentified'],
);

const consent = { consentScope, formVersion: text('ADM', 20), recordedBy: text('STAFF', 200) } as const;

/** The IOM team's own casework (event catalogue §5.10); a person, never a rule alone, decides on a cohort (R21). */
export const hubEvents: readonly CatalogueEntry[] = [
  event(
    'process',
    'hub.cohort.selected',
    'Selected for a cohort',
    {
      cohort,
      criteriaVersion: text('ADM', 50),
      inputs: list(text('CJA', 64), 100),
      rationale: text('CJA', 4000),
      decidedBy,
      exitPlanRef: text('ADM', 64),
      nextReview: date('ADM'),
    },
    ['cohort', 'decidedBy'],
  ),
  event(
    'process',
    'hub.cohort.deselected',
    'Deselected from a cohort',
    {
      cohort,
      rationale: text('CJA', 4000),
      decidedBy,
      exitPlanRef: text('ADM', 64),
      nextReview: date('ADM'),
    },
    ['cohort', 'decidedBy'],
  ),
  event(
    'process',
    'hub.management.decided',
    'Management levels decided',
    {
      levels,
      mappaCategory,
      management: kindOfManagement,
      rationale: text('CJA', 4000),
      dissent: text('CJA', 4000),
      decidedBy,
      nextReview: date('ADM'),
    },
    ['levels', 'decidedBy'],
  ),
  event(
    'process',
    'hub.leadProfessional.appointed',
    'Lead professional appointed',
    { ...leadProfessional, acceptedAt: instant('ADM') },
    ['agency', 'professional'],
  ),
  event(
    'process',
    'hub.leadProfessional.ended',
    'Lead professional ended',
    { ...leadProfessional, endedAt: instant('ADM'), reason: text('ADM', 500) },
    ['agency', 'professional'],
  ),
  event(
    'assessment',
    'hub.needs.assessed',
    'Needs assessed',
    {
      instrument: choice('CJA', ['LLR', 'Justice Star', 'OASys']),
      assessedOn: date('CJA'),
      assessor: text('STAFF', 200),
      pathways: { ...many(pathway, 7), minItems: 1 },
    },
    ['instrument', 'pathways'],
  ),
  event('process', 'hub.consent.given', 'Consent given', consent, ['consentScope', 'formVersion']),
  event('process', 'hub.consent.withdrawn', 'Consent withdrawn', consent, ['consentScope', 'formVersion']),
  event(
    'process',
    'hub.subject.informed',
    'Person informed',
    {
      notice: text('ADM', 100),
      noticeVersion: text('ADM', 20),
      format: choice('ADM', ['in-person', 'letter', 'telephone', 'electronic']),
      language: text('PERS', 35),
      informedOn: date('ADM'),
    },
    ['noticeVersion', 'informedOn'],
  ),
];
