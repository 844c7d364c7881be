import { dayOf } from '../agreement/time.js';
import { type Continuity, continuity, type LeadFault } from '../casework/continuity.js';
import { heldAt } from '../casework/held.js';
import { managementAt } from '../silence/managed.js';
import { countOfDeeds } from './counted-cells.js';
import { endOfDay, type Span, spanAsked } from './day.js';
import { type PersonHistory } from './history.js';
import { type Cell, type Report, type ReportQuestion, type Table } from './report.js';
import {
  ALL,
  countOf,
  heading,
  levelRowOf,
  levelRows,
  percentOf,
  sumsToAll,
  tableOf,
  textCell,
} from './table.js';

interface Led {
  readonly person: PersonHistory;
  readonly level: string;
  readonly leads: number;
  /** What says who leads, or without a lead what makes the person managed. */
  readonly by: readonly string[];
}

interface Fault extends LeadFault {
  readonly kind: 'gap' | 'overlap';
  readonly offender: string;
}

const columns = [
  heading('managed', 'managed'),
  heading('one', 'exactly one lead'),
  heading('one-percent', '% exactly one'),
  heading('none', 'no lead'),
  heading('several', 'several leads'),
];

/**
 * Exactly one lead professional at any moment (KP 4.2): how many leads the people managed at the end of the day `at` have,
 * and where from the first to the last day, as far as they are over, somebody had none or several, with the minutes.
 */
export function leadProfessionalsReport(people: readonly PersonHistory[], question: ReportQuestion): Report {
  const span = spanAsked(question);
  const at = endOfDay(question.at);
  const led = people.flatMap((person) => ledOf(person, at) ?? []);
  const faults = people.flatMap((person) => faultsWithin(person, span));
  const tables = [byLevel(led), byKind(faults), notOne(led), faultList(faults)];
  return { name: 'lead-professionals', title: 'Lead professionals', question, tables };
}

function ledOf(person: PersonHistory, at: number): Led | undefined {
  const management = managementAt(person.case, at);
  if (management === undefined) return undefined;
  const leads = heldAt(person.case.leads, at);
  const by = leads.length === 0 ? management.by : leads.flatMap((lead) => lead.by);
  return { person, level: levelRowOf(person, at), leads: leads.length, by };
}

function faultsWithin({ offender, case: known }: PersonHistory, span: Span): readonly Fault[] {
  const { gaps, overlaps }: Continuity = continuity(known, span.to);
  const all: readonly Fault[] = [
    ...gaps.map((gap) => ({ ...gap, kind: 'gap' as const, offender })),
    ...overlaps.map((overlap) => ({ ...overlap, kind: 'overlap' as const, offender })),
  ];
  return all.flatMap((fault) => {
    const [from, to] = [Math.max(fault.from, span.from), Math.min(fault.to, span.to)];
    return from < to ? [{ ...fault, from, to, minutes: Math.round((to - from) / MINUTE) }] : [];
  });
}

const MINUTE = 60_000;

function byLevel(led: readonly Led[]): Table {
  const rows = [...levelRows, ALL];
  const counted = columns.filter(({ key }) => key !== 'one-percent');
  return tableOf({
    id: 'lead-professionals',
    title: 'Lead professionals by level',
    note: 'People managed at the end of the day, by their highest level.',
    of: 'Level',
    columns,
    rows,
    cells: rows.map(({ key }) =>
      rowOf(key, key === ALL.key ? led : led.filter(({ level }) => level === key)),
    ),
    sums: [
      ...sumsToAll(counted, levelRows),
      ...rows.map(({ key }) => ({
        total: `${key}/managed` as const,
        parts: [`${key}/one`, `${key}/none`, `${key}/several`] as const,
      })),
    ],
    chart: 'bars',
    shows: 'aggregate',
  });
}

function rowOf(key: string, led: readonly Led[]): readonly Cell[] {
  const managed = countOf(led);
  const one = countOf(led.filter(({ leads }) => leads === 1));
  return [
    managed,
    one,
    percentOf(key, ['one', one], ['managed', managed]),
    countOf(led.filter(({ leads }) => leads === 0)),
    countOf(led.filter(({ leads }) => leads > 1)),
  ];
}

function byKind(faults: readonly Fault[]): Table {
  const kinds = [heading('gap', 'gaps: no lead'), heading('overlap', 'overlaps: several leads')];
  return tableOf({
    id: 'continuity',
    title: 'Gaps and overlaps in the period',
    note: 'Stretches in which a managed person had no lead, or several; minutes of all of them, rounded half up each.',
    of: 'Kind',
    columns: [heading('people', 'people'), heading('stretches', 'stretches'), heading('minutes', 'minutes')],
    rows: kinds,
    cells: kinds.map(({ key }) =>
      faultRow(
        key,
        faults.filter(({ kind }) => kind === key),
      ),
    ),
    shows: 'aggregate',
  });
}

function faultRow(key: string, faults: readonly Fault[]): readonly Cell[] {
  const people = [...Map.groupBy(faults, ({ offender }) => offender).values()];
  const minutes = faults.reduce((total, each) => total + each.minutes, 0);
  return [
    countOf(people.map((mine) => ({ by: mine.flatMap(({ by }) => by) }))),
    countOfDeeds(faults),
    {
      value: minutes,
      kind: 'minutes',
      of: [`${key}/people`, `${key}/stretches`],
      events: [...new Set(faults.flatMap(({ by }) => by))],
    },
  ];
}

function notOne(led: readonly Led[]): Table {
  const odd = led.filter(({ leads }) => leads !== 1);
  return tableOf({
    id: 'not-one-lead',
    title: 'Managed without exactly one lead',
    note: 'At the end of the day.',
    of: 'Person',
    columns: [heading('level', 'level'), heading('leads', 'leads')],
    rows: odd.map(({ person }) => heading(person.offender)),
    cells: odd.map(({ level, leads, by }) => [textCell(level, by), textCell(String(leads), by)]),
    shows: 'people',
  });
}

function faultList(faults: readonly Fault[]): Table {
  return tableOf({
    id: 'gaps-and-overlaps',
    title: 'Gaps and overlaps, person by person',
    note: 'Within the period, in whole minutes.',
    of: 'Person',
    columns: [
      heading('kind', 'kind'),
      heading('from', 'from'),
      heading('to', 'to'),
      heading('minutes', 'minutes'),
    ],
    rows: faults.map(({ offender }, nth) => heading(`${offender}-${nth}`, offender)),
    cells: faults.map(({ kind, from, to, minutes, by }) =>
      [kind, dayOf(from), dayOf(to), String(minutes)].map((text) => textCell(text, by)),
    ),
    shows: 'people',
  });
}
