import { standing } from '../../governance/governance.js';
import { startOfDay } from '../day.js';
import { type PersonHistory } from '../history.js';
import { type Ground, managedBy, managedSpans } from './ground.js';
import { acts, type ElementResult, facts, measured, resultOf, sorted } from './result.js';
import { lengthOf, overlaps, type Spans, spansOf, united, within, without } from './spans.js';

type Intervention = PersonHistory['case']['interventions'][number];

/** 3.1: nobody has two interventions of the same kind, from different providers, at the same time. */
export function withoutDuplication({ histories, span }: Ground): ElementResult {
  const running = histories
    .map((history) => ({
      history,
      interventions: history.case.interventions.filter((each) => isRunning(each, span)),
    }))
    .filter(({ interventions }) => interventions.length > 0);
  return resultOf('3.1', [
    measured({
      what: 'people whose interventions in the period did not overlap with another of the same pathway',
      unit: 'people',
      missing: 'interventions of the same pathway overlap, or there were none',
      ...sorted(
        running,
        ({ interventions }) => lengthOf(within(duplicated(interventions), span)) === 0,
        ({ interventions }) => facts(interventions.flatMap(({ by }) => by)),
      ),
    }),
  ]);
}

function spanOfIntervention({ startedAt, completedAt }: Intervention): Spans {
  return startedAt === null ? [] : spansOf([{ from: startedAt, to: completedAt }]);
}

function isRunning(intervention: Intervention, span: Ground['span']): boolean {
  return lengthOf(within(spanOfIntervention(intervention), span)) > 0;
}

/** When two providers worked on the same pathway; an interval each, however often one began anew. */
function duplicated(interventions: readonly Intervention[]): Spans {
  const pathways = Map.groupBy(
    interventions.filter(({ pathway }) => pathway !== null),
    ({ pathway }) => pathway,
  );
  return united(
    [...pathways.values()].flatMap((group) => {
      const byProvider = [...Map.groupBy(group, ({ provider }) => provider).values()];
      return overlaps(byProvider.map((each) => united(each.flatMap(spanOfIntervention))));
    }),
  );
}

/** 3.2: the rules for cohorts were reviewed, and the next review is not overdue. */
export function focusReviewed({ governance, moment }: Ground): ElementResult {
  const reviews = standing(governance, 'cohortRulesReviewed', moment);
  const isCurrent = ({ value }: (typeof reviews)[number]): boolean => moment < startOfDay(value.nextReview);
  return resultOf('3.2', [
    measured({
      what: 'reviews of the rules for cohorts that still stand',
      unit: 'acts',
      missing:
        reviews.length === 0 ? 'the rules for cohorts were never reviewed' : 'the next review is overdue',
      ...sorted(reviews, isCurrent, (each) => acts([each])),
    }),
  ]);
}

/** 3.3: of whoever is managed it is known at every moment whether by statute or by their own will. */
export function onTheRadar({ histories, span }: Ground): ElementResult {
  const managed = histories.filter((history) => lengthOf(within(managedSpans(history), span)) > 0);
  const gapOf = (history: PersonHistory): Spans =>
    without(within(managedSpans(history), span), spansOf([...history.case.management, ...history.providers]));
  return resultOf('3.3', [
    measured({
      what: 'people managed in the period of whom it is always known whether by statute or by agreement',
      unit: 'people',
      missing: 'for some managed time nobody says whether by statute or by agreement, or nobody is managed',
      ...sorted(
        managed,
        (each) => lengthOf(gapOf(each)) === 0,
        (each) => facts([...managedBy(each), ...each.providers.flatMap(({ by }) => by)]),
      ),
    }),
  ]);
}
