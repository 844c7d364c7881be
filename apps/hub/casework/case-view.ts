import { dayOf } from '../../../libs/domain/agreement/time.js';
import { type Case } from '../../../libs/domain/casework/case.js';
import { type Held } from '../../../libs/domain/casework/held.js';
import { reassessmentDue } from '../../../libs/domain/casework/needs.js';
import {
  type AssessmentModel,
  type CaseworkModel,
  type HandoverModel,
  type LeadModel,
  type PeriodModel,
  type ReferralModel,
  type ScoreModel,
  type SelectionModel,
} from './case-model.js';
import { lastDay, maybe, maybeDay, type Modeller, modeller, type Tell, told } from './told-model.js';

/**
 * A case as GraphQL shows it; `at` is the moment of the question, epoch milliseconds. `tell` hears of each value when it is
 * asked for, so that the record of the answer holds what is in it and no more (R24).
 */
export function caseView(known: Case, at: number, tell: Tell): CaseworkModel {
  const model = modeller(tell);
  return {
    get referrals() {
      return known.referrals.map((each) => referralOf(each, model));
    },
    get levels() {
      return periodsOf(known.levels, 'levels', ({ value }) => value, model);
    },
    get management() {
      return periodsOf(known.management, 'management', ({ value }) => [value], model);
    },
    get responsibilities() {
      return known.responsibilities.map(({ at: from, toTeam, fromAgency, by }) =>
        model(by, {
          from: [told(from), 'transferredAt'],
          toTeam: [toTeam, 'toTeam'],
          fromAgency: [fromAgency, 'fromAgency'],
          facts: [by],
        }),
      );
    },
    get areas() {
      return periodsOf(known.areas, 'area', ({ value }) => [value], model);
    },
    get selections() {
      return known.selections.map((each) => selectionOf(each, model));
    },
    get leads() {
      return known.leads.map((each) => leadOf(each, model));
    },
    get handovers() {
      return handoversOf(known, model);
    },
    get assessments() {
      return known.assessments.map((each) => assessmentOf(each, model));
    },
    get reassessmentDue() {
      const due = reassessmentDue(known, at);
      if (due !== null) tell(known.assessments.findLast((each) => each.at <= at)?.by ?? [], ['assessedOn']);
      return lastDay(due);
    },
    get interventions() {
      return known.interventions.map(({ by, ...each }) =>
        model(by, {
          id: [each.id, 'interventionId'],
          pathway: [each.pathway, 'pathway'],
          sequence: [each.sequence, 'sequence'],
          provider: [each.provider, 'provider'],
          planned: [maybe(each.plannedAt)],
          referred: [maybeDay(each.referredAt), 'referredOn'],
          started: [maybeDay(each.startedAt), 'startedOn'],
          completed: [maybeDay(each.completedAt), 'completedOn'],
          outcome: [each.outcome, 'outcome'],
          facts: [by],
        }),
      );
    },
    get informed() {
      return known.informed.map(({ by, ...each }) =>
        model(by, {
          at: [dayOf(each.at), 'informedOn'],
          noticeVersion: [each.noticeVersion, 'noticeVersion'],
          told: [each.told, 'told'],
          format: [each.format, 'format'],
          language: [each.language, 'language'],
          facts: [by],
        }),
      );
    },
    get exits() {
      return known.exits.map(({ by, ...each }) =>
        model(by, {
          id: [each.id, 'exitPlanId'],
          planned: [told(each.at)],
          watchMonths: [each.watchMonths, 'watchMonths'],
          watchUntil: [lastDay(each.watchUntil), 'watchUntil'],
          outcome: [each.outcome, 'outcome'],
          facts: [by],
        }),
      );
    },
  };
}

function referralOf(referral: Case['referrals'][number], model: Modeller): ReferralModel {
  const { id, at, agency, levels, meeting, decidedBy, by } = referral;
  const facts = [...by, ...(meeting?.by ?? [])];
  return model<ReferralModel>(decidedBy === null ? facts : [...facts, decidedBy], {
    id: [id, 'referralId'],
    raised: [told(at)],
    agency: [agency, 'raisedByAgency'],
    levels: [levels, 'requestedLevels'],
    meeting: [maybeDay(meeting?.heldOn ?? null), 'heldOn'],
    attendees: [meeting?.attendees ?? [], 'attendees[].agency'],
    agreements: [meeting?.agreements ?? [], 'agreements'],
    decidedBy: [decidedBy, 'referralId'],
    facts: [facts],
  });
}

function selectionOf(selection: Case['selections'][number], model: Modeller): SelectionModel {
  const { cohort, at, ended, ruleVersion, criteria, inputs, by } = selection;
  return model<SelectionModel>(by, {
    cohort: [cohort, 'cohort', 'reviewed'],
    from: [told(at)],
    to: [maybe(ended?.at ?? null)],
    ruleVersion: [ruleVersion, 'criteriaVersion'],
    criteria: [
      criteria.map(({ criterion, met }) => `${criterion}: ${met}`),
      'criteria[].criterion',
      'criteria[].met',
    ],
    inputs: [inputs, 'inputs'],
    watchUntil: [lastDay(ended?.watchUntil ?? null), 'watchUntil'],
    facts: [by],
  });
}

function leadOf({ value, from, to, by }: Case['leads'][number], model: Modeller): LeadModel {
  return model<LeadModel>(by, {
    agency: [value.agency, 'agency'],
    professional: [value.professional, 'professional'],
    from: [told(from), 'acceptedAt'],
    to: [maybe(to), 'endedAt', 'acceptedAt'],
    facts: [by],
  });
}

function handoversOf({ leadOffers, borderHandovers }: Case, model: Modeller): readonly HandoverModel[] {
  const leads = leadOffers.map(({ id, from, to, at, acceptedAt, by }) =>
    model<HandoverModel>(by, {
      id: [id, 'handoverId'],
      of: ['lead'],
      from: [from.agency, 'fromAgency'],
      to: [to.agency, 'toAgency'],
      offered: [told(at)],
      accepted: [maybe(acceptedAt), 'acceptedAt'],
      facts: [by],
    }),
  );
  const areas = borderHandovers.map(({ id, fromArea, toArea, at, acceptedAt, by }) =>
    model<HandoverModel>(by, {
      id: [id, 'handoverId'],
      of: ['area'],
      from: [fromArea, 'fromArea'],
      to: [toArea, 'toArea'],
      offered: [told(at)],
      accepted: [maybe(acceptedAt), 'acceptedAt'],
      facts: [by],
    }),
  );
  return [...leads, ...areas];
}

function assessmentOf(
  { at, instrument, scores, stars, by }: Case['assessments'][number],
  model: Modeller,
): AssessmentModel {
  const pathways = scores.map(({ pathway, score, needIdentified }) =>
    model<ScoreModel>(by, {
      name: [pathway, 'pathways[].pathway'],
      score: [score, 'pathways[].scored', 'pathways[].score'],
      needIdentified: [needIdentified, 'pathways[].needIdentified'],
    }),
  );
  const areas = stars.map(({ area, score }) =>
    model<ScoreModel>(by, {
      name: [area, 'stars[].area'],
      score: [score, 'stars[].score'],
      needIdentified: [null],
    }),
  );
  return model<AssessmentModel>(by, {
    at: [dayOf(at), 'assessedOn'],
    instrument: [instrument, 'instrument'],
    scores: [[...pathways, ...areas]],
    facts: [by],
  });
}

/** Where one period ends tells when the next one begins. */
function periodsOf<V>(
  all: readonly Held<V>[],
  path: string,
  valuesOf: (held: Held<V>) => readonly string[],
  model: Modeller,
): readonly PeriodModel[] {
  return all.map((held, index) =>
    model<PeriodModel>([...held.by, ...(all[index + 1]?.by ?? [])], {
      values: [valuesOf(held), path],
      from: [told(held.from), 'acceptedAt'],
      to: [maybe(held.to), 'acceptedAt'],
      facts: [held.by],
    }),
  );
}
