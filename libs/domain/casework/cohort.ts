import { type Criterion } from './cohort-rules.js';
import { type Data, endIn, recordsIn, type Step, textIn, textsIn, wordIn } from './read-data.js';
import { type ReadFact } from './read-fact.js';

export const cohorts = ['Fixed', 'Flex', 'Free', 'PPO'] as const;
export type Cohort = (typeof cohorts)[number];

/** One selection for a cohort, with the version of the rules and what was known when a human decided (R21). */
export interface Selection {
  readonly cohort: Cohort;
  readonly at: number;
  /** `watchUntil`: when the last day of the watch is over, as decided then; null where nobody says. */
  readonly ended: {
    readonly at: number;
    readonly exitPlanId: string | null;
    readonly watchUntil: number | null;
  } | null;
  readonly ruleVersion: string | null;
  readonly criteria: readonly Criterion[];
  /** Log event ids of the facts relied on. */
  readonly inputs: readonly string[];
  readonly priorityRef: string | null;
  /** Agency ids. */
  readonly partners: readonly string[];
  /** When the day is over by which it must be reviewed. */
  readonly nextReview: number | null;
  readonly by: readonly string[];
}

/** A selection that is made anew ends the one before it. */
export function selectionsOf(steps: readonly Step[]): readonly Selection[] {
  return steps.reduce<readonly Selection[]>((selections, step) => {
    switch (step.type) {
      case 'hub.cohort.selected':
        return selected(selections, step);
      case 'hub.cohort.reviewed':
        return changed(selections, step, 'reviewed', { nextReview: endIn(step.data, 'nextReview') });
      case 'hub.cohort.deselected':
        return changed(selections, step, 'cohort', { ended: endedBy(step) });
      default:
        return selections;
    }
  }, []);
}

function selected(selections: readonly Selection[], step: Step): readonly Selection[] {
  const { id, at, data } = step;
  const cohort = wordIn(data, 'cohort', cohorts);
  if (cohort === null) return selections;
  const ended = { at, exitPlanId: null, watchUntil: null };
  const begun: Selection = {
    ...{ cohort, at, ended: null, by: [id] },
    ruleVersion: textIn(data, 'criteriaVersion'),
    criteria: recordsIn(data, 'criteria').flatMap(criterionIn),
    inputs: textsIn(data, 'inputs'),
    priorityRef: textIn(data, 'priorityRef'),
    partners: textsIn(data, 'partners'),
    nextReview: endIn(data, 'nextReview'),
  };
  return [...changed(selections, step, 'cohort', { ended }), begun];
}

/** The lasting selection for the cohort that a step names, with what the step changes about it. */
function changed(
  selections: readonly Selection[],
  { id, data }: Step,
  field: string,
  change: Partial<Selection>,
): readonly Selection[] {
  return selections.map((each) =>
    each.ended === null && each.cohort === data[field] ? { ...each, ...change, by: [...each.by, id] } : each,
  );
}

function endedBy({ at, data }: Step): Selection['ended'] {
  return { at, exitPlanId: textIn(data, 'exitPlanRef'), watchUntil: endIn(data, 'watchUntil') };
}

function criterionIn(data: Data): readonly Criterion[] {
  const [criterion, met] = [
    textIn(data, 'criterion'),
    wordIn(data, 'met', ['yes', 'no', 'unknown'] as const),
  ];
  return criterion === null || met === null ? [] : [{ criterion, met, evidence: textsIn(data, 'evidence') }];
}

/** An input of a selection that was put right later, and the fact that did so. */
export interface LostSupport {
  readonly selection: Selection;
  /** Log event ids. */
  readonly input: string;
  readonly by: string;
  readonly how: 'corrected' | 'retracted';
}

/** Selections that facts supported which were corrected or retracted since: for a human to look at again. */
export function supportedBy(
  selections: readonly Selection[],
  facts: readonly ReadFact[],
): readonly LostSupport[] {
  return selections.flatMap((selection) =>
    facts.flatMap(({ id, corrects, retracts }): readonly LostSupport[] => {
      const input = retracts ?? corrects;
      if (input === null || !selection.inputs.includes(input)) return [];
      return [{ selection, input, by: id, how: retracts === null ? 'corrected' : 'retracted' }];
    }),
  );
}
