import { Invalid } from '../../libs/contract/failure.js';
import { type DemonstrationEvent } from '../../libs/domain/demonstration/demonstration.js';
import { hubClient, type Publish, type Receipt } from './hub-client.js';
import { CLEAN, FINDINGS, type Terminal, tokenOf, urlOf } from './session.js';

/** Where invented events go: to a hub, or without `publish` to the terminal. */
export interface Sending {
  readonly publish?: true;
  readonly url?: string;
}

/** Prints events, one a line, or publishes them to a hub. Returns the exit code: 1 where the hub took any otherwise than expected. */
export async function tellDemonstration(
  events: Iterable<DemonstrationEvent>,
  sending: Sending,
  terminal: Terminal,
): Promise<number> {
  if (sending.publish === true) return publishAll(events, sending, terminal);
  for (const { event } of events) terminal.out(JSON.stringify(event));
  return CLEAN;
}

/** A whole number that an option holds. Throws `Invalid` `option`. */
export function wholeNumber(name: string, text: string): number {
  if (/^\d{1,10}$/.test(text)) return Number(text);
  throw new Invalid('option', `${name} must be a whole number`);
}

const AT_ONCE = 200;

interface Result {
  readonly outcomes: Map<Receipt['outcome'], number>;
  readonly unexpected: string[];
}

/**
 * Publishes each agency's events in their order, in batches. Between agencies the order does not matter, because
 * every agency's first publication about a person holds an identifier that all of them know.
 */
async function publishAll(
  events: Iterable<DemonstrationEvent>,
  { url }: Sending,
  terminal: Terminal,
): Promise<number> {
  const address = urlOf(url === undefined ? {} : { url }, terminal.env);
  const result: Result = { outcomes: new Map(), unexpected: [] };
  const clients = new Map<string, Publish>();
  const send = async (agency: string, batch: readonly DemonstrationEvent[]): Promise<void> => {
    const client = clients.get(agency) ?? hubClient(address, await developmentToken(agency, terminal));
    clients.set(agency, client);
    const receipts = await client(batch.map(({ event }) => JSON.stringify(event)));
    receipts.forEach((receipt, index) => count(result, batch[index], receipt));
  };
  for (const [agency, batch] of batchesOf(events)) await send(agency, batch);
  report(result, terminal);
  return result.unexpected.length === 0 ? CLEAN : FINDINGS;
}

/** A token that was given for one agency would not do for ten. */
function developmentToken(agency: string, { env }: Terminal): Promise<string> {
  return tokenOf({}, { ...env, CONCORDAT_TOKEN: undefined }, agency, 'publisher');
}

function* batchesOf(
  events: Iterable<DemonstrationEvent>,
): Generator<readonly [string, readonly DemonstrationEvent[]]> {
  const held = new Map<string, DemonstrationEvent[]>();
  for (const each of events) {
    const batch = held.get(each.agency) ?? [];
    held.set(each.agency, batch);
    if (batch.push(each) < AT_ONCE) continue;
    held.delete(each.agency);
    yield [each.agency, batch];
  }
  yield* held;
}

/** An event that the hub had taken before, when the demonstration is published again, is as it should be. */
function count(
  { outcomes, unexpected }: Result,
  sent: DemonstrationEvent | undefined,
  receipt: Receipt,
): void {
  const { outcome } = receipt;
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  const wasThere = sent?.expect === 'accepted' && outcome === 'duplicate';
  if (sent === undefined || outcome === sent.expect || wasThere) return;
  const why = receipt.problem?.detail ?? receipt.quarantine?.reason;
  const reason = why === undefined ? '' : ` (${why})`;
  unexpected.push(`${sent.agency} ${String(sent.event['id'])}: ${outcome}, expected ${sent.expect}${reason}`);
}

const MOST_TOLD = 20;

function report({ outcomes, unexpected }: Result, { err }: Terminal): void {
  const total = [...outcomes.values()].reduce((sum, each) => sum + each, 0);
  const told = (['accepted', 'duplicate', 'quarantined', 'rejected'] as const).map(
    (outcome) => `${String(outcomes.get(outcome) ?? 0)} ${outcome}`,
  );
  err(`${String(total)} events: ${told.join(', ')}`);
  err(unexpected.length === 0 ? 'all as expected' : `${String(unexpected.length)} not as expected:`);
  for (const line of unexpected.slice(0, MOST_TOLD)) err(`  ${line}`);
}
