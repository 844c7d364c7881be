import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Logger } from 'pino';
import { type Role } from '../../../libs/adapters/caller/caller.js';
import { developmentIssuer } from '../../../libs/adapters/caller/development-issuer.js';
import { openEmbeddedLog } from '../../../libs/adapters/event-log/embedded-event-log.js';
import { Unavailable } from '../../../libs/contract/failure.js';
import { createHub } from '../server.js';
import { readSettings } from '../settings.js';
import { LOGGER } from '../telemetry.module.js';

const STRUCTURED = 'application/cloudevents+json';
const BATCH = 'application/cloudevents-batch+json';

let folder: string;
let app: NestFastifyApplication;
let url: string;
let isDiskFull = false;
/** An error that nobody foresaw, thrown by the log while it is set. */
let fault: Error | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'intake-http-'));
  app = await createHub({
    settings: readSettings({ CONCORDAT_DATA: folder, PORT: '0' }),
    openLog: async (file) => {
      const log = await openEmbeddedLog(file);
      const full = new Unavailable('log-write-failed', 'event log could not write');
      const append: typeof log.append = (...all) => {
        const failure = isDiskFull ? full : fault;
        return failure === undefined ? log.append(...all) : Promise.reject(failure);
      };
      return { ...log, append };
    },
  });
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
});

afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

const tokenOf = (agency: string, ...roles: Role[]): Promise<string> =>
  developmentIssuer(folder, {}).sign({ agency, user: `${agency}-system`, roles, purposes: [], hours: 1 });

interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly body: unknown;
}

async function call(
  method: string,
  path: string,
  {
    body,
    headers = {},
    token,
  }: { body?: string; headers?: Record<string, string>; token?: string | null } = {},
): Promise<Answer> {
  const bearer = token === undefined ? await tokenOf('police', 'publisher') : token;
  const authorization: Record<string, string> = bearer === null ? {} : { authorization: `Bearer ${bearer}` };
  const init = { method, headers: { ...authorization, ...headers }, ...(body !== undefined && { body }) };
  const response = await fetch(`${url}${path}`, init);
  return { status: response.status, type: response.headers.get('content-type'), body: await response.json() };
}

const post = (body: unknown, contentType = STRUCTURED, token?: string): Promise<Answer> =>
  call('POST', '/events', {
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': contentType },
    ...(token !== undefined && { token }),
  });

const data = { flag: 'IOM', from: '2026-03-01', pnc: '2001/0171310W' };

const flag = (id: string, changes: object = {}): object => ({
  specversion: '1.0',
  id,
  source: '/police/iom',
  type: 'police.iom.flag.set',
  subject: 'ref:http',
  data,
  ...changes,
});

describe('POST /events', () => {
  it('answers a structured event with its receipt, and a resend with the same', async () => {
    const first = await post(flag('s-1'));
    expect(first).toMatchObject({ status: 201, type: 'application/json; charset=utf-8' });
    expect(first.body).toMatchObject({ source: '/police/iom', id: 's-1', outcome: 'accepted', status: 201 });
    const again = await post(flag('s-1'), `${STRUCTURED}; charset=utf-8`);
    expect(again).toMatchObject({
      status: 200,
      body: { ...(first.body as object), outcome: 'duplicate', status: 200 },
    });
  });

  const binary = {
    'ce-specversion': '1.0',
    'ce-id': 'b-1',
    'ce-source': '/police/iom',
    'ce-type': 'police.iom.flag.set',
    'ce-subject': 'ref:http%20caf%C3%A9',
    'content-type': 'application/json',
  };

  it('reads binary mode as the same event', async () => {
    const answer = await call('POST', '/events', { body: JSON.stringify(data), headers: binary });
    expect(answer).toMatchObject({ status: 201, body: { outcome: 'accepted', id: 'b-1' } });
    expect((await post(flag('b-1', { subject: 'ref:http café' }))).body).toMatchObject({
      outcome: 'duplicate',
    });
  });

  it('refuses a header that was sent twice', async () => {
    const authorization = `Bearer ${await tokenOf('police', 'publisher')}`;
    const headers = { ...binary, 'ce-id': ['b-2', 'b-2'], authorization };
    const answer = await new Promise<string>((resolve, reject) => {
      const sent = request(`${url}/events`, { method: 'POST', headers }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString())).on('end', () => resolve(text));
      });
      sent.on('error', reject).end(JSON.stringify(data));
    });
    expect(JSON.parse(answer)).toMatchObject({
      status: 400,
      errors: [{ pointer: '/id', detail: 'is given twice' }],
    });
  });

  it('answers a batch with a receipt for each event, in order', async () => {
    const events = [
      flag('t-1'),
      flag('t-2', { type: 'court.warrant.issued' }),
      flag('t-3', { data: {} }),
      flag('t-1'),
      1,
    ];
    const { status, body } = await post(events, BATCH);
    expect(status).toBe(200);
    expect(body).toMatchObject([
      { id: 't-1', status: 201, outcome: 'accepted' },
      {
        id: 't-2',
        status: 403,
        outcome: 'rejected',
        problem: { type: 'urn:concordat:problem:not-your-event-type' },
      },
      { id: 't-3', status: 202, outcome: 'quarantined', quarantine: { reason: 'schema-failed' } },
      { id: 't-1', status: 200, outcome: 'duplicate' },
      { id: null, status: 400, outcome: 'rejected', problem: { errors: [{ pointer: '' }] } },
    ]);
    expect(await post([], BATCH)).toMatchObject({ status: 200, body: [] });
  });

  it.each([
    [400, 'invalid-event', STRUCTURED, '{'],
    [400, 'invalid-event', STRUCTURED, JSON.stringify(flag('p-1', { time: 'noon' }))],
    [400, 'not-a-batch', BATCH, '{}'],
    [413, 'too-large', BATCH, `[${Array(1001).fill('{}').join(',')}]`],
    [413, 'too-large', BATCH, `[${' '.repeat(33 * 1024 * 1024)}]`],
    [415, 'unsupported-media-type', 'text/plain', 'hello'],
    [415, 'unsupported-media-type', 'application/json; charset=latin1', '{}'],
    [403, 'not-your-source', STRUCTURED, JSON.stringify(flag('p-2', { source: '/courts' }))],
  ])('answers %i %s', async (status, code, contentType, body) => {
    const answer = await post(body, contentType);
    expect(answer).toMatchObject({
      status,
      type: 'application/problem+json; charset=utf-8',
      body: { type: `urn:concordat:problem:${code}`, status, title: expect.any(String) as unknown },
    });
  });

  it('answers 409 to the same id with other content', async () => {
    await post(flag('c-1'));
    expect(await post(flag('c-1', { time: '2026-01-02' }))).toMatchObject({
      status: 409,
      body: { type: 'urn:concordat:problem:different-content' },
    });
  });

  it('answers 401 without a good token and 403 without the role', async () => {
    for (const token of [null, 'nonsense', '']) {
      expect(
        await call('POST', '/events', { body: '{}', headers: { 'content-type': STRUCTURED }, token }),
      ).toMatchObject({
        status: 401,
        type: 'application/problem+json; charset=utf-8',
      });
    }
    expect(await post(flag('r-1'), STRUCTURED, await tokenOf('police', 'practitioner'))).toMatchObject({
      status: 403,
      body: { type: 'urn:concordat:problem:not-a-publisher' },
    });
  });

  it('answers 503 when nothing can be stored, and takes the same events afterwards', async () => {
    isDiskFull = true;
    const single = await post(flag('f-1'));
    const batch = await post([flag('f-1'), flag('f-2')], BATCH);
    const mixed = await post([flag('f-1'), 1], BATCH);
    isDiskFull = false;
    expect([single.status, batch.status, mixed.status]).toEqual([503, 503, 200]);
    expect(mixed.body).toMatchObject([{ status: 503 }, { status: 400 }]);
    expect((await post([flag('f-1'), flag('f-2')], BATCH)).body).toMatchObject([
      { status: 201 },
      { status: 201 },
    ]);
  });
});

describe('GET /status', () => {
  it('tells a system who it is, what it may publish, and what it published last', async () => {
    await post(flag('last'));
    const { status, body } = await call('GET', '/status');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      agency: { id: 'police', kind: 'police' },
      user: 'police-system',
      roles: ['publisher'],
      publish: {
        allowed: true,
        sourcePrefix: '/police',
        types: expect.arrayContaining([
          {
            type: 'police.iom.flag.set',
            version: 1,
            dataschema: 'urn:concordat:schema:police.iom.flag.set:1',
          },
        ]) as unknown,
      },
      agreements: [],
      lastEvent: { source: '/police/iom', id: 'last' },
    });
    expect(JSON.stringify(body)).not.toContain('probation.');
  });
});

describe('quarantine over HTTP', () => {
  it('lists, pages and releases', async () => {
    const events = ['q-1', 'q-2'].map((id) => flag(id, { source: '/police/q', data: { flag: 'IOM' } }));
    const { body } = await post(events, BATCH);
    const [{ quarantine }] = body as [{ quarantine: { id: string } }];
    const { body: page } = await call('GET', '/quarantine?limit=1');
    const { next } = page as { next: number };
    expect(page).toMatchObject({ items: [{ agency: 'police' }] });
    const rest = (await call('GET', `/quarantine?after=${next}`)).body;
    expect(rest).toMatchObject({ next: null });
    expect(JSON.stringify(rest)).toContain('q-2');

    const headers = { 'content-type': 'application/json' };
    const path = `/quarantine/${quarantine.id}/release`;
    const corrected = JSON.stringify({ event: flag('q-1', { source: '/police/q' }) });
    const release = (text?: string, token?: string): Promise<Answer> =>
      call('POST', path, {
        ...(text !== undefined && { body: text, headers }),
        ...(token !== undefined && { token }),
      });
    expect(await release()).toMatchObject({ status: 202, body: { outcome: 'quarantined' } });
    expect(await release('{"event":5,"evil":1}')).toMatchObject({ status: 400, body: { errors: [{}, {}] } });
    expect(await release('{"offender":"a","offender":"b"}')).toMatchObject({ status: 400 });
    expect(await release(corrected, await tokenOf('housing', 'publisher'))).toMatchObject({ status: 404 });
    expect(await release(corrected)).toMatchObject({ status: 201, body: { outcome: 'accepted', id: 'q-1' } });
    expect(await release(corrected)).toMatchObject({ status: 200, body: { outcome: 'duplicate' } });
  });

  it.each(['after=x', 'limit=-1', 'after=1.5'])('refuses ?%s', async (query) => {
    expect(await call('GET', `/quarantine?${query}`)).toMatchObject({ status: 400 });
  });
});

it("tells the hub's own log of an unforeseen error by its kind alone, in intake and in the filter", async () => {
  const { body } = await post(flag('fault-1', { data: { flag: 'IOM' } }));
  const { quarantine } = body as { quarantine: { id: string } };
  const error = jest.spyOn(app.get<Logger>(LOGGER), 'error').mockReturnValue(undefined);
  fault = new RangeError('could not store Featherstonehaugh');
  const published = await post(flag('fault-2'));
  const released = await call('POST', `/quarantine/${quarantine.id}/release`, {
    body: JSON.stringify({ event: flag('fault-1') }),
    headers: { 'content-type': 'application/json' },
  });
  fault = undefined;
  expect([published.status, released.status]).toEqual([503, 500]);
  expect(error.mock.calls.map(([line]) => line)).toEqual([{ fault: 'RangeError' }, { fault: 'RangeError' }]);
  expect(JSON.stringify([error.mock.calls, published, released])).not.toContain('Featherstonehaugh');
  error.mockRestore();
});
