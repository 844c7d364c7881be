import { ageBandOn, ageBandsOn } from './age-band.js';
import { type CountingRule } from './counting-rules.js';
import { endOfDay, isWithin, periodBefore, type Span, spanOf } from './day.js';
import { type Offence, type PersonHistory } from './history.js';
import { cohortsAt, custodyAt, levelAt } from './person-history-at.js';
import { type ReportQuestion } from './report.js';

/** One person of the sample, with the offences that count before and after. */
export interface Sampled {
  readonly offender: string;
  /** `cohort`: managed at neither level, but selected for a cohort. */
  readonly level: 'Priority' | 'Enhanced' | 'cohort';
  readonly cohorts: readonly string[];
  /** Key of the age band on the reporting date. */
  readonly band: string;
  /** Log event ids of what puts the person into the sample. */
  readonly by: readonly string[];
  readonly before: readonly CountedOffence[];
  readonly after: readonly CountedOffence[];
}

export interface CountedOffence extends Offence {
  readonly offender: string;
}

/**
 * Who was in the community at the end of `at`, managed as Priority or Enhanced or selected for a cohort, and had offended
 * in the time before: as long as the period from `from` to `to`, and ending the day before it.
 */
export function sampleOf(
  histories: readonly PersonHistory[],
  { at, from, to }: ReportQuestion,
  rule: CountingRule,
): readonly Sampled[] {
  const [before, after] = [spanOf(periodBefore({ from, to })), spanOf({ from, to })];
  const moment = endOfDay(at);
  return histories.flatMap((history) => {
    const managed = managedAt(history, moment);
    const offended = counted(history, before, rule);
    if (managed === null || offended.length === 0) return [];
    const band = ageBandOn(ageBandsOn(at), history.born, at);
    const { offender } = history;
    return [{ offender, ...managed, band, before: offended, after: counted(history, after, rule) }];
  });
}

function managedAt(history: PersonHistory, at: number): Pick<Sampled, 'level' | 'cohorts' | 'by'> | null {
  const [level, cohorts] = [levelAt(history, at), cohortsAt(history, at)];
  const isHigh = level !== null && level.value !== 'Standard';
  if (custodyAt(history, at) !== null || !(isHigh || cohorts.length > 0)) return null;
  return {
    level: isHigh ? level.value : 'cohort',
    cohorts: cohorts.map(({ value }) => value),
    by: [...(level?.by ?? []), ...cohorts.flatMap(({ by }) => by)],
  };
}

function counted(
  { offender, offences }: PersonHistory,
  span: Span,
  { stages }: CountingRule,
): readonly CountedOffence[] {
  return offences
    .filter(({ stage, committed }) => stages.includes(stage) && isWithin(span, committed))
    .map((offence) => ({ ...offence, offender }));
}
