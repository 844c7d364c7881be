import { type CatalogueEntry } from './entry.js';
import {
  action,
  agencyId,
  agreements,
  area,
  attendees,
  cohort,
  criterion,
  hubEvent as event,
  id,
  levels,
  pathwayName,
  sequence,
  staff,
  user,
} from './hub-words.js';
import { choice, date, instant, list, many, text, whole } from './property.js';

const rationale = text('CJA', 4000);
const decidedBy = staff;
const held = { ...cohort, 'x-control': 'cohort' } as const;
const areaOf = { ...area, 'x-control': 'area' } as const;
const leadAgency = { ...agencyId, 'x-control': 'responsibleAgency' } as const;
const lead = {
  agency: leadAgency,
  professional: staff,
  user: { ...user, 'x-control': 'responsible' },
} as const;
const intervention = { interventionId: id, pathway: pathwayName, provider: agencyId } as const;
const border = { handoverId: id, fromArea: area, agreements, reason: text('ADM', 1000) } as const;

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
      criteriaVersion: text('ADM', 50),
      criteria: many(criterion, 20),
      inputs: list(text('CJA', 64), 100),
      priorityRef: text('ADM', 64),
      partners: list(agencyId, 30),
      rationale,
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
    { reviewed: cohort, rationale, decidedBy, nextReview: date('ADM') },
    ['reviewed', 'decidedBy', 'nextReview'],
  ),
  event(
    'process',
    'hub.cohort.deselected',
    'Deselected from a cohort',
    {
      cohort: held,
      rationale,
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

/** Exactly one lead at any moment (KP 4.2); a handover is offered by one and accepted by the other. */
export const leadEvents: readonly CatalogueEntry[] = [
  event(
    'process',
    'hub.leadProfessional.appointed',
    'Lead professional appointed',
    { ...lead, acceptedAt: instant('ADM') },
    ['agency', 'professional'],
  ),
  event(
    'process',
    'hub.leadProfessional.ended',
    'Lead professional ended',
    { ...lead, endedAt: instant('ADM'), reason: text('ADM', 500) },
    ['agency', 'professional'],
  ),
  event(
    'process',
    'hub.leadProfessional.handoverOffered',
    'Handover of the lead offered',
    {
      handoverId: id,
      fromAgency: agencyId,
      fromUser: user,
      toAgency: agencyId,
      toProfessional: staff,
      toUser: user,
      offeredBy: staff,
      reason: text('ADM', 500),
    },
    ['handoverId', 'fromAgency', 'fromUser', 'toAgency', 'toProfessional', 'toUser'],
  ),
  event(
    'process',
    'hub.leadProfessional.handedOver',
    'Lead handed over',
    { ...lead, handoverId: id, fromAgency: agencyId, fromUser: user, acceptedAt: instant('ADM') },
    ['agency', 'professional', 'user', 'handoverId', 'fromAgency', 'fromUser', 'acceptedAt'],
  ),
];

/** Where the person is managed; from its acceptance on, the receiving area's agreements govern (KP 2.5). */
export const areaEvents: readonly CatalogueEntry[] = [
  event('process', 'hub.area.assigned', 'Area assigned', { area: areaOf, reason: text('ADM', 500) }, [
    'area',
  ]),
  event(
    'process',
    'hub.crossBorder.handoverOffered',
    'Cross-border handover offered',
    { ...border, toArea: area, toAgency: agencyId, offeredBy: staff },
    ['handoverId', 'fromArea', 'toArea', 'toAgency'],
  ),
  event(
    'process',
    'hub.crossBorder.handoverAccepted',
    'Cross-border handover accepted',
    { ...border, area: areaOf, acceptedBy: staff, acceptedByAgency: agencyId, acceptedAt: instant('ADM') },
    ['handoverId', 'fromArea', 'area', 'acceptedAt'],
  ),
  event(
    'process',
    'hub.crossBorder.handoverCompleted',
    'Cross-border handover completed',
    { handoverId: id, completedOn: date('ADM'), completedBy: staff },
    ['handoverId', 'completedOn'],
  ),
];

/** Interventions in their planned order over the seven pathways (KP 4.1, KP 6.2). */
export const interventionEvents: readonly CatalogueEntry[] = [
  event(
    'process',
    'hub.intervention.planned',
    'Intervention planned',
    { ...intervention, sequence, title: text('HLTH', 200), plannedFor: date('HLTH') },
    ['interventionId', 'pathway', 'sequence'],
  ),
  event(
    'process',
    'hub.intervention.referred',
    'Referred to an intervention',
    { ...intervention, referredOn: date('HLTH') },
    ['interventionId', 'referredOn'],
  ),
  event(
    'process',
    'hub.intervention.started',
    'Intervention started',
    { ...intervention, startedOn: date('HLTH') },
    ['interventionId', 'startedOn'],
  ),
  event(
    'process',
    'hub.intervention.completed',
    'Intervention completed',
    {
      ...intervention,
      completedOn: date('HLTH'),
      outcome: choice('HLTH', ['completed', 'not-completed', 'withdrawn']),
    },
    ['interventionId', 'completedOn', 'outcome'],
  ),
];
