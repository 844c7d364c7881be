import { cellsOf, change, countOfDeeds } from './counted-cells.js';
import { type CostTable, costTableOn } from './cost-of-crime-tables.js';
import { countingRuleOn } from './counting-rules.js';
import { type PersonHistory } from './history.js';
import { type CountedOffence, sampleOf } from './reoffending-sample.js';
import {
  type Cell,
  type CellRef,
  type Heading,
  type Report,
  type ReportQuestion,
  type Table,
} from './report.js';

const NOT_COSTED = 'not-costed';
const TOTAL = 'total';

const columns = [
  { key: 'before', label: 'Offences before' },
  { key: 'after', label: 'Offences after' },
  { key: 'cost-before', label: 'Cost before (£)' },
  { key: 'cost-after', label: 'Cost after (£)' },
  { key: 'change', label: '% change of cost' },
];

type Time = 'before' | 'after';
type Offences = Readonly<Record<Time, readonly CountedOffence[]>>;

/** What the offences of the reoffending sample cost society before and after, by group, at the weights of a table. */
export function costOfCrime(
  histories: readonly PersonHistory[],
  question: ReportQuestion,
  costs: CostTable = costTableOn(question.to),
): Report {
  const rule = countingRuleOn(question.to);
  const sample = sampleOf(histories, question, rule);
  const all = { before: sample.flatMap(({ before }) => before), after: sample.flatMap(({ after }) => after) };
  const checked = costs.verified ? '' : ' The weights are not verified.';
  const note = `Offences of the reoffending sample, ${rule.words} (rule ${rule.version}), times the cost of one (table ${costs.version}: ${costs.source}).${checked}`;
  const table = { ...tableOf(all, costs), note };
  return { name: 'cost-of-crime', title: 'Cost of crime', question, tables: [table] };
}

function tableOf(all: Offences, costs: CostTable): Omit<Table, 'note'> {
  const groups: readonly Heading[] = [...costs.costs, { key: NOT_COSTED, label: 'Not costed' }];
  const isSeen = ({ key }: Heading): boolean =>
    key === NOT_COSTED || [...all.before, ...all.after].some((each) => groupOf(each, costs) === key);
  const parts = groups.filter(isSeen).map(({ key, label }) => ({ key, label }));
  const rows = [...parts, { key: TOTAL, label: 'Total' }];
  const cell = (row: string, column: string): Cell => cellOf(row, column, offencesIn(all, row, costs), costs);
  return {
    id: 'cost-of-crime',
    title: 'Cost of crime before and after',
    of: 'Offences',
    columns,
    rows,
    areRowsFound: true,
    cells: cellsOf(rows, columns, cell),
    sums: columns.slice(0, -1).map(({ key: column }) => ({
      total: `${TOTAL}/${column}` as const,
      parts: parts
        .filter(({ key }) => key !== NOT_COSTED || !column.startsWith('cost'))
        .map(({ key }): CellRef => `${key}/${column}`),
    })),
    chart: 'bars',
    shows: 'aggregate',
  };
}

function offencesIn(all: Offences, row: string, costs: CostTable): Offences {
  const own = (offences: readonly CountedOffence[]): readonly CountedOffence[] =>
    row === TOTAL ? offences : offences.filter((each) => groupOf(each, costs) === row);
  return { before: own(all.before), after: own(all.after) };
}

function groupOf({ hoCode }: CountedOffence, { costs }: CostTable): string {
  return (
    costs.find(({ classes }) => hoCode !== null && classes.includes(hoCode.slice(0, 3)))?.key ?? NOT_COSTED
  );
}

function cellOf(row: string, column: string, offences: Offences, costs: CostTable): Cell {
  if (column === 'before' || column === 'after') return countOfDeeds(offences[column]);
  const [before, after] = [costOf(offences.before, costs), costOf(offences.after, costs)];
  const isCosted = row !== NOT_COSTED;
  if (column === 'change') {
    const changed = change([`${row}/cost-before`, `${row}/cost-after`], [before, after], 2);
    return isCosted ? changed : { ...changed, value: null };
  }
  const time = column === 'cost-before' ? 'before' : 'after';
  return {
    value: isCosted ? (time === 'before' ? before : after) : null,
    kind: 'money',
    of: [`${row}/${time}`],
    events: [],
  };
}

function costOf(offences: readonly CountedOffence[], table: CostTable): number {
  const pounds = (offence: CountedOffence): number =>
    table.costs.find(({ key }) => key === groupOf(offence, table))?.pounds ?? 0;
  return offences.reduce((sum, offence) => sum + pounds(offence), 0);
}
