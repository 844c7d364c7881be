import { type PrintedReport } from '../../../libs/adapters/report/printed.js';
import { isOffenderId } from '../../../libs/domain/identity/offender-id.js';
import { type Cell, type Report, type Table } from '../../../libs/domain/performance/report.js';
import { type PictureEvents } from './picture-events.js';

/**
 * A report whose lists of people hold only people of the viewer's own picture, and of each what rests on facts that the
 * picture holds: a list tells no more than the picture would.
 */
export function withoutOthersPeople(report: Report, events: PictureEvents): PrintedReport {
  return {
    ...report,
    tables: report.tables.map((table) => (table.shows === 'people' ? ownPeople(table, events) : table)),
  };
}

function ownPeople(table: Table, events: PictureEvents): PrintedReport['tables'][number] {
  const own = table.rows.flatMap((row, r) =>
    isOffenderId(row.label) && events.meets(row.label) ? [{ row, cells: table.cells[r] ?? [] }] : [],
  );
  return {
    ...table,
    rows: own.map(({ row }) => row),
    cells: own.map(({ cells }) => cells.map((cell) => ownCell(cell, events))),
  };
}

function ownCell(cell: Cell, { holdsAll }: PictureEvents): Cell & { readonly isHidden: boolean } {
  return { ...cell, isHidden: cell.value !== null && !(cell.events.length > 0 && holdsAll(cell.events)) };
}
