import { type Intervention } from './intervention.js';
import { type Assessment } from './needs.js';

/** From a need to what was done about it (KP 4.1). */
export interface PathwayGap {
  readonly pathway: string;
  /** When the need was identified first. */
  readonly needAt: number;
  /** Before `needAt` where something was under way already; null: not yet. */
  readonly referredAt: number | null;
  readonly startedAt: number | null;
  /** Log event ids. */
  readonly by: readonly string[];
}

interface Known {
  readonly assessments: readonly Assessment[];
  readonly interventions: readonly Intervention[];
}

/** Of every pathway with a need. What was over before the need was identified does not answer it. */
export function pathwayGaps({ assessments, interventions }: Known): readonly PathwayGap[] {
  const identified = new Map<string, Assessment>();
  for (const assessment of assessments.toSorted((one, other) => one.at - other.at)) {
    for (const { pathway, needIdentified } of assessment.scores)
      if (needIdentified && !identified.has(pathway)) identified.set(pathway, assessment);
  }
  return [...identified.entries()].map(([pathway, { at, by }]) => {
    const answers = interventions.filter(
      (each) => each.pathway === pathway && (each.completedAt ?? Infinity) >= at,
    );
    return {
      ...{ pathway, needAt: at },
      referredAt: first(answers.map(({ referredAt }) => referredAt)),
      startedAt: first(answers.map(({ startedAt }) => startedAt)),
      by: [...by, ...answers.flatMap((each) => each.by)],
    };
  });
}

function first(moments: readonly (number | null)[]): number | null {
  const known = moments.filter((each) => each !== null);
  return known.length === 0 ? null : Math.min(...known);
}
