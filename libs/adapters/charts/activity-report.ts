import { SHOWING_KINDS } from '../../domain/audit/questions.js';
import { type AuditedLog, eventsWithin, type Reading } from '../audit/log-window.js';
import { BEFORE_FIRST } from '../event-log/event-log.js';
import { openFigures } from './figures.js';
import { drawn, pageOf } from './pages.js';
import { activity } from './templates/activity.js';

/** A period, half open, epoch milliseconds. */
export interface ActivityQuestion {
  readonly from: number;
  readonly to: number;
}

/**
 * A page on what the whole hub shared in a period: charts and tables of counts, with no person and no user in them. Facts
 * and corrections count as they stood at the end of the period. Reads the log once, in bounded memory.
 */
export async function activityReport(
  log: Pick<AuditedLog, 'readAll'>,
  { from, to }: ActivityQuestion,
  reading: Reading,
): Promise<string> {
  const answers = { kinds: SHOWING_KINDS, from, to };
  const figures = openFigures({ answers, asOf: to, facts: 'every fact that the log holds' });
  try {
    let count = 0;
    for await (const event of eventsWithin(log, BEFORE_FIRST, reading))
      count += figures.take(event) === undefined ? 0 : 1;
    return pageOf(activity, {
      from: instant(from),
      to: instant(to),
      position: reading.upTo,
      answers: count,
      unreadable: figures.unreadable(),
      figures: await drawn(figures.charts()),
    });
  } finally {
    figures.close();
  }
}

function instant(at: number): string {
  return new Date(at).toISOString();
}
