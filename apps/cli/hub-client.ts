import { setTimeout as sleep } from 'node:timers/promises';
import { Forbidden, type InputError, Invalid, Unavailable } from '../../libs/contract/failure.js';

/** What the hub answers to one publication of a batch (`POST /events`). */
export interface Receipt {
  readonly source: string | null;
  readonly id: string | null;
  readonly outcome: 'accepted' | 'duplicate' | 'quarantined' | 'rejected';
  readonly status: number;
  /** Why it was rejected (RFC 9457). */
  readonly problem?: { readonly detail?: string; readonly errors?: readonly InputError[] };
  /** Why it is held; `id` is what `GET /quarantine` calls it. */
  readonly quarantine?: {
    readonly id: string;
    readonly reason: string;
    readonly errors: readonly InputError[];
  };
}

/** Sends publications to a hub, each already JSON text. One receipt for each, in the same order. */
export type Publish = (events: readonly string[]) => Promise<readonly Receipt[]>;

const TIMEOUT = 60_000;
const PAUSES = [250, 750, 1_500];

/**
 * A client of the hub at `url`. A batch that meets an unavailable hub is sent again after pauses (the hub knows what
 * it has already accepted), at last `Unavailable` `hub`. A refused token is `Forbidden` `hub-token`; a batch that the
 * hub cannot take as a whole is `Invalid` `hub-batch`.
 */
export function hubClient(url: string, token: string): Publish {
  const address = new URL('events', url.endsWith('/') ? url : `${url}/`);
  return async (events) => {
    const body = `[${events.join(',')}]`;
    for (const pause of PAUSES) {
      const receipts = await attempt(address, token, body);
      if (receipts !== null) return inFull(receipts, events.length);
      await sleep(pause);
    }
    const receipts = await attempt(address, token, body);
    if (receipts === null) throw new Unavailable('hub', `the hub at ${address.origin} is not available`);
    return inFull(receipts, events.length);
  };
}

/** Null when trying again may help. */
async function attempt(address: URL, token: string, body: string): Promise<readonly Receipt[] | null> {
  const response = await post(address, token, body);
  if (response === null || response.status >= 500 || response.status === 429) {
    await response?.body?.cancel();
    return null;
  }
  if (response.ok) return (await response.json()) as readonly Receipt[];
  await response.body?.cancel();
  if (response.status === 401 || response.status === 403) {
    throw new Forbidden('hub-token', `the hub refused the token (status ${String(response.status)})`);
  }
  throw new Invalid('hub-batch', `the hub refused a batch of events (status ${String(response.status)})`);
}

async function post(address: URL, token: string, body: string): Promise<Response | null> {
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/cloudevents-batch+json; charset=utf-8',
  };
  try {
    const signal = AbortSignal.timeout(TIMEOUT);
    return await fetch(address, { method: 'POST', headers, body, signal, redirect: 'error' });
  } catch {
    return null;
  }
}

function inFull(receipts: readonly Receipt[], expected: number): readonly Receipt[] {
  if (receipts.length === expected) return receipts;
  throw new Unavailable('hub', 'the hub did not answer with one receipt for each event');
}
