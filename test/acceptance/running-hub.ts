import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Agreements } from '../../apps/hub/agreements/agreements.js';
import { documentHash, parseAgreement } from '../../libs/adapters/agreement-document/agreement-document.js';
import { AGREEMENTS } from '../../apps/hub/agreements/agreements.tokens.js';
import { type Follower } from '../../apps/hub/projector/follower.js';
import { FOLLOWER } from '../../apps/hub/projector/projector.module.js';
import { createHub } from '../../apps/hub/server.js';
import { readSettings } from '../../apps/hub/settings.js';
import { EVENT_LOG, type Start } from '../../apps/hub/storage.module.js';
import { signDocument } from '../../libs/adapters/agreement-document/signature.js';
import { type Caller, type Role } from '../../libs/adapters/caller/caller.js';
import { developmentIssuer } from '../../libs/adapters/caller/development-issuer.js';
import { type EventLog } from '../../libs/adapters/event-log/event-log.js';
import { signingKeyFor } from '../../libs/testing/signing-keys.js';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly body: Body;
}

/** A JSON body, read by name; what is not there is undefined. */
export interface Body {
  readonly [name: string]: Body;
  readonly [index: number]: Body;
}

/** The items of a JSON list; fails the test when there is no list. */
export function itemsOf(value: Body | undefined): readonly Body[] {
  if (Array.isArray(value)) return value;
  throw new Error('the answer has no list there');
}

/** A whole hub on storage of its own, spoken to as its users do. */
export interface RunningHub {
  readonly dir: string;
  readonly app: NestFastifyApplication;
  readonly log: EventLog;
  publish(agency: string, event: object, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  ask(agency: string, query: string, options?: Asked): Promise<Answer>;
  bringIntoForce(yaml: string): Promise<void>;
  change(type: 'suspend' | 'resume' | 'terminate', reference: string): Promise<void>;
  /** Waits until everything in the log is in the read models. */
  settle(): Promise<void>;
  request(
    method: 'GET' | 'POST',
    url: string,
    options?: { headers?: Readonly<Record<string, string>>; body?: string },
  ): Promise<Answer>;
  token(agency: string, roles: readonly Role[], purposes: readonly string[], user?: string): Promise<string>;
  close(): Promise<void>;
}

export interface Asked {
  readonly purpose?: string;
  readonly roles?: readonly Role[];
  readonly variables?: object;
  readonly user?: string;
  readonly justification?: string;
}

export async function runHub(
  start: Omit<Start, 'settings'> = {},
  dir = mkdtempSync(join(tmpdir(), 'concordat-hub-')),
): Promise<RunningHub> {
  const app = await createHub({ settings: readSettings({ CONCORDAT_DATA: dir, PORT: '0' }), ...start });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const log = app.get<EventLog>(EVENT_LOG);
  const agreements = app.get<Agreements>(AGREEMENTS);
  const issuer = developmentIssuer(dir, {});

  const hub: RunningHub = {
    dir,
    app,
    log,
    token: (agency, roles, purposes, user = `${agency}-user`) =>
      issuer.sign({ agency, user, roles, purposes, hours: 100 }),
    async request(method, url, { headers = {}, body } = {}) {
      const response = await app.inject({
        method,
        url,
        headers,
        ...(body !== undefined && { payload: body }),
      });
      const json = String(response.headers['content-type']).includes('json');
      return {
        status: response.statusCode,
        headers: response.headers,
        text: response.body,
        body: (json ? JSON.parse(response.body) : {}) as Body,
      };
    },
    async publish(agency, event, headers = {}) {
      const authorization = `Bearer ${await hub.token(agency, ['publisher'], [])}`;
      const type = Array.isArray(event)
        ? 'application/cloudevents-batch+json'
        : 'application/cloudevents+json';
      return hub.request('POST', '/events', {
        headers: { authorization, 'content-type': type, ...headers },
        body: JSON.stringify(event),
      });
    },
    async ask(
      agency,
      query,
      {
        purpose = 'reducing-reoffending',
        roles = ['practitioner' as const],
        variables,
        user,
        justification,
      } = {},
    ) {
      const authorization = `Bearer ${await hub.token(agency, roles, [purpose], user)}`;
      const headers = { authorization, 'content-type': 'application/json', 'x-purpose': purpose };
      const reasoned =
        justification === undefined ? headers : { ...headers, 'x-justification': justification };
      return hub.request('POST', '/graphql', {
        headers: reasoned,
        body: JSON.stringify({ query, variables }),
      });
    },
    async bringIntoForce(yaml) {
      const document = parseAgreement(yaml);
      const { reference, version, parties } = document;
      const hash = documentHash(document);
      await agreements.propose(signatoryOf(parties[0]?.agency ?? ''), yaml, REASON);
      for (const { agency } of parties) {
        const { key, publicKey, privateKeyPem } = signingKeyFor(agency);
        const by = signatoryOf(agency);
        if (!agreements.register().keys.has(key)) await agreements.registerKey(by, publicKey);
        const signature = signDocument(document, privateKeyPem);
        await agreements.sign(by, { reference, version, hash, key, signature, reason: REASON });
      }
    },
    async change(type, reference) {
      const { document } = (agreements.register().agreements.get(reference) ?? []).at(-1) ?? {};
      if (document === undefined) throw new Error(`no agreement ${reference}`);
      const { owner, version } = document;
      await agreements.change(signatoryOf(owner.agency), type, { reference, version, reason: REASON });
    },
    settle: async () => app.get<Follower>(FOLLOWER).reach(await log.head(), 20_000),
    async close() {
      await app.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
  return hub;
}

const REASON = 'for the test';

function signatoryOf(agency: string): Caller {
  return { agency, user: 'signatory', roles: ['signatory'], purposes: [], expires: 1e12 };
}
