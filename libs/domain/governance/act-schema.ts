import { type PropertySchema } from '../../contract/catalogue/entry.js';
import { choice, code, date, list, many, record, text, whole } from '../../contract/catalogue/property.js';
import { type ActKind } from './act.js';
import {
  arrangementStates,
  coverings,
  monitoringTypes,
  offenderTypes,
  prioritySources,
  receivers,
  roleLevels,
  supportTools,
} from './words.js';

/** The fields of one kind of act, and which of them must be given. */
export interface ActSchema {
  readonly title: string;
  readonly properties: Readonly<Record<string, PropertySchema>>;
  readonly required: readonly string[];
}

const name = { ...text('ADM', 200), minLength: 1 } as const;
const words = { ...text('ADM', 2000), minLength: 1 } as const;
const version = { ...text('ADM', 50), minLength: 1 } as const;
const slug = code('ADM', '^[A-Za-z0-9][A-Za-z0-9-]{0,63}$', 64);
const agency = code('ADM', '^[a-z][a-z0-9-]{0,39}$', 40);
const area = code('ADM', '^[A-Za-z][A-Za-z0-9 -]{0,39}$', 40);
const officer = code('STAFF', '^[!-~]{1,128}$', 128);
const day = date('ADM');
const several = <const Words extends readonly string[]>(of: Words) =>
  ({ ...list(choice('ADM', of), of.length), uniqueItems: true }) as const;

const statement = record(
  {
    element: code('ADM', '^[1-6]\\.[1-6]$', 3),
    score: whole('ADM', 0, 10),
    evidence: { ...text('ADM', 500), minLength: 1 },
    author: { ...text('STAFF', 200), minLength: 1 },
    on: day,
    note: words,
  },
  ['element', 'score', 'evidence', 'author', 'on'],
);

function act<P extends Readonly<Record<string, PropertySchema>>>(
  title: string,
  properties: P,
  optional: readonly (keyof P & string)[] = [],
): ActSchema {
  const required = Object.keys(properties).filter((each) => !optional.includes(each));
  return { title, properties: { ...properties, on: day }, required: [...required, 'on'] };
}

/**
 * What each kind of act holds: the one source of what is validated, of the mutation in GraphQL, and of OpenAPI. `agency` is
 * the reporting one where nobody says otherwise, and `on` is today.
 */
export const actSchemas: Readonly<Record<ActKind, ActSchema>> = {
  documentSigned: act(
    'Your agency signs a version of a document of the partnership',
    {
      agency,
      document: slug,
      version,
      title: name,
      covers: { ...several(coverings), minItems: 1 },
      link: code('ADM', '^https?://[!-~]{1,480}$', 500),
      hash: code('ADM', '^[0-9a-f]{64}$', 64),
    },
    ['link', 'hash'],
  ),
  measureAgreed: act('Your agency agrees a measure of success', {
    agency,
    measure: slug,
    version,
    definition: words,
    report: slug,
  }),
  roleAssigned: act('What your agency does in the partnership, at one level', {
    agency,
    level: choice('ADM', roleLevels),
    role: name,
    responsibilities: words,
  }),
  priorityAdopted: act(
    'A local priority is adopted',
    {
      priority: slug,
      title: name,
      source: choice('ADM', prioritySources),
      area,
      offenderTypes: several(offenderTypes),
    },
    ['area', 'offenderTypes'],
  ),
  priorityEnded: act('A local priority ends', { priority: slug }),
  arrangementDeclared: act(
    'A set of local arrangements, and how far it is established',
    { arrangement: slug, title: name, established: choice('ADM', arrangementStates), areas: list(area, 50) },
    ['areas'],
  ),
  arrangementEnded: act('A set of local arrangements ends', { arrangement: slug }),
  siteRegistered: act('Premises are registered', { site: slug, name, area }, ['area']),
  siteClosed: act('Premises are given up; whoever was there has moved out', { site: slug }),
  teamMovedIn: act('Staff of an agency begin to work at a site', { agency, site: slug }),
  teamMovedOut: act('Staff of an agency no longer work at a site', { agency, site: slug }),
  reportReceived: act('A report came before a board or a leader', {
    report: slug,
    from: day,
    to: day,
    receivedBy: name,
    receiver: choice('ADM', receivers),
  }),
  cohortRulesReviewed: act('The rules for cohorts were reviewed', {
    version,
    outcome: words,
    nextReview: day,
  }),
  selfAssessed: act('A self-assessment by the 24 elements of the Key Principles', {
    assessment: slug,
    statements: { ...many(statement, 24), minItems: 24 },
  }),
  learningCompleted: act(
    'Staff completed a module of the training',
    {
      agency,
      module: slug,
      count: whole('ADM', 1, 100_000),
      staffRef: { ...text('STAFF', 35), minLength: 1 },
    },
    ['count', 'staffRef'],
  ),
  monitoringDeclared: act('How outcomes are monitored, and which support tools are used', {
    monitoring: several(monitoringTypes),
    tools: several(supportTools),
  }),
  linkOfficerAssigned: act('A link officer is assigned to an area', { officer, area }),
  linkOfficerEnded: act('A link officer is no longer assigned to an area', { officer, area }),
};
