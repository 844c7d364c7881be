import { areasOf, type BorderHandover, borderHandoversOf } from './area.js';
import { type Selection, selectionsOf } from './cohort.js';
import { type Conference, conferencesOf } from './conference.js';
import { type ExitPlan, exitsOf } from './exit.js';
import { type Held } from './held.js';
import { type Informed, informedOf } from './informing.js';
import { type Intervention, interventionsOf } from './intervention.js';
import { type Lead, type LeadOffer, leadOffersOf, leadsOf } from './lead.js';
import { type Level, levelsOf, type Management, managementOf } from './level.js';
import { type Assessment, assessmentsOf } from './needs.js';
import { stepsOf } from './read-data.js';
import { type ReadFact } from './read-fact.js';
import { type Referral, referralsOf } from './referral.js';
import { responsibilitiesOf, type Responsibility } from './responsibility.js';

export type { Assessment, BorderHandover, Conference, ExitPlan, Informed, Intervention, Lead, LeadOffer };
export type { Level, Management, Referral, Responsibility, Selection };
export type { Cohort } from './cohort.js';

/**
 * All of one person's casework, from referral to exit. Moments are epoch milliseconds, `by` holds log event ids. What a
 * reader's picture does not hold is null or absent here.
 */
export interface Case {
  readonly referrals: readonly Referral[];
  /** One interval a decision; an empty list: managed at no level. */
  readonly levels: readonly Held<readonly Level[]>[];
  readonly management: readonly Held<Management>[];
  readonly responsibilities: readonly Responsibility[];
  readonly conferences: readonly Conference[];
  readonly selections: readonly Selection[];
  readonly areas: readonly Held<string>[];
  /** One at any moment, if commands alone made them; several where facts say so. */
  readonly leads: readonly Held<Lead>[];
  readonly leadOffers: readonly LeadOffer[];
  readonly borderHandovers: readonly BorderHandover[];
  /** In the order of their moments. */
  readonly assessments: readonly Assessment[];
  readonly interventions: readonly Intervention[];
  readonly informed: readonly Informed[];
  readonly exits: readonly ExitPlan[];
}

/**
 * What a person's facts, in log order, add up to: corrected and retracted ones do not count, and what arrives late takes
 * its place in time. Any part of any fact may be missing.
 */
export function caseOf(facts: readonly ReadFact[]): Case {
  const steps = stepsOf(facts);
  return {
    referrals: referralsOf(steps),
    levels: levelsOf(steps),
    management: managementOf(steps),
    responsibilities: responsibilitiesOf(steps),
    conferences: conferencesOf(steps),
    selections: selectionsOf(steps),
    areas: areasOf(steps),
    leads: leadsOf(steps),
    leadOffers: leadOffersOf(steps),
    borderHandovers: borderHandoversOf(steps),
    assessments: assessmentsOf(steps),
    interventions: interventionsOf(steps),
    informed: informedOf(steps),
    exits: exitsOf(steps),
  };
}

/** Of somebody about whom nothing is recorded. */
export const NO_CASE: Case = caseOf([]);
