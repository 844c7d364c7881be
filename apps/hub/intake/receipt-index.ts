import { BEFORE_FIRST, type EventLog } from '../../../libs/adapters/event-log/event-log.js';
import { type HeldEvent, heldReceipt, type IndexEntry, indexEntryOf, type LastEvent } from './index-entry.js';
import { type StoredReceipt } from './receipt.js';
import { openReceiptTable, type ReceiptTable } from './receipt-table.js';

/**
 * What intake looks up before it appends: receipts by log event id, people by identifier pseudonym, what is held. A
 * cache of the log in an SQLite file, without personal data: deleting it costs only the time to read the log again.
 */
export interface ReceiptIndex {
  receipt(eventId: string): StoredReceipt | undefined;
  offender(pseudonym: string): string | undefined;
  knowsOffender(offender: string): boolean;
  isErased(offender: string): boolean;
  /** Whether a fact was corrected or retracted, be it by one about somebody else. */
  isSuperseded(eventId: string): boolean;
  lastOf(agency: string): LastEvent | undefined;
  held(id: string): HeldEvent | undefined;
  /** Events still held, oldest first: those after a position, of one agency or of all. */
  listHeld(agency: string | undefined, after: number, limit: number): readonly HeldEvent[];
  /** Events that were ever held, released ones too, oldest first; not those that went with a person. */
  everHeld(): readonly HeldEvent[];
  /** Takes in what is durable in the log: visible at once, written a little later. */
  add(entry: IndexEntry): void;
  close(): void;
}

const CATCH_UP_EVENTS = 5_000;
/** Entries are written together: so many, or those of so many milliseconds. A crash costs only reading them again. */
const WRITE_ENTRIES = 2_000;
const WRITE_AFTER = 200;

/** Opens the index, empty when the file is absent or of another log, and catches up with the log. */
export async function openReceiptIndex(file: string, log: EventLog): Promise<ReceiptIndex> {
  const table = openReceiptTable(file);
  if (!(await isOf(log, table))) table.clear();
  const entries: IndexEntry[] = [];
  for await (const event of log.readAll(table.checkpoint()?.position ?? BEFORE_FIRST)) {
    if (entries.push(indexEntryOf(event)) === CATCH_UP_EVENTS) table.write(entries.splice(0));
  }
  table.write(entries);
  return visibleAtOnce(table);
}

/** Whether the event that the file saw last is still where it was: no other log, and none that was cut short. */
async function isOf(log: EventLog, table: ReceiptTable): Promise<boolean> {
  const seen = table.checkpoint();
  if (seen === undefined) return true;
  for await (const { position, id } of log.readAll(seen.position - 1)) {
    return position === seen.position && id === seen.id;
  }
  return false;
}

/** Keeps entries in memory until they are written, so that a lookup sees them at once and writing costs little. */
function visibleAtOnce(table: ReceiptTable): ReceiptIndex {
  let unwritten: IndexEntry[] = [];
  let timer: NodeJS.Timeout | undefined;
  const receipts = new Map<string, StoredReceipt>();
  const links = new Map<string, string>();
  const people = new Set<string>();
  const holds = new Map<string, HeldEvent>();
  const erased = new Set<string>();
  const superseded = new Set<string>();

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    table.write(unwritten);
    unwritten = [];
    for (const seen of [receipts, links, people, holds, erased, superseded]) seen.clear();
  }

  /** What cannot be written now is tried again with a later entry; meanwhile memory answers. */
  function tryFlush(): void {
    try {
      flush();
    } catch {
      timer = undefined;
    }
  }

  function heldOf(id: string): HeldEvent | undefined {
    return holds.get(id) ?? parsed<HeldEvent>(table.held.get(id));
  }

  return {
    add(entry) {
      if (entry.kind === 'fact') receipts.set(entry.receipt.eventId, entry.receipt);
      if (entry.kind === 'fact' && entry.supersedes !== null) superseded.add(entry.supersedes);
      if (entry.kind === 'link') links.set(entry.pseudonym, entry.offender);
      if (entry.kind === 'link') people.add(entry.offender);
      if (entry.kind === 'erased') erased.add(entry.offender);
      if (entry.kind === 'held') holds.set(entry.held.id, entry.held);
      if (unwritten.push(entry) % WRITE_ENTRIES === 0) tryFlush();
      else timer ??= setTimeout(tryFlush, WRITE_AFTER);
    },
    receipt(eventId) {
      const stored = receipts.get(eventId) ?? table.receipt.get(eventId);
      if (stored !== undefined) return stored;
      const held = heldOf(eventId);
      return held && heldReceipt(held);
    },
    offender: (pseudonym) => links.get(pseudonym) ?? table.offender.get(pseudonym),
    knowsOffender: (offender) => people.has(offender) || table.offenders.get(offender) !== undefined,
    isErased: (offender) => erased.has(offender) || table.erased.get(offender) !== undefined,
    isSuperseded: (eventId) => superseded.has(eventId) || table.superseded.get(eventId) !== undefined,
    lastOf(agency) {
      flush();
      return parsed<LastEvent>(table.last.get(agency));
    },
    held: heldOf,
    listHeld(agency, after, limit) {
      flush();
      return table.list.all(agency ?? null, after, limit).map((text) => JSON.parse(text) as HeldEvent);
    },
    everHeld() {
      flush();
      return table.everHeld.all().map((text) => JSON.parse(text) as HeldEvent);
    },
    close() {
      if (!table.isOpen()) return;
      flush();
      table.close();
    },
  };
}

function parsed<T>(text: string | undefined): T | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as T);
}
