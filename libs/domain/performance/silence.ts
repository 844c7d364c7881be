import { dayOf } from '../agreement/time.js';
import { type FeedSilence, feedSilences } from '../silence/feed-silence.js';
import { type Silence } from '../silence/silence.js';
import { rulesAt, type SilenceRule, silenceRules } from '../silence/silence-rules.js';
import { silences } from '../silence/silences.js';
import { countOfDeeds } from './counted-cells.js';
import { ALL, sumsToAll, countOf, heading, tableOf, textCell } from './table.js';
import { momentAsked } from './day.js';
import { type Feed, feedsByAgency, feedsByType, type FeedReceipt } from './feeds.js';
import { type PersonHistory } from './history.js';
import { type Report, type ReportQuestion, type Table } from './report.js';

/**
 * What should have been heard of at the end of the day `at`, or by now where it is not over, and was not, by rule: of people, and of agencies that are
 * silent against their own habit (recommendation 8 of the 2020 inspection). The list of people is for the IOM team.
 */
export function silenceReport(
  people: readonly PersonHistory[],
  receipts: readonly FeedReceipt[],
  question: ReportQuestion,
  rules: readonly SilenceRule[] = silenceRules,
): Report {
  const at = momentAsked(question);
  const found = people.flatMap((person) => silences(person, at, rules));
  const feeds: readonly Feed[] = [...feedsByAgency(receipts), ...feedsByType(receipts)];
  const tables = [
    byRule(found, rulesAt(at, rules)),
    list(found),
    silentFeeds(feedSilences(feeds, at, rules)),
  ];
  return { name: 'silence', title: 'What should have happened and did not', question, tables };
}

function byRule(found: readonly Silence[], rules: readonly SilenceRule[]): Table {
  const asked = rules.filter(({ id }) => id !== 'feed-silent' && id !== 'import-stale');
  const columns = [heading('silences', 'silences'), heading('people', 'people')];
  const rows = asked.map(({ id, title }) => heading(id, title));
  const cells = asked.map(({ id }) => {
    const mine = found.filter(({ rule }) => rule === id);
    return [countOfDeeds(mine.map(deedOf)), countOf(peopleIn(mine))];
  });
  const all = [countOfDeeds(found.map(deedOf)), countOf(peopleIn(found))];
  return tableOf({
    id: 'silence-by-rule',
    title: 'Silences by rule',
    note: `Rules in force on the day: ${asked.map(({ id, version }) => `${id} ${version}`).join(', ')}. A person may be silent by several rules.`,
    of: 'Rule',
    columns,
    rows: [...rows, ALL],
    cells: [...cells, all],
    sums: sumsToAll(columns.slice(0, 1), rows),
    chart: 'bars',
    shows: 'aggregate',
  });
}

function deedOf({ offender, restsOn }: Silence): {
  readonly offender: string;
  readonly by: readonly string[];
} {
  return { offender, by: restsOn };
}

function peopleIn(found: readonly Silence[]): readonly { readonly by: readonly string[] }[] {
  const people = Map.groupBy(found, ({ offender }) => offender);
  return [...people.values()].map((mine) => ({ by: mine.flatMap(({ restsOn }) => restsOn) }));
}

function list(found: readonly Silence[]): Table {
  const rows = found.map(({ offender, rule }, nth) => heading(`${offender}-${rule}-${nth}`, offender));
  return tableOf({
    id: 'silences',
    title: 'Silences, person by person',
    note: 'Due: the last day on which it should have been heard of. Silent since: when the days of grace were over.',
    of: 'Person',
    columns: [
      heading('rule', 'rule'),
      heading('due', 'due'),
      heading('since', 'silent since'),
      heading('awaits', 'waiting for'),
    ],
    rows,
    cells: found.map(({ rule, due, since, awaits, restsOn }) =>
      [rule, dayOf(due - 1), dayOf(since), awaits.join(', ')].map((text) => textCell(text, restsOn)),
    ),
    shows: 'people',
  });
}

/** About agencies, not people: it shows no counts of anybody. */
function silentFeeds(found: readonly FeedSilence[]): Table {
  return tableOf({
    id: 'silent-feeds',
    title: 'Agencies silent against their own habit',
    note: 'A feed with too few receipts to have a habit is not judged. Days of the week on which it never tells anything do not count.',
    of: 'Agency',
    columns: [
      heading('type', 'event type'),
      heading('rule', 'rule'),
      heading('due', 'usually by'),
      heading('since', 'silent since'),
    ],
    rows: found.map(({ agency, type, rule }) => heading(`${agency}-${type ?? 'all'}-${rule}`, agency)),
    cells: found.map(({ type, rule, version, due, since, restsOn }) =>
      [type ?? 'any', `${rule} ${version}`, dayOf(due), dayOf(since)].map((text) => textCell(text, restsOn)),
    ),
    shows: 'aggregate',
  });
}
