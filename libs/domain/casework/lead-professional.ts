import { agencyOf } from '../../contract/agency.js';
import { Conflict } from '../../contract/failure.js';
import { type Actor } from './asked.js';
import { type CaseworkEvent, type Ground } from './command.js';
import {
  type AcceptLeadHandover,
  type AppointLead,
  type EndLead,
  type OfferLeadHandover,
} from './support-command.js';
import { fact, instantOf, needAgencies, needNew, needText } from './deciding.js';
import { type Held } from './held.js';
import { type Lead, type LeadOffer } from './lead.js';
import { isManagedAt } from './managed.js';

interface Known {
  readonly leads: readonly Held<Lead>[];
  readonly leadOffers: readonly LeadOffer[];
}

/** Those who lead now, and those whose beginning is dated later. */
export function lastingLeads({ leads }: Pick<Known, 'leads'>, at: number): readonly Lead[] {
  return leads.filter(({ to }) => to === null || at < to).map(({ value }) => value);
}

/** The first lead, of any agency; while there is one, the way is a handover (KP 4.2). */
export function appointLead(
  known: Known,
  { agency, professional, user }: AppointLead,
  ground: Ground,
): readonly CaseworkEvent[] {
  if (lastingLeads(known, ground.at).length > 0)
    throw new Conflict('lead-held', 'there is a lead: hand the case over');
  needAgencies([agency], ground);
  const lead = { agency, professional: needText('professional', professional), user: needText('user', user) };
  return [fact('hub.leadProfessional.appointed', ground, { ...lead, acceptedAt: instantOf(ground.at) })];
}

/** Only of somebody who is managed no more: a managed person always has a lead. */
export function endLead(
  known: Known & Parameters<typeof isManagedAt>[0],
  { reason }: EndLead,
  ground: Ground,
): readonly CaseworkEvent[] {
  const leads = lastingLeads(known, ground.at);
  if (leads.length === 0) throw new Conflict('no-lead', 'there is no lead');
  if (isManagedAt(known, ground.at))
    throw new Conflict(
      'lead-required',
      'whoever is at a level or in a cohort keeps a lead: hand the case over',
    );
  needText('reason', reason);
  return leads.map((lead) =>
    fact('hub.leadProfessional.ended', ground, {
      ...lead,
      professional: lead.professional ?? lead.user ?? 'not recorded',
      ...{ endedAt: instantOf(ground.at), reason },
    }),
  );
}

/** A newer offer takes the place of an older one. */
export function offerLeadHandover(
  known: Known,
  { handoverId, toAgency, toProfessional, toUser, reason, by }: OfferLeadHandover,
  ground: Ground,
): readonly CaseworkEvent[] {
  const from = lastingLeads(known, ground.at).at(-1);
  if (from === undefined) throw new Conflict('no-lead', 'there is no lead');
  if (from.agency === toAgency && from.user === needText('toUser', toUser))
    throw new Conflict('lead-held', 'they lead already');
  needNew(handoverId, known.leadOffers);
  needAgencies([toAgency], ground);
  const to = { toAgency, toProfessional: needText('toProfessional', toProfessional), toUser };
  const offer = { handoverId, fromAgency: from.agency, fromUser: from.user ?? UNNAMED, ...to };
  return [fact('hub.leadProfessional.handoverOffered', ground, { ...offer, offeredBy: by.user, reason })];
}

/** By the other side: nobody accepts their own offer. One fact ends the old lead and begins the new one. */
export function acceptLeadHandover(
  known: Known,
  { handoverId, by }: AcceptLeadHandover,
  ground: Ground,
): readonly CaseworkEvent[] {
  const offer = known.leadOffers.find(({ id }) => id === handoverId);
  if (offer === undefined) throw new Conflict('no-handover', 'there is no such handover');
  const { from, to, offeredBy, acceptedAt } = offer;
  if (acceptedAt !== null) throw new Conflict('handover-accepted', 'the handover was accepted');
  if (offer !== known.leadOffers.at(-1) || !leads(known, from, ground))
    throw new Conflict('handover-lapsed', 'another offer or another lead has come since');
  if (offeredBy === by.user && mayOffer(by, from))
    throw new Conflict('handover-own-offer', 'a handover is accepted by somebody other than offered it');
  return [
    fact('hub.leadProfessional.handedOver', ground, {
      ...to,
      ...{ handoverId, fromAgency: from.agency, fromUser: from.user, acceptedAt: instantOf(ground.at) },
    }),
  ];
}

/** A namesake of whoever offered it, in an agency that cannot have done so, is somebody else. */
function mayOffer({ agency }: Actor, from: LeadOffer['from']): boolean {
  return agency === from.agency || agencyOf(agency)?.kind === 'hub';
}

/** In the place of a user's name that no fact tells. */
const UNNAMED = 'not-recorded';

function leads(known: Known, { agency, user }: LeadOffer['from'], { at }: Ground): boolean {
  return lastingLeads(known, at).some((lead) => lead.agency === agency && (lead.user ?? UNNAMED) === user);
}
