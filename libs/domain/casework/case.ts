import { type BorderHandover } from './area.js';
import { type Selection } from './cohort.js';
import { type Conference } from './conference.js';
import { type ExitPlan } from './exit.js';
import { type Held } from './held.js';
import { type Informed } from './informing.js';
import { type Intervention } from './intervention.js';
import { type Lead, type LeadOffer } from './lead.js';
import { type Level, type Management } from './level.js';
import { type Assessment } from './needs.js';
import { type ReadFact } from './read-fact.js';
import { type Referral } from './referral.js';
import { type Responsibility } from './responsibility.js';

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

declare const pending: (facts: readonly ReadFact[]) => Case;
export function caseOf(facts: readonly ReadFact[]): Case {
  return pending(facts);
}
