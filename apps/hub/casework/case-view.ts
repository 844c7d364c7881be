import { type Case } from '../../../libs/domain/casework/case.js';
import { type Held } from '../../../libs/domain/casework/held.js';
import { reassessmentDue } from '../../../libs/domain/casework/needs.js';
import {
  type AssessmentModel,
  type CaseworkModel,
  type HandoverModel,
  type PeriodModel,
  type ReferralModel,
  type SelectionModel,
} from './case-model.js';

/** A case as GraphQL shows it; `at` is the moment of the question, epoch milliseconds. */
export function caseView(known: Case, at: number): CaseworkModel {
  return {
    referrals: known.referrals.map(referralOf),
    levels: known.levels.map((held) => periodOf(held, held.value)),
    management: known.management.map((held) => periodOf(held, [held.value])),
    areas: known.areas.map((held) => periodOf(held, [held.value])),
    selections: known.selections.map(selectionOf),
    leads: known.leads.map(({ value: { agency, professional }, from, to, by }) => ({
      agency,
      professional,
      from: told(from),
      to: maybe(to),
      facts: by,
    })),
    handovers: handoversOf(known),
    assessments: known.assessments.map(assessmentOf),
    reassessmentDue: maybe(reassessmentDue(known, at)),
    interventions: known.interventions.map((each) => ({
      ...each,
      planned: maybe(each.plannedAt),
      referred: maybe(each.referredAt),
      started: maybe(each.startedAt),
      completed: maybe(each.completedAt),
      facts: each.by,
    })),
    informed: known.informed.map((each) => ({ ...each, at: told(each.at), facts: each.by })),
    exits: known.exits.map(({ id, at: planned, watchMonths, watchUntil, outcome, by }) => ({
      id,
      planned: told(planned),
      watchMonths,
      watchUntil: maybe(watchUntil),
      outcome,
      facts: by,
    })),
  };
}

function referralOf({
  id,
  at,
  agency,
  levels,
  meeting,
  decidedBy,
  by,
}: Case['referrals'][number]): ReferralModel {
  return {
    id,
    raised: told(at),
    agency,
    levels,
    meeting: maybe(meeting?.heldOn ?? null),
    attendees: meeting?.attendees ?? [],
    agreements: meeting?.agreements ?? [],
    decidedBy,
    facts: [...by, ...(meeting?.by ?? [])],
  };
}

function selectionOf(selection: Case['selections'][number]): SelectionModel {
  const { cohort, at, ended, ruleVersion, criteria, inputs, by } = selection;
  return {
    cohort,
    from: told(at),
    to: maybe(ended?.at ?? null),
    ruleVersion,
    criteria: criteria.map(({ criterion, met }) => `${criterion}: ${met}`),
    inputs,
    watchUntil: maybe(ended?.watchUntil ?? null),
    facts: by,
  };
}

function handoversOf({ leadOffers, borderHandovers }: Case): readonly HandoverModel[] {
  const leads = leadOffers.map((offer) => ({
    ...offer,
    of: 'lead',
    from: offer.from.agency,
    to: offer.to.agency,
  }));
  const areas = borderHandovers.map((each) => ({
    ...each,
    of: 'area',
    from: each.fromArea,
    to: each.toArea,
  }));
  return [...leads, ...areas].map(({ id, of, from, to, at, acceptedAt, by }) => ({
    id,
    of,
    from,
    to,
    offered: told(at),
    accepted: maybe(acceptedAt),
    facts: by,
  }));
}

function assessmentOf({ at, instrument, scores, stars, by }: Case['assessments'][number]): AssessmentModel {
  const pathways = scores.map(({ pathway: name, score, needIdentified }) => ({
    name,
    score,
    needIdentified,
  }));
  const areas = stars.map(({ area: name, score }) => ({ name, score, needIdentified: null }));
  return { at: told(at), instrument, scores: [...pathways, ...areas], facts: by };
}

function periodOf({ from, to, by }: Held<unknown>, values: readonly string[]): PeriodModel {
  return { values, from: told(from), to: maybe(to), facts: by };
}

function told(at: number): string {
  return new Date(at).toISOString();
}

function maybe(at: number | null): string | null {
  return at === null ? null : told(at);
}
