import { justificationOf } from '../../../libs/adapters/audit/question.js';
import { type EventLog, type LoggedEvent } from '../../../libs/adapters/event-log/event-log.js';
import { type KeyVault } from '../../../libs/adapters/key-vault/key-vault.js';
import { type LedgerLine } from '../../../libs/adapters/read-store/read-store.js';
import { Invalid } from '../../../libs/contract/failure.js';
import { type DisclosedFact, type Disclosure } from '../../../libs/domain/disclosure/disclosure.js';
import { pageOf, pageSize } from './cursor.js';
import { type Picture } from './picture.js';

/** Where the records lie, and what opens the reasons in them. */
export interface Ledger {
  readonly log: EventLog;
  readonly vault: Pick<KeyVault, 'open'>;
}

export interface LedgerArguments {
  readonly first: number;
  readonly after: string | undefined;
}

/**
 * What the caller's agency was shown, newest first: a practitioner sees their own lines, those who answer for the
 * agency see all of its lines. Details come from the log at the line's position.
 */
export async function ledgerPage(
  { log, vault }: Ledger,
  { reader, asking }: Picture,
  { first, after }: LedgerArguments,
) {
  const { caller } = asking;
  const wide = caller.roles.some(
    (role) => role === 'coordinator' || role === 'signatory' || role === 'operator',
  );
  const limit = pageSize(first);
  const lines = reader.ledger(
    wide ? undefined : caller.user,
    after === undefined ? undefined : placeOf(after),
    limit + 1,
  );
  const edges = await Promise.all(
    lines
      .slice(0, limit)
      .map(async (line) => ({ cursor: String(line.position), node: await entry({ log, vault }, line) })),
  );
  return pageOf(edges, after !== undefined, lines.length > limit);
}

function placeOf(cursor: string): number {
  const position = Number(cursor);
  if (!Number.isSafeInteger(position) || position < 1)
    throw new Invalid('cursor', 'after is not a cursor of this list');
  return position;
}

async function entry({ log, vault }: Ledger, line: Omit<LedgerLine, 'agency'>) {
  const event = await eventAt(log, line.position);
  const disclosure = event && (JSON.parse(event.metadata) as Disclosure);
  const facts = disclosure?.facts ?? [];
  const confirmed = disclosure?.confirmed ?? [];
  const clauses = new Set([
    ...facts.flatMap(({ shown }) => Object.keys(shown)),
    ...confirmed.flatMap((each) => each.clauses),
  ]);
  return {
    position: String(line.position),
    at: new Date(line.at).toISOString(),
    user: line.user,
    purpose: line.purpose,
    justification: event === undefined ? null : justificationOf(vault, event),
    asked: disclosure?.asked ?? [],
    offenders: line.offenders,
    facts: facts.map(({ position, offender, shown }) => ({
      position: String(position),
      offender,
      fields: pathsIn(shown),
    })),
    clauses: [...clauses].sort(),
  };
}

function pathsIn(shown: DisclosedFact['shown']): readonly string[] {
  return [...new Set(Object.values(shown).flatMap((under) => Object.values(under).flat()))].sort();
}

async function eventAt(log: EventLog, position: number): Promise<LoggedEvent | undefined> {
  for await (const event of log.readAll(position - 1)) {
    return event.position === position ? event : undefined;
  }
  return undefined;
}
