import { type CatalogueEntry } from './entry.js';
import {
  agencyId,
  agreements,
  area,
  hubEvent as event,
  id,
  pathwayName,
  sequence,
  staff,
  user,
} from './hub-words.js';
import { choice, date, instant, text } from './property.js';

const areaOf = { ...area, 'x-control': 'area' } as const;
const leadAgency = { ...agencyId, 'x-control': 'responsibleAgency' } as const;
const lead = {
  agency: leadAgency,
  professional: staff,
  user: { ...user, 'x-control': 'responsible' },
} as const;
const intervention = { interventionId: id, pathway: pathwayName, provider: agencyId } as const;
const border = { handoverId: id, fromArea: area, agreements, reason: text('ADM', 1000) } as const;

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
