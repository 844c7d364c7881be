import { type CatalogueEntry } from './entry.js';
import { eventsOf } from './event.js';
import {
  appearanceResult,
  cjsCode,
  condition,
  courtCode,
  duration,
  hoCode,
  nextHearing,
  offenceDates,
  ptiUrn,
  sequence,
} from './offence.js';
import { identifiers, person, personDetails, unverified } from './person.js';
import { choice, code, date, flag, instant, list, many, pounds, record, text, whole } from './property.js';

const { asn, pnc, cro } = identifiers;

const defendant = {
  defendantRef: text('ID', 64),
  prosecutorReference: text('ID', 35),
  asn,
  pnc,
  cro,
  unverified,
  ...person,
  ...personDetails,
  isYouth: flag('CHILD'),
} as const;

const hearing = {
  hearingId: text('ID', 64),
  caseId: text('ID', 64),
  ptiUrn,
  caseRef: code('ID', '^[0-9]{2}/[0-9]{4}/[0-9]{1,6}[A-Za-z]$', 15),
  courtCode,
  courtName: text('CJF', 150),
  jurisdiction: choice('CJF', ['magistrates', 'crown']),
  hearingType: text('CJF', 100),
  hearingDay: date('CJF'),
} as const;

/** What the court ordered: one result as the court's system shares it; a re-share replaces it by `resultId`. */
const disposal = record(
  {
    resultId: text('ADM', 64),
    disposalCode: code('CJF', '^[0-9]{1,4}$', 4),
    label: text('CJF', 250),
    text: text('CJF', 4000),
    category: choice('CJF', ['final', 'intermediary', 'ancillary']),
    orderedDate: date('CJF'),
    effectiveDate: date('CJF'),
    endDate: date('CJF'),
    duration,
    secondaryDuration: duration,
    hours: whole('CJF', 0, 9999),
    fine: pounds('CJF'),
    amount: pounds('CJF'),
    qualifiers: list(code('CJF', '^[A-Z]{1,2}$', 2), 4),
    isConvictedResult: flag('CJF'),
    isNewAmendment: flag('ADM'),
    isDeleted: flag('ADM'),
    amendmentDate: date('ADM'),
    amendmentReason: text('ADM', 250),
    nextHearing,
  },
  ['label'],
);

const offence = record(
  {
    offenceRef: text('ADM', 64),
    sequence,
    count: whole('CJF', 0, 999),
    cjsCode,
    hoCode,
    title: text('CJF', 500),
    legislation: text('CJF', 1000),
    wording: text('CJF', 4000),
    offenceDates,
    arrestedOn: date('CJF'),
    chargedOn: date('CJF'),
    modeOfTrial: text('CJF', 50),
    plea: choice('CJF', ['Not Known', 'Guilty', 'Not Guilty', 'No Plea Taken', 'Consented', 'Resisted']),
    pleaDate: date('CJF'),
    finding: code('CJF', '^[A-Z0-9]{1,4}$', 4),
    verdict: text('CJF', 150),
    adjudication: choice('CJF', ['Guilty', 'Not Guilty', 'Non-Conviction']),
    convictionDate: date('CJF'),
    appearanceResult,
    isDisposed: flag('CJF'),
    disposals: many(disposal, 100),
  },
  ['cjsCode'],
);

/** Results of the case or the defendant as a whole (costs, surcharge) stand beside those of each offence. */
const results = {
  bailStatus: code('CJF', '^[A-Z]$', 1),
  bailConditions: many(condition, 50),
  offences: many(offence, 200),
  disposals: many(disposal, 100),
  offencesTakenIntoConsideration: whole('CJF', 0, 9999),
} as const;

const sharing = { sharedTime: instant('ADM'), isReshare: flag('ADM') } as const;

/** The court's own id of a restriction: opaque, so that it may stand in the clear, and what lifting it names. */
const restrictionId = {
  ...code('ADM', '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$', 36),
  'x-control': 'restriction',
} as const;

const provision = choice('CHILD', [
  'CYPA 1933 s.39',
  'CYPA 1933 s.49',
  'YJCEA 1999 s.45',
  'YJCEA 1999 s.45A',
  'YJCEA 1999 s.46',
  'CCA 1981 s.4(2)',
  'CCA 1981 s.11',
  'other',
]);

const event = eventsOf('court', { ...defendant, ...hearing }, ['courtCode']);

/**
 * Courts (event catalogue §5.4). A re-shared hearing corrects the one it repeats. A reporting restriction holds until
 * the end of the day that it names, without one until it is lifted.
 */
export const courtEvents: readonly CatalogueEntry[] = [
  event('fact', 'court.hearing.listed', 'Court hearing listed', {}, ['hearingDay']),
  event(
    'fact',
    'court.hearing.resulted',
    'Court hearing resulted',
    { ...sharing, attended: flag('CJF'), ...results },
    ['hearingDay', 'sharedTime', 'isReshare'],
  ),
  event('fact', 'court.outcome.recorded', 'Court outcome recorded', { ...sharing, ...results }, [
    'hearingDay',
    'offences',
  ]),
  event(
    'fact',
    'court.warrant.issued',
    'Court warrant issued',
    {
      resultCode: choice('CJF', ['4575', '4576', '4577']),
      issuedOn: date('CJF'),
      backedForBail: flag('CJF'),
      reason: text('CJF', 1000),
    },
    ['issuedOn', 'backedForBail'],
  ),
  event(
    'fact',
    'court.warrant.withdrawn',
    'Court warrant withdrawn',
    { withdrawnOn: date('CJF'), reason: text('CJF', 1000) },
    ['withdrawnOn'],
  ),
  event(
    'fact',
    'court.reportingRestriction.imposed',
    'Reporting restriction imposed',
    {
      restrictionId,
      provision,
      scope: text('CHILD', 2000),
      imposedOn: date('CHILD'),
      ends: { ...date('CHILD'), 'x-control': 'restrictionEnds' },
    },
    ['restrictionId', 'provision', 'imposedOn'],
  ),
  event(
    'fact',
    'court.reportingRestriction.lifted',
    'Reporting restriction lifted',
    { restrictionId, liftedOn: date('CHILD'), reason: text('CHILD', 1000) },
    ['restrictionId', 'liftedOn'],
  ),
];
