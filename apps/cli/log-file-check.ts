import Database from 'better-sqlite3';
import { BEFORE_FIRST } from '../../libs/adapters/event-log/event-log.js';
import { sqliteCode } from '../../libs/adapters/read-store/digest.js';
import { type TreeFault } from './signed-tree.js';

/**
 * What is wrong with the file of an embedded log apart from its events: the indexes by which streams and ids are found
 * must say the same as the events do. SQLite's own check names the row, which is the position, of what an index has lost;
 * the position is `BEFORE_FIRST` where it names none.
 */
export function fileFault(file: string): TreeFault | undefined {
  const finding = firstFinding(file);
  if (finding === 'ok') return undefined;
  const [, row] = /^row (\d+) /.exec(finding) ?? [];
  return row === undefined
    ? { position: BEFORE_FIRST, reason: 'its events are whole, but the file that holds them is damaged' }
    : { position: Number(row), reason: 'is as it was written, but an index of the file has lost it' };
}

/** The first finding that names a row, or else the first. */
function firstFinding(file: string): string {
  const db = new Database(file, { readonly: true });
  try {
    const findings = db.pragma('integrity_check') as readonly { readonly integrity_check: string }[];
    const texts = findings.map((each) => each.integrity_check);
    return texts.find((text) => text.startsWith('row ')) ?? texts[0] ?? 'ok';
  } catch (error) {
    if (sqliteCode(error) === undefined) throw error;
    return 'cannot be read';
  } finally {
    db.close();
  }
}
