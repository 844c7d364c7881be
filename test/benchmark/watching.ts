import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { developmentIssuer } from '../../libs/adapters/caller/development-issuer.js';
import { arrest, pncOf } from './http-events.js';
import { type Hub, startHub } from './http-hub.js';
import { type Figure, median, percentile } from './measure.js';

const ARRESTS = 300;
const PERSON = 7;

/** How soon a lead hears of an arrest of somebody of their own caseload, beside the publication's own round trip. */
export async function measureWatching(): Promise<readonly Figure[]> {
  const dir = mkdtempSync(join(tmpdir(), 'concordat-bench-'));
  const hub = await startHub(dir);
  const ending = new AbortController();
  try {
    await appointLead(hub, dir);
    const items = await subscribe(hub, ending.signal);
    const [receipts, sightings]: [number[], number[]] = [[], []];
    for (let nth = 0; nth < ARRESTS; nth += 1) {
      const begun = performance.now();
      await publish(hub, { ...arrest(), subject: `pnc:${pncOf(PERSON)}` });
      receipts.push(performance.now() - begun);
      await items.next();
      sightings.push(performance.now() - begun);
    }
    const floor = { name: 'round trip of the publication', value: median(receipts) };
    return [
      { name: 'arrest to caseload, median', value: median(sightings), unit: 'ms', floor },
      { name: 'arrest to caseload, 95th percentile', value: percentile(sightings, 0.95), unit: 'ms', floor },
    ];
  } finally {
    ending.abort();
    hub.process.kill('SIGTERM');
    await once(hub.process, 'exit');
    rmSync(dir, { recursive: true, force: true });
  }
}

async function publish({ url, publisher }: Hub, event: object): Promise<void> {
  const { data, ...attributes } = event as { readonly data: object };
  const body = JSON.stringify({ ...attributes, data: { ...data, pnc: pncOf(PERSON) } });
  const { status } = await fetch(`${url}/events`, { method: 'POST', headers: publisher, body });
  if (status !== 201) throw new Error(`the arrest was answered with ${status}`);
}

/** The officer of the other measurements becomes the lead of one person. */
async function appointLead({ url, publisher }: Hub, dir: string): Promise<void> {
  const { sign } = developmentIssuer(dir, {});
  const token = await sign({ agency: 'hub', user: 'team', roles: ['publisher'], purposes: [], hours: 1 });
  const event = {
    specversion: '1.0',
    id: 'lead',
    source: '/hub/bench',
    type: 'hub.leadProfessional.appointed',
    subject: `pnc:${pncOf(PERSON)}`,
    data: { agency: 'police', professional: 'A. Nobody', user: 'officer' },
  };
  const headers = { ...publisher, authorization: `Bearer ${token}` };
  await fetch(`${url}/events`, { method: 'POST', headers, body: JSON.stringify(event) });
}

/** The caseload of the officer as server-sent events, one item at a time. */
async function subscribe(
  { url, practitioner }: Hub,
  signal: AbortSignal,
): Promise<AsyncGenerator<string, undefined>> {
  const query = 'subscription { caseload(scope: MINE) { kind fact { id fields { name value } } } }';
  const { body } = await fetch(`${url}/graphql/stream`, {
    method: 'POST',
    headers: practitioner,
    body: JSON.stringify({ query }),
    signal,
  });
  if (body === null) throw new Error('the subscription was not opened');
  return itemsIn(body.pipeThrough(new TextDecoderStream()));
}

async function* itemsIn(chunks: AsyncIterable<string>): AsyncGenerator<string, undefined> {
  let text = '';
  for await (const chunk of chunks) {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const message = text.slice(0, end);
      text = text.slice(end + 2);
      if (message.startsWith('event: next')) yield message;
    }
  }
  return undefined;
}
