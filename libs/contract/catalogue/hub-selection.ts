import { type CatalogueEntry } from './entry.js';
import {
  action,
  agencyId,
  agreements,
  attendees,
  cohort,
  criterion,
  hubEvent as event,
  id,
  levels,
  staff,
} from './hub-words.js';
import { choice, date, instant, list, many, text, whole } from './property.js';

const rationale = text('CJA', 4000);
const decidedBy = staff;
/** The version of the rule, how each of its criteria was judged, and the facts (log event ids) known then. */
const judged = {
  criteriaVersion: text('ADM', 50),
  criteria: many(criterion, 20),
  inputs: list(text('CJA', 64), 100),
} as const;
const held = { ...cohort, 'x-control': 'cohort' } as const;

/** From referral to decision: a person, never a rule alone, decides (R21). */
export const referralEvents: readonly CatalogueEntry[] = [
  event(
    'process',
    'hub.referral.raised',
    'Referral raised',
    {
      referralId: id,
      raisedByAgency: agencyId,
      raisedBy: staff,
      reason: rationale,
      evidenceRefs: list(text('ADM', 64), 100),
      requestedLevels: levels,
    },
    ['referralId', 'raisedByAgency', 'reason', 'requestedLevels'],
  ),
  event(
    'process',
    'hub.singleReferralMeeting.held',
    'Single referral meeting held',
    { meetingId: id, referralId: id, heldOn: date('ADM'), chairedBy: staff, attendees, agreements },
    ['meetingId', 'referralId', 'heldOn', 'attendees', 'agreements'],
  ),
  event(
    'process',
    'hub.management.decided',
    'Management levels decided',
    {
      levels: { ...levels, 'x-control': 'levels' },
      mappaCategory: { ...whole('CJA', 1, 4), 'x-control': 'mappaCategory' },
      management: { ...choice('CJA', ['statutory', 'voluntary']), 'x-control': 'management' },
      referralId: id,
      meetingId: id,
      rationale,
      dissent: rationale,
      decidedBy,
      exitPlanRef: text('ADM', 64),
      watchUntil: date('ADM'),
      nextReview: date('ADM'),
    },
    ['levels', 'decidedBy'],
  ),
  event(
    'process',
    'hub.responsibility.transferred',
    'Responsibility for management transferred',
    { fromAgency: agencyId, toTeam: text('STAFF', 100), transferredAt: instant('ADM') },
    ['toTeam', 'transferredAt'],
  ),
  event(
    'process',
    'hub.case.conferenceHeld',
    'Case conference held',
    { heldOn: date('ADM'), attendees, actions: many(action, 50) },
    ['heldOn', 'attendees'],
  ),
];

/** Cohorts, with the version of the rule and what it was told then; de-selection rests on an exit plan (KP 6.1, R56). */
export const cohortEvents: readonly CatalogueEntry[] = [
  event(
    'process',
    'hub.cohort.selected',
    'Selected for a cohort',
    {
      cohort: held,
      ...judged,
      priorityRef: text('ADM', 64),
      partners: list(agencyId, 30),
      rationale,
      dissent: rationale,
      decidedBy,
      exitPlanRef: text('ADM', 64),
      nextReview: date('ADM'),
    },
    ['cohort', 'decidedBy'],
  ),
  event(
    'process',
    'hub.cohort.reviewed',
    'Selection for a cohort reviewed',
    { reviewed: cohort, ...judged, rationale, dissent: rationale, decidedBy, nextReview: date('ADM') },
    ['reviewed', 'decidedBy', 'nextReview'],
  ),
  event(
    'process',
    'hub.cohort.deselected',
    'Deselected from a cohort',
    {
      cohort: held,
      rationale,
      dissent: rationale,
      decidedBy,
      exitPlanRef: text('ADM', 64),
      watchUntil: date('ADM'),
      nextReview: date('ADM'),
    },
    ['cohort', 'decidedBy'],
  ),
  event(
    'process',
    'hub.exit.planned',
    'Exit planned',
    { exitPlanId: id, plan: rationale, plannedBy: staff, watchMonths: whole('ADM', 1, 36) },
    ['exitPlanId', 'plan', 'watchMonths'],
  ),
  event(
    'process',
    'hub.exit.completed',
    'Exit completed',
    {
      exitPlanId: id,
      completedOn: date('ADM'),
      outcome: choice('CJA', ['ended', 'extended', 'returned']),
      watchUntil: date('ADM'),
      decidedBy,
    },
    ['exitPlanId', 'completedOn', 'outcome', 'decidedBy'],
  ),
];
