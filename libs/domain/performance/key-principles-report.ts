import { keyPrinciples as principles } from '../governance/key-elements.js';
import { cellsOf, count, nothing } from './counted-cells.js';
import {
  type ElementResult,
  groundFor,
  type KeyPrincipleSources,
  keyPrincipleResults,
  type Measure,
} from './key-principles.js';
import { type People } from './key-principles/result.js';
import { thresholdsOn } from './key-principles/thresholds.js';
import { type Cell, type Report, type ReportQuestion, type Table } from './report.js';
import { heading, tableOf, textCell } from './table.js';

/** The report `key-principles`: each element with its outcome and what is missing, and what was measured for it. */
export function keyPrinciples(sources: KeyPrincipleSources, question: ReportQuestion): Report {
  const { at } = question;
  const results = keyPrincipleResults(groundFor(sources, question));
  return {
    name: 'key-principles',
    title: 'Evidence of the Key Principles',
    question,
    tables: [outcomesTable(results), elementsTable(results, at), measuresTable(results)],
  };
}

const outcomes = ['met', 'not-met', 'outside'] as const;

function outcomesTable(results: readonly ElementResult[]): Table {
  const rows = principles.map((label, index) => ({
    key: String(index + 1),
    label: `${index + 1}. ${label}`,
  }));
  const columns = outcomes.map((each) => heading(each));
  return tableOf({
    id: 'outcomes',
    title: 'Elements by outcome',
    note: 'How many key delivery elements of each principle are met, not met, or outside the system.',
    of: 'Principle',
    columns,
    rows,
    cells: cellsOf(rows, columns, (row, column) =>
      textCell(
        String(
          results.filter(({ element, outcome }) => element.startsWith(row) && outcome === column).length,
        ),
      ),
    ),
    shows: 'aggregate',
  });
}

function elementsTable(results: readonly ElementResult[], at: string): Table {
  const { version, source, verified } = thresholdsOn(at);
  const rows = results.map(({ element, title }) => ({ key: element, label: `${element} ${title}` }));
  const columns = [
    heading('outcome', 'Outcome'),
    heading('missing', 'What is missing'),
    heading('references', 'Agreements and documents'),
  ];
  return tableOf({
    id: 'elements',
    title: 'The 24 key delivery elements',
    note: `Key Principles of February 2015; thresholds version ${version}${verified ? '' : ', not confirmed'}: ${source}. Nothing is met by default.`,
    of: 'Element',
    columns,
    rows,
    cells: results.map((result) => [
      textCell(result.outcome, eventsOf(result)),
      result.missing.length === 0 ? nothing : textCell(result.missing.join('; ')),
      referencesOf(result),
    ]),
    shows: 'aggregate',
  });
}

function referencesOf({ outcome, measure, evidence }: ElementResult): Cell {
  const refs = evidence
    .filter(({ kind }) => kind === 'agreement' || kind === 'document')
    .map(({ ref }) => ref);
  if (refs.length > 0) return textCell(refs.join(', '));
  return outcome === 'outside' ? textCell(measure) : nothing;
}

function measuresTable(results: readonly ElementResult[]): Table {
  const all = results.flatMap(({ element, measures }) =>
    measures.map((measure, index) => ({ key: `${element}-${index + 1}`, element, measure })),
  );
  const rows = all.map(({ key, element, measure }) => ({
    key,
    label: `${element} ${measure.what} (${measure.unit})`,
  }));
  const columns = [
    heading('so', 'So'),
    heading('not-so', 'Not so'),
    heading('of', 'Of'),
    heading('enough', 'Enough'),
  ];
  return tableOf({
    id: 'measures',
    title: 'What was measured',
    note: 'Every element rests on all of its measures. Minutes, milliseconds and hours stand alone; of milliseconds and hours fewer are better.',
    of: 'Measure',
    columns,
    rows,
    cells: all.map(({ element, measure }) => [
      figure(element, measure, measure.counted, 'so'),
      rest(element, measure),
      figure(element, measure, measure.of, 'all'),
      textCell(measure.holds ? 'yes' : 'no'),
    ]),
    sums: all
      .filter(({ measure: { unit, of } }) => isOfPeople(unit) && of !== null)
      .map(({ key }) => ({ total: `${key}/of`, parts: [`${key}/so`, `${key}/not-so`] })),
    shows: 'aggregate',
  });
}

function rest(element: string, measure: Measure): Cell {
  const { counted, of, unit } = measure;
  if (counted === null || of === null || unit === 'minutes') return nothing;
  return figure(element, measure, of - counted, 'notSo');
}

/**
 * Numbers of people and of facts about them may be small; minutes go where the people go whose they are; numbers of
 * agencies, agreements and acts are no secret.
 */
function figure(element: string, measure: Measure, value: number | null, part: keyof People): Cell {
  if (value === null) return nothing;
  const events = eventsOf(measure);
  const people = measure.people?.[part];
  if (isOfPeople(measure.unit)) return { ...count(value, events), ...(people !== undefined && { people }) };
  if (measure.about === undefined) return textCell(String(value), events);
  return {
    value,
    kind: 'minutes',
    of: [`${element}-${measure.about + 1}/${part === 'all' ? 'of' : 'not-so'}`],
    events,
  };
}

function isOfPeople(unit: Measure['unit']): boolean {
  return unit === 'people' || unit === 'facts';
}

function eventsOf({ evidence }: Pick<Measure, 'evidence'>): readonly string[] {
  return evidence.filter(({ kind }) => kind === 'fact' || kind === 'governance').map(({ ref }) => ref);
}
