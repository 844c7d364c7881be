import { agencyOf, type AgencyKind } from '../../contract/agency.js';
import { type SensitivityClass } from '../../contract/catalogue/entry.js';
import { startOf } from '../agreement/decide.js';
import { type Protection } from './data-protection.js';
import { type Holding } from './holding.js';
import {
  type ClockStart,
  type MopiGroup,
  type RetentionRule,
  type RetentionSchedule,
  retentionSchedules,
} from './retention-rules.js';

/**
 * What is needed: that somebody reviews whether to keep; that the person is erased; or, while other facts of the person
 * are still to be kept, that these are restricted until then, because one key holds all of a person's facts.
 */
export type Need = 'review' | 'erase' | 'restrict';

/** That facts of one class about a person have been kept as long as a rule says (R10, R50). */
export interface RetentionDue {
  readonly offender: string;
  readonly class: SensitivityClass;
  readonly publishers: readonly string[];
  readonly rule: RetentionRule;
  readonly schedule: number;
  /** Epoch milliseconds: when the clock started, and since when something is needed. */
  readonly started: number;
  readonly due: number;
  readonly need: Need;
  /** A hold forbids to erase. */
  readonly held: boolean;
  /** The whole person is restricted already. */
  readonly restricted: boolean;
}

/** The schedule in force at a moment, epoch milliseconds; undefined before the first. */
export function scheduleAt(
  at: number,
  schedules: readonly RetentionSchedule[] = retentionSchedules,
): RetentionSchedule | undefined {
  return schedules.findLast(({ from }) => startOf(from) <= at);
}

/** MAPPA puts a person in group 1; else the group that a reviewer found; else 3, all other offences (R50). */
export function mopiGroupOf({ isMappa }: Pick<Holding, 'isMappa'>, { group }: Protection): MopiGroup {
  return isMappa ? '1' : (group ?? '3');
}

/** What is due at a moment (epoch milliseconds) of what is held of a person; nothing of one who is erased. */
export function retentionDue(
  holding: Holding,
  protection: Protection,
  at: number,
  schedule: RetentionSchedule | undefined = scheduleAt(at),
): readonly RetentionDue[] {
  const { review, holds, restrictions } = protection;
  const kept =
    schedule === undefined || protection.erased !== null ? [] : keptBy(schedule, holding, protection);
  const needs = kept.map((each) => ({ ...each, ...needOf(each, holding, protection, at) }));
  const everythingGoes = needs.every(({ need }) => need === 'erase');
  return needs.flatMap(({ need, due, started, ...each }) => {
    if (need === null || started === null || schedule === undefined) return [];
    return {
      ...each,
      offender: holding.offender,
      schedule: schedule.version,
      started,
      due,
      need: need === 'erase' && !everythingGoes ? 'restrict' : need,
      held: holds.length > 0,
      restricted: restrictions.some(({ facts }) => facts === undefined) || review?.outcome === 'restrict',
    };
  });
}

/** Whether a rule asks that somebody decide before anything of a person is erased, and nobody has, knowing all facts. */
export function lacksReview(holding: Holding, protection: Protection, at: number): boolean {
  const schedule = scheduleAt(at);
  const kept = schedule === undefined ? [] : keptBy(schedule, holding, protection);
  return kept.some(({ rule }) => rule.atEnd === 'review') && !isDecided(holding, protection);
}

interface Kept {
  readonly class: SensitivityClass;
  readonly rule: RetentionRule;
  readonly publishers: readonly string[];
  /** Null while the clock has not started. */
  readonly started: number | null;
}

/** The facts of a person by class and the rule that covers them. */
function keptBy({ rules }: RetentionSchedule, holding: Holding, protection: Protection): readonly Kept[] {
  const group = mopiGroupOf(holding, protection);
  const lines = [...holding.newest].flatMap(([publisher, byClass]) =>
    [...byClass].flatMap(([each, newest]) => {
      const rule = rules.find((candidate) => covers(candidate, agencyOf(publisher)?.kind, each, group));
      return rule === undefined ? [] : [{ publisher, class: each, rule, newest }];
    }),
  );
  const grouped = Map.groupBy(lines, ({ class: each, rule }) => `${each} ${rule.id}`);
  return [...grouped.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const newest = Math.max(...same.map((line) => line.newest));
    const started = latest(first.rule.starts.map((start) => startedBy(start, newest, holding)));
    const publishers = same.map(({ publisher }) => publisher).sort();
    return [{ class: first.class, rule: first.rule, publishers, started }];
  });
}

function covers(
  rule: RetentionRule,
  kind: AgencyKind | undefined,
  sensitivity: SensitivityClass,
  group: MopiGroup,
): boolean {
  return (
    (rule.kinds === undefined || (kind !== undefined && rule.kinds.includes(kind))) &&
    (rule.classes?.includes(sensitivity) ?? true) &&
    (rule.group === undefined || rule.group === group)
  );
}

/** When a clock starts: null while what it waits for still runs; at once when that never was. */
function startedBy(start: ClockStart, newest: number, { deselected, orderEnded }: Holding): number | null {
  if (start === 'last-fact') return newest;
  const ending = start === 'deselection' ? deselected : orderEnded;
  return ending === 'running' ? null : (ending ?? newest);
}

function latest(moments: readonly (number | null)[]): number | null {
  return moments.reduce((one, other) => (one === null || other === null ? null : Math.max(one, other)), 0);
}

/** What is needed by a moment, and since when; null when nothing is. */
function needOf(
  { rule, started }: Kept,
  holding: Holding,
  protection: Protection,
  at: number,
): { readonly need: 'review' | 'erase' | null; readonly due: number } {
  const { review } = protection;
  if (review !== null && isDecided(holding, protection)) return { need: 'erase', due: review.at };
  if (started === null) return { need: null, due: at };
  const next = review?.nextReview == null ? null : startOf(review.nextReview);
  if (next !== null && at < next) return { need: null, due: next };
  const ends = endOf(rule, started, holding);
  if (at >= ends && rule.atEnd === 'erase') return { need: 'erase', due: Math.max(ends, next ?? ends) };
  const due =
    next ?? Math.min(ends, rule.reviewEvery === null ? ends : yearsAfter(started, rule.reviewEvery));
  return at >= due ? { need: 'review', due } : { need: null, due };
}

/** Whether a review has found, after the last fact came, that the person is to be erased. */
function isDecided({ lastReceived }: Holding, { review }: Protection): boolean {
  return review?.outcome === 'erase' && review.at >= lastReceived;
}

/** When the period is over; of a person whose age nobody knows it never is, for certain. */
function endOf({ period }: RetentionRule, started: number, { born }: Holding): number {
  if ('years' in period) return yearsAfter(started, period.years);
  const youngest = born.toSorted().at(-1);
  if (youngest === undefined) return Number.MAX_SAFE_INTEGER;
  return Math.max(started, monthsAfter(startOf(`${youngest}-01`), 12 * period.untilAge + 1));
}

function yearsAfter(moment: number, years: number): number {
  return monthsAfter(moment, 12 * years);
}

/** The same day of a later month, or its last day where it has no such day. */
function monthsAfter(moment: number, months: number): number {
  const date = new Date(moment);
  const day = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() + months);
  if (date.getUTCDate() !== day) date.setUTCDate(0);
  return date.getTime();
}
