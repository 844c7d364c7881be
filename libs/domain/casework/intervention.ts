import { numberIn, type Step, textIn, wordIn } from './read-data.js';

export const PLANNED = 'hub.intervention.planned';
export const REFERRED = 'hub.intervention.referred';
export const STARTED = 'hub.intervention.started';
export const COMPLETED = 'hub.intervention.completed';
const types: ReadonlySet<string> = new Set([PLANNED, REFERRED, STARTED, COMPLETED]);

export const interventionOutcomes = ['completed', 'not-completed', 'withdrawn'] as const;
export type InterventionOutcome = (typeof interventionOutcomes)[number];

/** One intervention on a pathway, from its place in the plan to its end (KP 4.1, KP 6.2). */
export interface Intervention {
  readonly id: string;
  readonly pathway: string | null;
  /** Its place in the plan. */
  readonly sequence: number | null;
  /** Agency id. */
  readonly provider: string | null;
  readonly plannedAt: number | null;
  readonly referredAt: number | null;
  readonly startedAt: number | null;
  readonly completedAt: number | null;
  readonly outcome: InterventionOutcome | null;
  readonly by: readonly string[];
}

/** What facts that name the same intervention say of it, whichever of them there are. */
export function interventionsOf(steps: readonly Step[]): readonly Intervention[] {
  const about = Map.groupBy(
    steps.filter(({ type }) => types.has(type)),
    (step) => textIn(step.data, 'interventionId') ?? step.id,
  );
  return [...about.entries()].map(([id, own]) => interventionOf(id, own));
}

function interventionOf(id: string, own: readonly Step[]): Intervention {
  const when = (type: string): number | null => own.find((step) => step.type === type)?.at ?? null;
  const said = <V>(read: (data: Step['data']) => V | null): V | null =>
    own.map(({ data }) => read(data)).findLast((value) => value !== null) ?? null;
  return {
    id,
    pathway: said((data) => textIn(data, 'pathway')),
    sequence: said((data) => numberIn(data, 'sequence')),
    provider: said((data) => textIn(data, 'provider')),
    plannedAt: when(PLANNED),
    referredAt: when(REFERRED),
    startedAt: when(STARTED),
    completedAt: when(COMPLETED),
    outcome: said((data) => wordIn(data, 'outcome', interventionOutcomes)),
    by: own.map((step) => step.id),
  };
}
