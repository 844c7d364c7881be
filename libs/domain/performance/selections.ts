import { dayOf } from '../agreement/time.js';
import { type Selection } from '../casework/case.js';
import { countOfDeeds } from './counted-cells.js';
import { ALL, sumsToAll, heading, someOf, tableOf, textCell } from './table.js';
import { isWithin, spanOf } from './day.js';
import { type PersonHistory } from './history.js';
import { type Report, type ReportQuestion, type Table } from './report.js';

interface Selected {
  readonly offender: string;
  readonly selection: Selection;
  /** What the decision rested on, and what has put it right or taken it back since. */
  readonly correctedLater: readonly string[];
  readonly by: readonly string[];
}

const columns = [
  heading('selections', 'selections'),
  heading('criteria-not-met', 'a criterion not met'),
  heading('criteria-unknown', 'a criterion unknown'),
  heading('no-inputs', 'no inputs recorded'),
  heading('corrected-later', 'inputs corrected later'),
];

/** By log event id: what corrects or retracts a fact, whoever it is about. */
export type Superseded = ReadonlyMap<string, readonly string[]>;

/** What corrects or retracts what, of facts as they were published. */
export function supersededBy(
  facts: readonly {
    readonly id: string;
    readonly corrects: string | null;
    readonly retracts: string | null;
  }[],
): Superseded {
  const later = new Map<string, string[]>();
  for (const { id, corrects, retracts } of facts) {
    const gone = corrects ?? retracts;
    if (gone !== null) later.set(gone, [...(later.get(gone) ?? []), id]);
  }
  return later;
}

/**
 * Selections for cohorts from the first to the last day, as people decided them (R21): by cohort and rule version, with a
 * criterion that was not met or not known then, and with inputs that have been put right since, so that somebody looks again.
 */
export function selectionsReport(
  people: readonly PersonHistory[],
  superseded: Superseded,
  question: ReportQuestion,
): Report {
  const span = spanOf(question);
  const selected = people.flatMap(({ offender, case: { selections } }) =>
    selections
      .filter(({ at }) => isWithin(span, at))
      .map((selection) => selectedOf(offender, selection, superseded)),
  );
  const tables = [
    tabulated('by-cohort', 'Cohort', selected, ({ selection }) => selection.cohort),
    tabulated('by-rule', 'Rule version', selected, ({ selection }) => selection.ruleVersion ?? 'none'),
    toReview(selected),
  ];
  return { name: 'selections', title: 'Selections for cohorts', question, tables };
}

function selectedOf(offender: string, selection: Selection, superseded: Superseded): Selected {
  const inputs = [...selection.inputs, ...selection.criteria.flatMap(({ evidence }) => evidence)];
  const correctedLater = [...new Set(inputs)].flatMap((input) => {
    const later = superseded.get(input);
    return later === undefined ? [] : [input, ...later];
  });
  return { offender, selection, correctedLater, by: selection.by };
}

function tabulated(
  id: string,
  title: string,
  selected: readonly Selected[],
  keyOf: (selected: Selected) => string,
): Table {
  const groups = Map.groupBy(selected, keyOf);
  const keys = [...groups.keys()].toSorted();
  const rows = keys.map((key) => heading(key));
  return tableOf({
    id,
    title: `Selections by ${title.toLowerCase()}`,
    note: 'Criteria as they were judged at the selection. Corrected later: something it rested on was put right or taken back since.',
    of: title,
    columns,
    rows: [...rows, ALL],
    areRowsFound: true,
    cells: [...keys.map((key) => rowOf(groups.get(key) ?? [])), rowOf(selected)],
    sums: [
      ...sumsToAll(columns, rows),
      ...someOf(
        [...rows, ALL],
        'selections',
        columns.slice(1).map((column) => column.key),
      ),
    ],
    shows: 'aggregate',
  });
}

function rowOf(selected: readonly Selected[]): Table['cells'][number] {
  const judged = (met: 'no' | 'unknown'): readonly Selected[] =>
    selected.filter(({ selection }) => selection.criteria.some((each) => each.met === met));
  return [
    countOfDeeds(selected),
    countOfDeeds(judged('no')),
    countOfDeeds(judged('unknown')),
    countOfDeeds(selected.filter(({ selection }) => selection.inputs.length === 0)),
    countOfDeeds(
      selected
        .filter(isCorrectedLater)
        .map(({ offender, by, correctedLater }) => ({ offender, by: [...by, ...correctedLater] })),
    ),
  ];
}

function isCorrectedLater({ correctedLater }: Selected): boolean {
  return correctedLater.length > 0;
}

function toReview(selected: readonly Selected[]): Table {
  const affected = selected.filter(isCorrectedLater);
  return tableOf({
    id: 'to-review',
    title: 'Selections whose inputs were corrected later',
    note: 'A person decides whether the selection stands.',
    of: 'Person',
    columns: [heading('cohort', 'cohort'), heading('on', 'selected on'), heading('rule', 'rule version')],
    rows: affected.map(({ offender }, nth) => heading(`${offender}-${nth}`, offender)),
    cells: affected.map(({ selection: { cohort, at, ruleVersion }, by, correctedLater }) =>
      [cohort, dayOf(at), ruleVersion].map((text) => textCell(text, [...by, ...correctedLater])),
    ),
    shows: 'people',
  });
}
