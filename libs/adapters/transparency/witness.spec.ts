import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { appendEvents, openTransparency, signAll } from '../../testing/transparency.js';
import { openEmbeddedLog } from '../event-log/embedded-event-log.js';
import { type EventLog } from '../event-log/event-log.js';
import { formatAddCheckpoint, parseAddCheckpoint } from './add-checkpoint.js';
import { openCheckpoint, type SignedCheckpoint } from './checkpoint.js';
import { compareHeads } from './compare-heads.js';
import { startSchedule } from './heads-on-schedule.js';
import { COSIGNATURE, formatVerifierKey, generateSignerKey, SIGNATURE, type SignerKey } from './note-key.js';
import { signText, verified } from './note-signature.js';
import { formatNote, parseNote, parseSignatures } from './note.js';
import { type TransparencyLog } from './transparency-log.js';
import { type Submitted } from './witness-client.js';
import { readWitnesses } from './witness-policy.js';
import { serveWitness, type WitnessServer } from './witness-server.js';
import { openWitness, type Witness } from './witness.js';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 2, 1, 12);

/** A hub's log and its transparency log in a folder. */
interface Partner {
  readonly log: EventLog;
  readonly transparency: TransparencyLog;
  grow(count: number): Promise<SignedCheckpoint>;
}

let dir: string;
let closing: (() => Promise<void>)[];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'concordat-witness-'));
  closing = [];
});
afterEach(async () => {
  for (const close of closing.reverse()) await close();
  rmSync(dir, { recursive: true, force: true });
});

async function openHub(folder: string): Promise<Partner> {
  const log = await openEmbeddedLog(join(folder, 'log.sqlite'));
  const transparency = await openTransparency(folder, log);
  closing.push(async () => {
    await transparency.close();
    await log.close();
  });
  return {
    log,
    transparency,
    async grow(count) {
      await appendEvents(log, count);
      await signAll(transparency, log);
      return transparency.checkpoint();
    },
  };
}

const keyOf = (agency: string): SignerKey => generateSignerKey(`${agency}.example/witness`, COSIGNATURE);

function witnessOf(hub: Partner, key: SignerKey): Witness {
  const file = join(dir, `${key.name.split('.')[0] ?? ''}.state`);
  return openWitness({ key, log: hub.transparency.key, file, clock: () => NOW });
}

/** What the log would send to have its last head cosigned. */
function submission({ transparency }: Partner, old: number): string {
  const { note, size } = transparency.checkpoint();
  const proof = old === 0 ? [] : transparency.consistency(old, size).proof;
  return formatAddCheckpoint({ old, proof, checkpoint: formatNote(note) });
}

describe('a witness', () => {
  let hub: Partner;
  let key: SignerKey;
  let witness: Witness;
  beforeEach(async () => {
    hub = await openHub(dir);
    key = keyOf('police');
    witness = witnessOf(hub, key);
  });

  it('cosigns what continues that which it has seen, and keeps it before it answers', async () => {
    const first = await hub.grow(10);
    const answer = witness.addCheckpoint(submission(hub, 0));
    expect(answer.status).toBe(200);
    const signatures = parseSignatures(answer.body);
    expect(verified({ text: first.note.text, signatures }, [key])).toHaveLength(1);
    const kept = openCheckpoint(readFileSync(join(dir, 'police.state')), hub.transparency.key, [key]);
    expect([kept.size, kept.note.signatures.length]).toEqual([10, 2]);
    expect(statSync(join(dir, 'police.state')).mode & 0o777).toBe(0o600);
    await hub.grow(300);
    expect(witnessOf(hub, key).addCheckpoint(submission(hub, 10)).status).toBe(200);
  });

  it('cosigns the empty tree, the same head again, and nothing smaller', async () => {
    expect(witness.addCheckpoint(submission(hub, 0)).status).toBe(200);
    await hub.grow(5);
    const early = submission(hub, 0);
    expect(witness.addCheckpoint(early).status).toBe(200);
    expect(witness.addCheckpoint(submission(hub, 5)).status).toBe(200);
    await hub.grow(5);
    expect(witness.addCheckpoint(submission(hub, 5)).status).toBe(200);
    expect(witness.addCheckpoint(early)).toEqual({ status: 409, type: 'text/x.tlog.size', body: '10\n' });
  });

  it('answers as the specification says to what it must not cosign', async () => {
    const { note } = await hub.grow(10);
    witness.addCheckpoint(submission(hub, 0));
    await hub.grow(10);
    const good = submission(hub, 10);
    const late = hub.transparency.checkpoint();
    const statusOf = (body: string): number => witness.addCheckpoint(body).status;
    const stranger = generateSignerKey(hub.transparency.key.name, SIGNATURE);
    const forged = formatNote({ text: late.note.text, signatures: [signText(late.note.text, stranger)] });
    const elsewhere = generateSignerKey('example.com/other', SIGNATURE);
    const text = late.note.text.replace(hub.transparency.key.name, elsewhere.name);
    const foreign = formatNote({ text, signatures: [signText(text, elsewhere)] });
    const { proof } = parseAddCheckpoint(good);
    expect([
      statusOf(formatAddCheckpoint({ old: 10, proof, checkpoint: foreign })),
      statusOf(formatAddCheckpoint({ old: 10, proof, checkpoint: forged })),
      statusOf(good.replace(late.note.text, late.note.text.replace('\n20\n', '\n19\n'))),
      statusOf(good.replace('old 10', 'old 21')),
      statusOf(good.replace('old 10', 'old 9')),
      statusOf(formatAddCheckpoint({ old: 10, proof: proof.slice(1), checkpoint: formatNote(late.note) })),
      statusOf(
        formatAddCheckpoint({ old: 10, proof: [...proof].reverse(), checkpoint: formatNote(late.note) }),
      ),
      statusOf(formatAddCheckpoint({ old: 0, proof, checkpoint: formatNote(note) })),
    ]).toEqual([404, 403, 403, 400, 409, 422, 422, 409]);
    for (const malformed of [
      '',
      'old 10\n',
      good.replace('old 10', 'old 010'),
      good.replace('old 10', 'old'),
      good.replace('old 10', 'new 10'),
      good.replace('\n\n', '\n'),
      good.replaceAll('\n', '\r\n'),
      good.replace(/^old 10\n/, 'old 10\nno hash\n'),
      good.replace(/^old 10\n/, `old 10\n${`${Buffer.alloc(32).toString('base64')}\n`.repeat(64)}`),
      good.slice(0, -1),
    ])
      expect([malformed, statusOf(malformed)]).toEqual([malformed, 400]);
    expect(statusOf(good)).toBe(200);
  });

  it('accepts no proof with the first head', async () => {
    await hub.grow(10);
    const [first, ...rest] = submission(hub, 0).split('\n');
    const body = [first, Buffer.alloc(32).toString('base64'), ...rest].join('\n');
    expect(witness.addCheckpoint(body).status).toBe(422);
  });

  it('does not begin anew over a state that it has not signed', async () => {
    await hub.grow(10);
    witness.addCheckpoint(submission(hub, 0));
    const state = join(dir, 'police.state');
    writeFileSync(state, readFileSync(state, 'utf8').replace('\n10\n', '\n1\n'));
    expect(() => witnessOf(hub, key)).toThrow('does not hold');
    writeFileSync(state, formatNote(hub.transparency.checkpoint().note));
    expect(() => witnessOf(hub, key)).toThrow('not cosigned');
  });
});

describe('a log and its witnesses', () => {
  async function serve(witness: Witness): Promise<WitnessServer> {
    const server = await serveWitness(witness, 0, '127.0.0.1');
    closing.push(() => server.close().catch(() => undefined));
    return server;
  }

  it('serves its heads with the cosignatures of those that can be reached, and asks the others again', async () => {
    const hub = await openHub(dir);
    const [police, housing] = [keyOf('police'), keyOf('housing')];
    const near = await serve(witnessOf(hub, police));
    const far = await serve(witnessOf(hub, housing));
    await far.close();
    const policy = `# who watches\nquorum none\nwitness police ${formatVerifierKey(police)} ${near.url}/\n\n`;
    const other = `\twitness  housing ${formatVerifierKey(housing)}\t${far.url}\n`;
    writeFileSync(join(dir, 'transparency', 'witnesses'), policy + other);
    const witnesses = readWitnesses(join(dir, 'transparency'));
    const refusals: Submitted[] = [];
    const schedule = startSchedule({
      log: hub.transparency,
      witnesses,
      every: HOUR,
      onFault: (error) => {
        throw error;
      },
      onRefusal: (_, submitted) => refusals.push(submitted),
    });
    closing.push(() => schedule.stop());
    const cosigned = (): readonly string[] =>
      verified(hub.transparency.checkpoint().note, [police, housing]).map(({ name }) => name);
    await schedule.run();
    expect([cosigned(), refusals]).toEqual([[], []]);
    await appendEvents(hub.log, 10);
    await hub.transparency.reach(10);
    await schedule.run();
    expect([cosigned(), refusals]).toEqual([[police.name], [{ outcome: 'unreachable', status: 0 }]]);
    const again = await serveWitness(witnessOf(hub, housing), Number(new URL(far.url).port), '127.0.0.1');
    closing.push(() => again.close());
    await schedule.run();
    expect(cosigned()).toEqual([police.name, housing.name]);
    await appendEvents(hub.log, 500);
    await hub.transparency.reach(510);
    await schedule.run();
    expect([hub.transparency.checkpoint().size, cosigned().length]).toEqual([510, 2]);
    const seen = await (await fetch(`${near.url}/checkpoint`)).text();
    expect(openCheckpoint(seen, hub.transparency.key).size).toBe(510);
    expect((await fetch(`${near.url}/elsewhere`)).status).toBe(404);
    const long = { method: 'POST', body: 'a'.repeat(300_000) };
    expect((await fetch(`${near.url}/add-checkpoint`, long)).status).toBe(413);
  });

  it.each([
    'witness police',
    'witness police key http://a',
    'witnesses',
    `witness police PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW http://a`,
    `witness police ${formatVerifierKey(keyOf('police'))} ftp://a`,
    `witness police ${formatVerifierKey(keyOf('police'))}`,
  ])('is told which line of its list is wrong: %s', (line) => {
    writeFileSync(join(dir, 'witnesses'), `# one\n${line}\n`);
    expect(() => readWitnesses(dir)).toThrow(expect.objectContaining({ kind: 'invalid' }));
  });

  it('is found out by any two of them when it shows two histories (beyond-the-peers 10)', async () => {
    const hub = await openHub(dir);
    const common = await hub.grow(20);
    const fork = mkdtempSync(join(tmpdir(), 'concordat-fork-'));
    for (const name of ['log.sqlite', 'log.sqlite-wal', 'log.sqlite-shm', 'transparency'])
      cpSync(join(dir, name), join(fork, name), { recursive: true });
    const twin = await openHub(fork);
    closing.unshift(() => Promise.resolve(rmSync(fork, { recursive: true, force: true })));
    const [police, housing] = [witnessOf(hub, keyOf('police')), witnessOf(hub, keyOf('housing'))];
    await hub.grow(10);
    await twin.grow(10);
    expect(police.addCheckpoint(submission(hub, 0)).status).toBe(200);
    expect(housing.addCheckpoint(submission(twin, 0)).status).toBe(200);
    const logKey = hub.transparency.key;
    const [one, other] = [police, housing].map((each) => openCheckpoint(each.seen() ?? '', logKey));
    if (one === undefined || other === undefined) throw new Error('a witness has seen nothing');
    const noProof = () => Promise.resolve(undefined);
    expect(await compareHeads([one, other], noProof)).toEqual([{ outcome: 'split', one, other }]);
    for (const { note } of [one, other]) expect(parseNote(formatNote(note)).signatures).toHaveLength(1);

    expect(police.addCheckpoint(submission(twin, 30))).toMatchObject({ status: 409, body: '30\n' });
    await twin.grow(1);
    expect(police.addCheckpoint(submission(twin, 30)).status).toBe(422);
    const proofOf = (partner: Partner) => (from: number, to: number) =>
      Promise.resolve(partner.transparency.consistency(from, to).proof);
    const outcomes = async (heads: readonly SignedCheckpoint[], partner: Partner) =>
      (await compareHeads(heads, proofOf(partner))).map(({ outcome }) => outcome);
    expect(await outcomes([common, one, one], hub)).toEqual(['continued', 'continued', 'same']);
    expect(await outcomes([one, twin.transparency.checkpoint()], twin)).toEqual(['unproven']);

    const server = await serve(police);
    const refusals: Submitted[] = [];
    const ask = async (partner: Partner): Promise<void> => {
      const witnesses = [{ key: keyOf('police'), url: server.url }];
      const onFault = (error: unknown): void => void refusals.push(error as Submitted);
      const onRefusal = (_: unknown, submitted: Submitted): void => void refusals.push(submitted);
      const schedule = startSchedule({
        log: partner.transparency,
        witnesses,
        every: HOUR,
        onFault,
        onRefusal,
      });
      await schedule.run();
      await schedule.stop();
    };
    await ask(twin);
    await hub.grow(50);
    expect(police.addCheckpoint(submission(hub, 30)).status).toBe(200);
    await ask(twin);
    expect(refusals).toEqual([
      { outcome: 'split', size: 31 },
      { outcome: 'ahead', size: 80 },
    ]);
  });
});
