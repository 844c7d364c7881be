/** What of a person's life a lead professional hears of at once (issue: watching for people). */
export const watchedKinds = [
  'arrest',
  'charge',
  'recall',
  'release',
  'positive-drug-test',
  'missed-treatment',
  'tenancy-end',
] as const;
export type WatchedKind = (typeof watchedKinds)[number];

/** What a field must say for a fact to be of the kind. */
interface Condition {
  readonly path: string;
  readonly among: readonly unknown[];
}

/** A fact of this type, with these fields where any are named, is of this kind. */
interface WatchedRule {
  readonly kind: WatchedKind;
  readonly type: string;
  readonly holds?: Condition;
}

/** A release on temporary absence, to court or to another prison releases nobody. */
export const watchedRules: readonly WatchedRule[] = [
  { kind: 'arrest', type: 'police.arrest.recorded' },
  { kind: 'arrest', type: 'police.pncOutcome.imported', holds: { path: 'record', among: ['arrest'] } },
  { kind: 'charge', type: 'police.charge.laid' },
  { kind: 'charge', type: 'police.pncOutcome.imported', holds: { path: 'record', among: ['charge'] } },
  { kind: 'recall', type: 'probation.recall.decided' },
  { kind: 'release', type: 'prison.released', holds: { path: 'reason', among: ['RELEASED'] } },
  { kind: 'release', type: 'prison.released', holds: { path: 'releasedToHospital', among: [true] } },
  {
    kind: 'positive-drug-test',
    type: 'police.drugTest.performed',
    holds: { path: 'result', among: ['positive'] },
  },
  {
    kind: 'missed-treatment',
    type: 'treatment.attendance.recorded',
    holds: { path: 'attendance', among: ['missed'] },
  },
  { kind: 'tenancy-end', type: 'housing.placement.ended' },
];

const watchedTypes: ReadonlySet<string> = new Set(watchedRules.map(({ type }) => type));

/** Whether any fact of a type is watched for. */
export function isWatched(type: string): boolean {
  return watchedTypes.has(type);
}

/** What a fact is watched as, and the paths of the fields that told it. */
export interface Watched {
  readonly kind: WatchedKind;
  readonly told: readonly string[];
}

/**
 * What a fact is watched as by somebody who sees these values of it in the clear, by path. What they do not see cannot
 * make it anything: a test whose result is withheld is no positive test (minimum necessary, R2).
 */
export function watchedAs(type: string, values: Readonly<Record<string, unknown>>): Watched | undefined {
  const rule = watchedRules.find(
    (each) =>
      each.type === type &&
      (each.holds === undefined ||
        (Object.hasOwn(values, each.holds.path) && each.holds.among.includes(values[each.holds.path]))),
  );
  return rule && { kind: rule.kind, told: rule.holds === undefined ? [] : [rule.holds.path] };
}
