import { type ReadFact } from '../casework/read-fact.js';
import { count, countOfDeeds, inOrder } from './counted-cells.js';
import { type Contradiction } from './data-quality-contradictions.js';
import { type FeedReceipt, latenessOf, type ReceiptKind } from './feeds.js';
import { type Cell, type Table } from './report.js';
import { ALL, heading, percentOf, someOf, sumsToAll, tableOf } from './table.js';

/** A fact of which fields are expected, and those that it does not tell. */
export interface Judged {
  readonly fact: ReadFact;
  readonly offender: string;
  readonly missing: readonly string[];
  readonly by: readonly string[];
}

const columns = [
  heading('received', 'facts received'),
  heading('told', 'of them told'),
  heading('judged', 'with expected fields'),
  heading('incomplete', 'of them incomplete'),
  heading('incomplete-percent', '% incomplete'),
  heading('contradictory', 'contradictions'),
  heading('corrected', 'corrections'),
  heading('retracted', 'retractions'),
  heading('quarantined', 'quarantined'),
];

/** A contradiction stands with every agency that has a part in it, so that column does not add up. */
const adding = columns.filter(({ key }) => key !== 'incomplete-percent' && key !== 'contradictory');

/** What each agency sent, and what of it was incomplete, contradictory, put right, taken back or held. */
export function byAgency(
  receipts: readonly FeedReceipt[],
  judged: readonly Judged[],
  contradictions: readonly Contradiction[],
): Table {
  const agencies = inOrder(receipts.map(({ agency }) => agency));
  const rows = agencies.map((agency) => heading(agency));
  const rowOf = (key: string): readonly Cell[] => {
    const is = (agency: string): boolean => key === ALL.key || agency === key;
    const mine = receipts.filter(({ agency }) => is(agency));
    const facts = judged.filter(({ fact }) => is(fact.publisher));
    const found = contradictions.filter((each) => each.agencies.some(is));
    return cellsOfAgency(key, mine, facts, found);
  };
  return tableOf({
    id: 'data-quality',
    title: 'Facts received by agency',
    note: 'Facts received in the period. Incomplete: a standing fact that leaves out a field which the partnership expects. A contradiction counts with every agency that has a part in it.',
    of: 'Agency',
    columns,
    rows: [...rows, ALL],
    cells: [...agencies, ALL.key].map(rowOf),
    sums: [
      ...sumsToAll(adding, rows),
      ...someOf([...rows, ALL], 'judged', ['incomplete']),
      ...[...rows, ALL].map(({ key }) => ({
        total: `${key}/received` as const,
        parts: [`${key}/told`, `${key}/corrected`, `${key}/retracted`] as const,
      })),
    ],
    chart: 'bars',
    shows: 'aggregate',
  });
}

function cellsOfAgency(
  key: string,
  receipts: readonly FeedReceipt[],
  judged: readonly Judged[],
  contradictions: readonly Contradiction[],
): readonly Cell[] {
  const ofKind = (...kinds: readonly ReceiptKind[]): Cell =>
    countOfReceipts(receipts.filter(({ kind }) => kinds.includes(kind)));
  const all = countOfDeeds(judged);
  const incomplete = countOfDeeds(judged.filter(({ missing }) => missing.length > 0));
  return [
    ofKind('told', 'corrected', 'retracted'),
    ofKind('told'),
    all,
    incomplete,
    percentOf(key, ['incomplete', incomplete], ['judged', all]),
    countOfDeeds(contradictions),
    ofKind('corrected'),
    ofKind('retracted'),
    ofKind('quarantined'),
  ];
}

/** What was held is about nobody that is known: its number alone protects it. */
function countOfReceipts(receipts: readonly FeedReceipt[]): Cell {
  const people = receipts.flatMap(({ offender }) => offender ?? []);
  return {
    ...count(
      receipts.length,
      receipts.map(({ id }) => id),
    ),
    ...(people.length > 0 && { people: new Set(people).size }),
  };
}

const delays = ['received-after-happened', 'recorded-after-happened', 'received-after-recorded'] as const;

const latenessColumns = [
  heading('facts', 'facts told'),
  ...delays.flatMap((delay) => [
    heading(`${delay}-median`, `${delay.replaceAll('-', ' ')}: median hours`),
    heading(`${delay}-p95`, '95th percentile hours'),
  ]),
];

/** Corrections and retractions are late of themselves: they say nothing of how late an agency tells what happens. */
export function lateness(receipts: readonly FeedReceipt[]): Table {
  const told = receipts.filter(({ kind }) => kind === 'told');
  const agencies = inOrder(told.map(({ agency }) => agency));
  return tableOf({
    id: 'lateness',
    title: 'How late facts come',
    note: 'Hours from the end of when it happened, as far as the publisher says; corrections and retractions left out.',
    of: 'Agency',
    columns: latenessColumns,
    rows: agencies.map((agency) => heading(agency)),
    cells: agencies.map((agency) => latenessOfAgency(agency, told)),
    shows: 'aggregate',
  });
}

function latenessOfAgency(agency: string, told: readonly FeedReceipt[]): readonly Cell[] {
  const mine = told.filter((receipt) => receipt.agency === agency);
  const facts = countOfReceipts(mine);
  const hours = (value: number | null): Cell => ({
    ...{ value, kind: 'mean', decimals: 1, of: [`${agency}/facts`] },
    events: facts.events,
  });
  return [
    facts,
    ...delays.flatMap((delay) => {
      const { median, p95 } = latenessOf(mine, delay);
      return [hours(median), hours(p95)];
    }),
  ];
}
