import { type Feed, quantileOf } from '../performance/feeds.js';
import { quietDays, timeCounted, whenCounted } from './counted-time.js';
import { type FeedRule, type ImportRule, rulesAt, type SilenceRule, silenceRules } from './silence-rules.js';

/** A feed that has told nothing for longer than it should. */
export interface FeedSilence {
  readonly rule: FeedRule['id'] | ImportRule['id'];
  readonly version: number;
  /** Agency id. */
  readonly agency: string;
  /** The event type that is missing; null: the agency's every type. */
  readonly type: string | null;
  /** By when it would usually have told something, epoch milliseconds. */
  readonly due: number;
  /** When it became silent, epoch milliseconds. */
  readonly since: number;
  /** Log event id of what it told last. */
  readonly restsOn: readonly string[];
}

const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;

/**
 * Feeds that are silent at a moment (epoch milliseconds): for longer than so many times the gaps between receipts that they
 * are known for, not counting the days of the week on which they never tell anything; or, of the daily import, for longer
 * than a day (KP 5.3). Feeds with too few receipts to have a habit are not judged.
 */
export function feedSilences(
  feeds: readonly Feed[],
  at: number,
  rules: readonly SilenceRule[] = silenceRules,
): readonly FeedSilence[] {
  const silent = rulesAt(at, rules).flatMap((rule) =>
    feeds.flatMap((feed) => {
      if (rule.id === 'feed-silent') return againstBaseline(feed, at, rule) ?? [];
      return rule.id === 'import-stale' ? (stale(feed, at, rule) ?? []) : [];
    }),
  );
  return silent.filter(({ since }) => since <= at);
}

function againstBaseline(feed: Feed, at: number, rule: FeedRule): FeedSilence | undefined {
  const times = feed.receipts.map(({ received }) => received).filter((received) => received <= at);
  const last = times.at(-1);
  if (last === undefined) return undefined;
  const baseline = times.filter((received) => received > last - rule.baselineWeeks * WEEK);
  if (baseline.length < rule.leastReceipts) return undefined;
  const quiet = quietDays(baseline);
  const gaps = baseline.slice(1).map((to, nth) => timeCounted(baseline[nth] ?? to, to, quiet));
  const usual = quantileOf(gaps, rule.quantile);
  const silentAfter = Math.max(usual * rule.factor, rule.leastHours * HOUR);
  return silenceOf(feed, rule, at, whenCounted(last, usual, quiet), whenCounted(last, silentAfter, quiet));
}

function stale(feed: Feed, at: number, rule: ImportRule): FeedSilence | undefined {
  const last = feed.type === rule.type ? feed.receipts.findLast(({ received }) => received <= at) : undefined;
  if (last === undefined) return undefined;
  const since = last.received + rule.hours * HOUR;
  return silenceOf(feed, rule, at, since, since);
}

function silenceOf(
  { agency, type, receipts }: Feed,
  { id, version }: FeedRule | ImportRule,
  at: number,
  due: number,
  since: number,
): FeedSilence {
  const last = receipts.findLast(({ received }) => received <= at);
  return { rule: id, version, agency, type, due, since, restsOn: last === undefined ? [] : [last.id] };
}
