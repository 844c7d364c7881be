import { agencyOf } from '../../contract/agency.js';
import { type BorderHandover } from './area.js';
import { type Actor } from './asked.js';
import { type CaseworkCommand } from './command.js';
import { type Held } from './held.js';
import { type Intervention } from './intervention.js';
import { type Lead, type LeadOffer } from './lead.js';
import { lastingLeads } from './lead-professional.js';

interface Known {
  readonly leads: readonly Held<Lead>[];
  readonly leadOffers: readonly LeadOffer[];
  readonly borderHandovers: readonly BorderHandover[];
  readonly interventions: readonly Intervention[];
}

/**
 * Whether somebody may ask this at all: the IOM team whatever it is, decisions its coordinators alone; any agency that a
 * person be referred; the lead's agency what the lead does; a provider what it provides; whoever is offered something
 * that they take it.
 */
export function isPermitted(known: Known, command: CaseworkCommand, at: number): boolean {
  const { by } = command;
  const isLeads = (): boolean =>
    practises(by) && lastingLeads(known, at).some(({ agency }) => agency === by.agency);
  switch (command.type) {
    case 'raise-referral':
      return practises(by);
    case 'decide-management':
    case 'select-cohort':
    case 'review-cohort':
    case 'deselect-cohort':
    case 'offer-border-handover':
      return isOfTeam(by) && by.roles.includes('coordinator');
    case 'assess-needs':
    case 'plan-intervention':
    case 'refer-intervention':
    case 'inform-subject':
    case 'offer-lead-handover':
      return isOfTeam(by) || isLeads();
    case 'start-intervention':
    case 'complete-intervention':
      return isOfTeam(by) || isLeads() || provides(known, command.interventionId, by);
    case 'accept-lead-handover':
      return isOfferedLead(known, command.handoverId, by);
    case 'accept-border-handover':
      return isOfferedPerson(known, command.handoverId, by);
    default:
      return isOfTeam(by);
  }
}

function practises({ roles }: Actor): boolean {
  return roles.includes('practitioner') || roles.includes('coordinator');
}

function isOfTeam(by: Actor): boolean {
  return agencyOf(by.agency)?.kind === 'hub' && practises(by);
}

function provides({ interventions }: Known, interventionId: string, by: Actor): boolean {
  return (
    practises(by) && interventions.some(({ id, provider }) => id === interventionId && provider === by.agency)
  );
}

/** The one whom the offer names, or a coordinator of their agency. */
function isOfferedLead({ leadOffers }: Known, handoverId: string, by: Actor): boolean {
  const to = leadOffers.find(({ id }) => id === handoverId)?.to;
  if (to?.agency !== by.agency) return false;
  return (practises(by) && to.user === by.user) || by.roles.includes('coordinator');
}

function isOfferedPerson({ borderHandovers }: Known, handoverId: string, by: Actor): boolean {
  const isTheirs = borderHandovers.some(({ id, toAgency }) => id === handoverId && toAgency === by.agency);
  return isTheirs && (by.roles.includes('coordinator') || by.roles.includes('signatory'));
}
