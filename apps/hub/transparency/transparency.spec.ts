import 'reflect-metadata';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type EventLog } from '../../../libs/adapters/event-log/event-log.js';
import { openCheckpoint, parseHash } from '../../../libs/adapters/transparency/checkpoint.js';
import { type Schedule } from '../../../libs/adapters/transparency/heads-on-schedule.js';
import {
  hashesIn,
  expandTile,
  TILE_WIDTH,
  tilePath,
  widthIn,
} from '../../../libs/adapters/transparency/tile.js';
import { rootHash, verifyConsistency, verifyInclusion } from '../../../libs/adapters/transparency/merkle.js';
import {
  COSIGNATURE,
  formatVerifierKey,
  generateSignerKey,
} from '../../../libs/adapters/transparency/note-key.js';
import { verified } from '../../../libs/adapters/transparency/note-signature.js';
import { parseNote } from '../../../libs/adapters/transparency/note.js';
import { type TransparencyLog } from '../../../libs/adapters/transparency/transparency-log.js';
import { serveWitness } from '../../../libs/adapters/transparency/witness-server.js';
import { openWitness } from '../../../libs/adapters/transparency/witness.js';
import { appendEvents } from '../../../libs/testing/transparency.js';
import { createHub } from '../server.js';
import { readSettings } from '../settings.js';
import { EVENT_LOG } from '../storage.module.js';
import { SCHEDULE, TRANSPARENCY } from './transparency.tokens.js';

let dir: string;
let app: NestFastifyApplication | undefined;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'concordat-transparency-'));
});
afterEach(async () => {
  await app?.close();
  app = undefined;
  rmSync(dir, { recursive: true, force: true });
});

async function start(): Promise<NestFastifyApplication> {
  app = await createHub({ settings: readSettings({ CONCORDAT_DATA: dir, PORT: '0' }) });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}

/** Appends events past intake, and has the head over them signed and cosigned. */
async function grow(hub: NestFastifyApplication, count: number): Promise<number> {
  const log = hub.get<EventLog>(EVENT_LOG);
  await appendEvents(log, count);
  const head = await log.head();
  await hub.get<TransparencyLog>(TRANSPARENCY).reach(head);
  await hub.get<Schedule>(SCHEDULE).run();
  return head;
}

describe('the transparency log over HTTP', () => {
  const get = async (path: string) => {
    const { statusCode, headers, rawPayload, body } = await (app ?? (await start())).inject({
      method: 'GET',
      url: `/transparency/${path}`,
    });
    return { status: statusCode, headers, bytes: rawPayload, body };
  };
  const json = async <T>(path: string): Promise<T> => JSON.parse((await get(path)).body) as T;

  it('gives anybody what it takes to check the log: a signed head, tiles that fit it, proofs', async () => {
    const hub = await start();
    const key = hub.get<TransparencyLog>(TRANSPARENCY).key;
    const first = await grow(hub, 300);
    const early = await get('checkpoint');
    expect(early).toMatchObject({ status: 200 });
    expect(early.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-cache',
    });
    const last = await grow(hub, 400);
    const head = openCheckpoint((await get('checkpoint')).bytes, key);
    expect(head.size).toBe(last);

    const tiles = new Map<string, Uint8Array>();
    for (const [level, index] of [
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 0],
    ] as const) {
      const path = tilePath({ level, index, width: widthIn(last, level, index) });
      const answer = await get(`tile/${path}`);
      expect([path, answer.status, answer.headers['content-type']]).toEqual([
        path,
        200,
        'application/octet-stream',
      ]);
      expect(answer.headers['cache-control']).toContain('immutable');
      tiles.set(`${level} ${index}`, answer.bytes);
    }
    const hashAt = hashesIn((level, index) => expandTile(tiles.get(`${level} ${index}`) ?? Buffer.alloc(0)));
    expect(Buffer.from(rootHash(last, hashAt))).toEqual(Buffer.from(head.root));

    const inclusion = await json<Record<'leafHash' | 'root', string> & { proof: string[]; size: number }>(
      `proof/inclusion?position=7&size=${first}`,
    );
    const earlyHead = openCheckpoint(early.bytes, key);
    expect(inclusion).toMatchObject({ position: 7, size: first });
    const path = inclusion.proof.map(parseHash);
    expect(verifyInclusion(6, first, parseHash(inclusion.leafHash), path, earlyHead.root)).toBe(true);
    const { proof, from, to } = await json<{ proof: string[]; from: number; to: number }>(
      `proof/consistency?from=${first}`,
    );
    expect([from, to]).toEqual([first, last]);
    expect(verifyConsistency(first, last, earlyHead.root, head.root, proof.map(parseHash))).toBe(true);
  });

  it('answers what it cannot give, and lets nobody keep that answer', async () => {
    const head = await grow(await start(), 10);
    for (const path of [
      'tile/0/000',
      `tile/0/000.p/${head + 1}`,
      'tile/1/000.p/1',
      'tile/0/0',
      'tile/entries/000',
    ])
      expect([path, (await get(path)).status, (await get(path)).headers['cache-control']]).toEqual([
        path,
        404,
        undefined,
      ]);
    for (const path of [
      'proof/inclusion',
      'proof/inclusion?position=0',
      'proof/inclusion?position=1.5',
      'proof/inclusion?position=1&position=2',
      `proof/inclusion?position=${head + 1}`,
      `proof/inclusion?position=1&size=${head + 1}`,
      'proof/inclusion?position=3&size=2',
      'proof/consistency?from=0',
      `proof/consistency?from=${head + 1}`,
      'proof/consistency?from=2&to=1',
    ])
      expect([path, (await get(path)).status]).toEqual([path, 400]);
    expect(TILE_WIDTH).toBeGreaterThan(head);
  });

  it('serves a head with the cosignature of a witness that its folder lists', async () => {
    await start();
    const key = app?.get<TransparencyLog>(TRANSPARENCY).key;
    await app?.close();
    if (key === undefined) throw new Error('there is no key');
    const cosigner = generateSignerKey('police.example/witness', COSIGNATURE);
    const state = join(dir, 'police.state');
    const witness = openWitness({ key: cosigner, log: key, file: state, clock: Date.now });
    const server = await serveWitness(witness, 0, '127.0.0.1');
    const line = `witness police ${formatVerifierKey(cosigner)} ${server.url}\n`;
    writeFileSync(join(dir, 'transparency', 'witnesses'), line);
    await grow(await start(), 3);
    const note = parseNote((await get('checkpoint')).bytes);
    expect(verified(note, [cosigner])).toHaveLength(1);
    await server.close();
  });

  it('signs what it has when it closes, and goes on from there', async () => {
    const hub = await start();
    const log = hub.get<EventLog>(EVENT_LOG);
    const { key } = hub.get<TransparencyLog>(TRANSPARENCY);
    await appendEvents(log, 30);
    const head = await log.head();
    await hub.get<TransparencyLog>(TRANSPARENCY).reach(head);
    await hub.close();
    await start();
    const kept = openCheckpoint((await get('checkpoint')).bytes, key);
    expect(kept.size).toBeGreaterThanOrEqual(head);
  });
});
