import { dayOf } from '../agreement/time.js';
import { byAgency, type Judged, lateness } from './data-quality-agencies.js';
import { type Contradiction, contradictionRules, contradictionsIn } from './data-quality-contradictions.js';
import { expectedOn } from './data-quality-fields.js';
import { type Followed, followUpRules, followUps } from './data-quality-follow-up.js';
import { endOfDay, isWithin, type Span, spanOf } from './day.js';
import { type FeedReceipt } from './feeds.js';
import { type PersonHistory } from './history.js';
import { countOfDeeds, inOrder } from './counted-cells.js';
import { type Report, type ReportQuestion, type Table } from './report.js';
import { ALL, heading, percentOf, someOf, sumsToAll, tableOf, textCell } from './table.js';

/**
 * How good the facts are that each agency sent from the first to the last day (by receipt): what they leave out, how late
 * they come, what contradicts itself or the law, what was put right, taken back or could not be taken; and which events that
 * protect the public nothing followed (recommendation 8 of the 2020 inspection, R5, R8).
 */
export function dataQualityReport(
  people: readonly PersonHistory[],
  receipts: readonly FeedReceipt[],
  question: ReportQuestion,
): Report {
  const span = spanOf(question);
  const known = receipts.filter(({ received }) => isWithin(span, received) && isKnown(received, question));
  const judged = people.flatMap((person) => judgedFacts(person, span));
  const contradictions = people.flatMap((person) => contradictionsWithin(person, span));
  const asked = people.flatMap((person) => followUps(within(person, span), endOfDay(question.at)));
  const tables = [
    byAgency(known, judged, contradictions),
    lateness(known),
    byField(judged),
    byRule(contradictions),
    protection(asked),
    contradicted(contradictions),
  ];
  return { name: 'data-quality', title: 'Data quality by agency', question, tables };
}

function isKnown(received: number, { knownAt }: ReportQuestion): boolean {
  return knownAt === null || received <= knownAt;
}

function judgedFacts({ offender, facts }: PersonHistory, span: Span): readonly Judged[] {
  return facts.flatMap((fact) => {
    const expected = isWithin(span, fact.received) ? expectedOn(dayOf(fact.received), fact.type) : undefined;
    if (expected === undefined) return [];
    return [
      { fact, offender, missing: expected.fields.filter((field) => !(field in fact.data)), by: [fact.id] },
    ];
  });
}

/** What contradicts a fact that was received in the time, however old the other one is. */
function contradictionsWithin(person: PersonHistory, span: Span): readonly Contradiction[] {
  const recent = new Set(within(person, span).facts.map(({ id }) => id));
  return contradictionsIn(person).filter(({ by }) => by.some((id) => recent.has(id)));
}

function within(person: PersonHistory, span: Span): PersonHistory {
  return { ...person, facts: person.facts.filter(({ received }) => isWithin(span, received)) };
}

function byField(judged: readonly Judged[]): Table {
  const types = Map.groupBy(judged, ({ fact }) => fact.type);
  const rows = inOrder(types.keys()).flatMap((type) => {
    const [first] = types.get(type) ?? [];
    const fields = first === undefined ? [] : (expectedOn(dayOf(first.fact.received), type)?.fields ?? []);
    return fields.map((field) => ({ type, field, of: types.get(type) ?? [] }));
  });
  return tableOf({
    id: 'missing-fields',
    title: 'Fields left out',
    note: 'Fields that a publisher may leave out and the partnership expects; standing facts received in the period.',
    of: 'Field',
    columns: [
      heading('facts', 'facts'),
      heading('missing', 'without it'),
      heading('percent', '% without it'),
    ],
    rows: rows.map(({ type, field }) => heading(`${type}-${field}`, `${type} ${field}`)),
    areRowsFound: true,
    cells: rows.map(({ type, field, of }) => {
      const facts = countOfDeeds(of);
      const missing = countOfDeeds(of.filter((each) => each.missing.includes(field)));
      return [facts, missing, percentOf(`${type}-${field}`, ['missing', missing], ['facts', facts])];
    }),
    sums: someOf(
      rows.map(({ type, field }) => heading(`${type}-${field}`)),
      'facts',
      ['missing'],
    ),
    shows: 'aggregate',
  });
}

function byRule(found: readonly Contradiction[]): Table {
  const columnsOfRule = [heading('contradictions', 'contradictions')];
  const rows = contradictionRules.map(({ id, title }) => heading(id, title));
  return tableOf({
    id: 'contradictions',
    title: 'Contradictions by rule',
    note: `Rules: ${contradictionRules.map(({ id, version }) => `${id} ${version}`).join(', ')}.`,
    of: 'Rule',
    columns: columnsOfRule,
    rows: [...rows, ALL],
    cells: [
      ...rows.map(({ key }) => [countOfDeeds(found.filter(({ rule }) => rule === key))]),
      [countOfDeeds(found)],
    ],
    sums: sumsToAll(columnsOfRule, rows),
    chart: 'bars',
    shows: 'aggregate',
  });
}

function protection(asked: readonly Followed[]): Table {
  return tableOf({
    id: 'follow-up',
    title: 'Events that protect the public, and what followed',
    note: `Events received in the period whose days are over: ${followUpRules.map(({ id, version, withinDays }) => `${id} ${version}, ${withinDays} days`).join('; ')}.`,
    of: 'Event',
    columns: [
      heading('events', 'events'),
      heading('without', 'without follow-up'),
      heading('percent', '% without'),
    ],
    rows: followUpRules.map(({ id, title }) => heading(id, title)),
    cells: followUpRules.map(({ id }) => {
      const events = countOfDeeds(asked.filter(({ rule }) => rule === id));
      const without = countOfDeeds(asked.filter(({ rule, isFollowed }) => rule === id && !isFollowed));
      return [events, without, percentOf(id, ['without', without], ['events', events])];
    }),
    sums: someOf(
      followUpRules.map(({ id }) => heading(id)),
      'events',
      ['without'],
    ),
    shows: 'aggregate',
  });
}

function contradicted(found: readonly Contradiction[]): Table {
  return tableOf({
    id: 'contradictory-facts',
    title: 'Contradictions, person by person',
    note: 'Whoever published one of the facts puts it right.',
    of: 'Person',
    columns: [heading('rule', 'rule'), heading('agencies', 'agencies')],
    rows: found.map(({ offender, rule }, nth) => heading(`${offender}-${rule}-${nth}`, offender)),
    cells: found.map(({ rule, agencies, by }) =>
      [rule, agencies.join(', ')].map((text) => textCell(text, by)),
    ),
    shows: 'people',
  });
}
