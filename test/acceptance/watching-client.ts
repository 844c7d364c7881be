import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { type Caseloads } from '../../apps/hub/watching/caseloads.js';
import { CASELOADS } from '../../apps/hub/watching/watching.tokens.js';
import { type Role } from '../../libs/adapters/caller/caller.js';
import { developmentIssuer } from '../../libs/adapters/caller/development-issuer.js';
import { type Body, itemsOf, type RunningHub } from './running-hub.js';

export interface Watched {
  readonly agency: string;
  readonly user?: string;
  readonly scope?: 'MINE' | 'AGENCY';
  readonly purpose?: string;
  readonly held?: readonly string[];
  readonly roles?: readonly Role[];
  readonly justification?: string;
  readonly hours?: number;
  readonly query?: string;
  /** Told of each answer as it arrives. */
  readonly onAnswer?: (answer: Body) => void;
}

/** A subscription as its client sees it. */
export interface Watching {
  /** What came, each answer's whole body. */
  readonly answers: readonly Body[];
  /** Items that came, by kind, with `!` where they take something back. */
  kinds(): readonly string[];
  /** Waits until so many answers came. */
  came(count: number): Promise<void>;
  /** How it ended: close code and reason, or the errors of the last message. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

export const ITEM = `kind at corrects retracted handlingConditions happened { verbatim }
  offender { id identity { familyName dateOfBirth } }
  fact { id type publisher superseded { kind } fields { name status value clause } withheld { name } }`;

const queryFor = ({ scope = 'MINE', query }: Watched): string =>
  query ?? `subscription { caseload(scope: ${scope}) { ${ITEM} } }`;

async function paramsFor(hub: RunningHub, watched: Watched): Promise<Record<string, string>> {
  const { agency, user = `${agency}-user`, purpose = 'reducing-reoffending', hours = 1 } = watched;
  const { held = [purpose], roles = ['practitioner'], justification } = watched;
  const token = await developmentIssuer(hub.dir, {}).sign({ agency, user, roles, purposes: held, hours });
  return {
    authorization: `Bearer ${token}`,
    'x-purpose': purpose,
    ...(justification !== undefined && { 'x-justification': justification }),
  };
}

/** Resolves once the hub has the subscription open, or refused it. */
async function opened(hub: RunningHub, before: number, ended: Promise<string>): Promise<void> {
  let isEnded = false;
  void ended.then(() => {
    isEnded = true;
  });
  await eventually(() => isEnded || hub.app.get<Caseloads>(CASELOADS).size() > before);
}

/** Subscribes over WebSocket, with the client that the protocol's authors publish. */
export async function watchBySocket(hub: RunningHub, url: string, watched: Watched): Promise<Watching> {
  const before = hub.app.get<Caseloads>(CASELOADS).size();
  const connectionParams = await paramsFor(hub, watched);
  const told = openTold(watched);
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams,
    retryAttempts: 0,
    onNonLazyError: () => undefined,
  });
  let closed = '';
  client.on('closed', (event) => {
    const { code, reason } = event as { readonly code: number; readonly reason: string };
    closed = `${code} ${reason}`;
  });
  const stop = client.subscribe<Body>(
    { query: queryFor(watched) },
    {
      next: (answer) => told.take(JSON.parse(JSON.stringify(answer)) as Body),
      error: (error) => told.end(Array.isArray(error) ? `errors ${codesOf(error)}` : closed),
      complete: () => told.end('complete'),
    },
  );
  await opened(hub, before, told.watching.ended);
  return {
    ...told.watching,
    async stop() {
      stop();
      await client.dispose();
    },
  };
}

/** Subscribes by server-sent events, as `fetch` takes them. */
export async function watchByEvents(hub: RunningHub, url: string, watched: Watched): Promise<Watching> {
  const aborting = new AbortController();
  const told = openTold(watched);
  const response = await fetch(`${url}/graphql/stream`, {
    method: 'POST',
    headers: { ...(await paramsFor(hub, watched)), 'content-type': 'application/json' },
    body: JSON.stringify({ query: queryFor(watched) }),
    signal: aborting.signal,
  });
  if (response.status !== 200) {
    const { errors } = (await response.json()) as { readonly errors: readonly unknown[] };
    told.end(`${response.status} ${codesOf(errors)}`);
  } else void read(response, told).catch(() => told.end('aborted'));
  return {
    ...told.watching,
    stop() {
      aborting.abort();
      return Promise.resolve();
    },
  };
}

async function read(response: Response, told: ReturnType<typeof openTold>): Promise<void> {
  if (response.body === null || !response.headers.get('content-type')?.startsWith('text/event-stream'))
    throw new Error('no event stream');
  let text = '';
  let errors = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events.filter((each) => !each.startsWith(':'))) {
      const [, name, data = ''] = /^event: (\w+)\ndata: ?(.*)$/s.exec(event) ?? [];
      if (name === 'complete') return told.end(errors || 'complete');
      const answer = JSON.parse(data) as Body;
      if (answer.data === undefined) errors = `errors ${codesOf(itemsOf(answer.errors))}`;
      else told.take(answer);
    }
  }
  told.end('cut off');
}

function openTold({ onAnswer }: Watched) {
  const answers: Body[] = [];
  let end: (how: string) => void = () => undefined;
  const ended = new Promise<string>((resolve) => {
    end = resolve;
  });
  const kinds = () =>
    answers.map(
      ({ data }) =>
        `${String(data?.caseload?.kind)}${String(data?.caseload?.retracted) === 'true' ? '!' : ''}`,
    );
  const came = (count: number) => eventually(() => answers.length >= count);
  return {
    take(answer: Body) {
      answers.push(answer);
      onAnswer?.(answer);
    },
    end: (how: string) => end(how),
    watching: { answers, kinds, came, ended },
  };
}

function codesOf(errors: readonly unknown[]): string {
  return errors
    .map((error) => String((error as { readonly extensions?: { readonly code?: string } }).extensions?.code))
    .join(' ');
}

/** Waits until something holds; fails the test when it doesn't within ten seconds. */
export async function eventually(holds: () => boolean): Promise<void> {
  const late = performance.now() + 10_000;
  while (!holds()) {
    if (performance.now() > late) throw new Error('it did not come to hold');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
