import { type Held } from './held.js';
import { idIn, ofType, type Step, textIn } from './read-data.js';

const APPOINTED = 'hub.leadProfessional.appointed';
const ENDED = 'hub.leadProfessional.ended';
const OFFERED = 'hub.leadProfessional.handoverOffered';
const HANDED_OVER = 'hub.leadProfessional.handedOver';

/** Who leads on a person's case, of any agency, the voluntary sector included (KP 4.2). What is hidden is null. */
export interface Lead {
  /** Agency id. */
  readonly agency: string | null;
  /** The name under which the agency's tokens know them. */
  readonly user: string | null;
  readonly professional: string | null;
}

export interface LeadOffer {
  readonly id: string;
  readonly at: number;
  readonly from: Pick<Lead, 'agency' | 'user'>;
  readonly to: Lead;
  readonly offeredBy: string | null;
  readonly acceptedAt: number | null;
  readonly by: readonly string[];
}

/** A handover ends every lead before it in the instant in which it begins the new one. */
export function leadsOf(steps: readonly Step[]): readonly Held<Lead>[] {
  return steps.reduce<readonly Held<Lead>[]>((leads, step) => {
    if (step.type === APPOINTED) return begun(leads, step);
    if (step.type === ENDED) return ended(leads, step, (lead) => isEndedBy(lead, step));
    if (step.type === HANDED_OVER)
      return begun(
        ended(leads, step, () => true),
        step,
      );
    return leads;
  }, []);
}

export function leadOffersOf(steps: readonly Step[]): readonly LeadOffer[] {
  return ofType(steps, OFFERED).map((offered) => {
    const { at, data } = offered;
    const id = idIn(offered, 'handoverId');
    const accepted = ofType(steps, HANDED_OVER).find((step) => step.data['handoverId'] === id);
    return {
      ...{ id, at, from: { agency: textIn(data, 'fromAgency'), user: textIn(data, 'fromUser') } },
      to: {
        agency: textIn(data, 'toAgency'),
        user: textIn(data, 'toUser'),
        professional: textIn(data, 'toProfessional'),
      },
      offeredBy: textIn(data, 'offeredBy'),
      acceptedAt: accepted?.at ?? null,
      by: [offered.id, ...(accepted === undefined ? [] : [accepted.id])],
    };
  });
}

function begun(leads: readonly Held<Lead>[], step: Step): readonly Held<Lead>[] {
  const value = leadIn(step);
  if (leads.some((lead) => lead.to === null && isSame(lead.value, value))) return leads;
  return [...leads, { value, from: step.at, to: null, by: [step.id] }];
}

function ended(
  leads: readonly Held<Lead>[],
  { at, id }: Step,
  isMeant: (lead: Lead) => boolean,
): readonly Held<Lead>[] {
  return leads.map((lead) =>
    lead.to === null && isMeant(lead.value) ? { ...lead, to: at, by: [...lead.by, id] } : lead,
  );
}

function leadIn({ data }: Step): Lead {
  return {
    agency: textIn(data, 'agency'),
    user: textIn(data, 'user'),
    professional: textIn(data, 'professional'),
  };
}

/** An end that names no user is meant for every lead of the agency. */
function isEndedBy(lead: Lead, step: Step): boolean {
  const { agency, user } = leadIn(step);
  return mayBe(agency, lead.agency) && mayBe(user, lead.user);
}

function mayBe(one: string | null, other: string | null): boolean {
  return one === null || other === null || one === other;
}

/** Two leads of whom everything is hidden are not known to be one. */
function isSame(one: Lead, other: Lead): boolean {
  const isNamed = one.user !== null || one.professional !== null;
  return (
    isNamed &&
    one.agency === other.agency &&
    one.user === other.user &&
    one.professional === other.professional
  );
}
