import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { XMLValidator } from 'fast-xml-parser';
import { concordat } from '../../apps/cli/program.js';
import { SCHEDULE, TRANSPARENCY } from '../../apps/hub/transparency/transparency.tokens.js';
import {
  contentFiles,
  type Manifest,
  manifestText,
  signedText,
} from '../../libs/adapters/evidence/manifest.js';
import { leafHash } from '../../libs/adapters/event-log/leaf-hash.js';
import { type Schedule } from '../../libs/adapters/transparency/heads-on-schedule.js';
import {
  COSIGNATURE,
  formatSignerKey,
  formatVerifierKey,
  generateSignerKey,
  SIGNATURE,
} from '../../libs/adapters/transparency/note-key.js';
import { cosignText, signText } from '../../libs/adapters/transparency/note-signature.js';
import { formatNote } from '../../libs/adapters/transparency/note.js';
import { type TransparencyLog } from '../../libs/adapters/transparency/transparency-log.js';
import { byPnc, coreAgreement, eventOf, PNC } from './fixtures.js';
import { runHub, type RunningHub } from './running-hub.js';

const AGREEMENT = `${coreAgreement}
  - id: sex-is-withheld
    effect: prohibit
    publishers: [police]
    recipients: [probation]
    purposes: [reducing-reoffending]
    types: ['police.*']
    fields: { withhold: ['sex'] }
    because: The test says so
`;
const REASON = 'because Sam Synthetic was seen at Imaginary Row';
const CHILD = fileURLToPath(new URL('./verify-elsewhere.mjs', import.meta.url));
const witness = generateSignerKey('police.example/witness', COSIGNATURE);
const auditor = generateSignerKey('auditor.example/office', SIGNATURE);

let base: string;
let bundle: string;
let logKey: string;
let hub: RunningHub;

async function run(...parameters: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await concordat(parameters, {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    env: { CONCORDAT_DATA: hub.dir },
    now: () => new Date('2026-12-01T12:00:00Z'),
    interactive: false,
  });
  return { code, out, err };
}

const exportTo = (name: string, ...more: readonly string[]) =>
  run('audit', 'export', '--person', `pnc:${PNC}`, '--out', join(base, name), ...more);
const verify = (folder: string, ...more: readonly string[]) =>
  run('audit', 'verify', folder, '--log-key', logKey, ...more);

/** A hub in use: answers with and without people in them, a correction of what was shown, a signed and cosigned head. */
beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'concordat-evidence-'));
  hub = await runHub();
  await hub.bringIntoForce(AGREEMENT);
  const arrest = eventOf('police.arrest.recorded');
  await hub.publish('police', arrest);
  await hub.publish('treatment', eventOf('treatment.attendance.recorded', {}, { subject: 'nhs:9990000018' }));
  await hub.settle();
  await hub.ask('probation', byPnc, { justification: REASON, user: '=cmd|anna' });
  await hub.ask('housing', byPnc, { purpose: 'resettlement' });
  await hub.publish('police', eventOf('police.arrest.recorded', {}, { corrects: arrest.id }));
  await hub.settle();
  await hub.ask('probation', byPnc, { user: 'ben' });
  const transparency = hub.app.get<TransparencyLog>(TRANSPARENCY);
  await transparency.reach(await hub.log.head());
  await hub.app.get<Schedule>(SCHEDULE).run();
  const { text } = transparency.checkpoint().note;
  transparency.addCosignatures(text, [cosignText(text, witness, Date.parse('2026-11-30T00:00:00Z'))]);
  logKey = formatVerifierKey(transparency.key);
  bundle = join(base, 'bundle');
  expect(await exportTo('bundle')).toMatchObject({ code: 0, out: [bundle] });
  writeFileSync(join(base, 'auditor.key'), `${formatSignerKey(auditor)}\n`);
  expect(await exportTo('auditors', '--key', join(base, 'auditor.key'))).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await hub.close();
  rmSync(base, { recursive: true, force: true });
});

const read = (name: string, folder = bundle): string => readFileSync(join(folder, name), 'utf8');
const manifestOf = (folder = bundle): Manifest => JSON.parse(read('manifest.json', folder)) as Manifest;

describe('an evidence bundle', () => {
  it('is what it says, and cosigned', async () => {
    const { code, out, err } = await verify(bundle, '--witness-key', formatVerifierKey(witness));
    expect({ code, err }).toEqual({ code: 0, err: [] });
    expect(out).toEqual([
      expect.stringMatching(
        /^the bundle is as it was made on 2026-12-01T12:00:00.000Z: 2 answers and \d+ events/,
      ),
      'cosigned by police.example/witness',
    ]);
  });

  it('needs nothing but itself, wherever it is verified', async () => {
    const allowed = [bundle, fileURLToPath(new URL('../..', import.meta.url))];
    const here = await elsewhere(allowed, { TZ: 'UTC', LC_ALL: 'en_GB.UTF-8' });
    const there = await elsewhere(allowed, { TZ: 'America/New_York', LC_ALL: 'de_DE.UTF-8' });
    expect(there.err).toContain('1.234,5');
    expect(there.err).not.toBe(here.err);
    expect([here.code, there.code]).toEqual([0, 0]);
    expect(there.out).toBe(here.out);
  });

  it('says the same when it is made again', async () => {
    expect((await exportTo('again')).code).toBe(0);
    for (const name of readdirSync(bundle)) expect(read(name, join(base, 'again'))).toBe(read(name));
  });

  it('holds no personal data, nor what people wrote as their reason', () => {
    for (const name of readdirSync(bundle)) {
      const text = read(name);
      for (const canary of [REASON, 'Imaginary Row, Nowhere', '1991-05-17', PNC, 'Testcase'])
        expect(text).not.toContain(canary);
    }
  });

  it('lists every field that was shown, and leaves no formula to a spreadsheet', () => {
    const rows: Record<string, string>[] = parse(read('disclosures.csv'), { columns: true });
    expect(new Set(rows.map(({ agency }) => agency))).toEqual(new Set(['probation']));
    expect(rows.map(({ user }) => user)).toContain(`'=cmd|anna`);
    const clauses = new Set(rows.map(({ clause }) => clause));
    expect(clauses).toEqual(new Set(['core/1#police-to-probation']));
    expect(rows.every(({ offender }) => offender === manifestOf().question.person)).toBe(true);
  });

  it('holds what the answers rest on, and nobody else', () => {
    const events = read('events.ndjson')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { stream: string; type: string });
    const { question, agreements, counts } = manifestOf();
    const streams = new Set(events.map(({ stream }) => stream));
    expect([...streams].filter((stream) => stream.startsWith('offender-'))).toEqual([
      `offender-${question.person}`,
    ]);
    const types = events.map(({ type }) => type);
    for (const type of [
      'identity.linked',
      'agreement.signed',
      'signatory.keyRegistered',
      'correction.opened',
    ])
      expect(types).toContain(type);
    expect(types.filter((type) => type === 'police.arrest.recorded')).toHaveLength(2);
    expect(agreements).toMatchObject([{ reference: 'core', version: 1, status: 'in-force' }]);
    expect(agreements[0]?.signed).toHaveLength(5);
    expect(counts).toEqual({ answers: 2, disclosures: 2, consultations: 0, people: 1, facts: 2 });
  });

  it('draws what it counts', () => {
    const html = read('report.html');
    expect(html.match(/<svg /g)).toHaveLength(4);
    const refused = '<th scope="row">core/1#sex-is-withheld</th>';
    const [answers, facts, fields] = [2, 3, 3].map((count) => `<td class="number">${count}</td>`);
    expect(html).toContain(`${refused}${answers}${facts}${fields}`);
    expect(XMLValidator.validate(html.replace('<!doctype html>', ''))).toBe(true);
    expect(html).toContain('What this does not show');
    expect(html.replaceAll(/xmlns(:xlink)?="[^"]*"/g, '')).not.toMatch(
      /https?:\/\/|src=|href=|<script|url\(/,
    );
  });

  it('may be signed by an auditor, whose key is then needed', async () => {
    const folder = join(base, 'auditors');
    expect((await verify(folder)).out[0]).toContain(
      'the bundle was altered: signature is of the key auditor.example',
    );
    expect((await verify(folder, '--signer', formatVerifierKey(auditor))).code).toBe(0);
  });

  it('is refused when it cannot be, and leaves nothing behind', async () => {
    expect((await exportTo('bundle')).code).toBe(1);
    expect((await run('audit', 'export', '--out', join(base, 'wide'))).code).toBe(2);
    expect((await run('audit', 'export', '--person', 'x')).code).toBe(2);
    expect(readdirSync(base).filter((name) => name.startsWith('wide') || name.endsWith('.draft'))).toEqual(
      [],
    );
    expect((await verify(join(base, 'nowhere'))).code).toBe(2);
    expect((await run('audit', 'verify', bundle, '--log-key', 'x')).code).toBe(2);
  });

  it('holds answers that showed nothing, and who asked', async () => {
    const folder = join(base, 'housing');
    const [from, to] = [Date.now() - 86_400_000, Date.now() + 86_400_000].map((at) =>
      new Date(at).toISOString(),
    );
    const period = ['--agency', 'housing', '--from', from ?? '', '--to', to ?? ''];
    expect((await run('audit', 'export', ...period, '--out', folder)).code).toBe(0);
    expect((await verify(folder)).code).toBe(0);
    expect(manifestOf(folder).counts).toMatchObject({ answers: 1, consultations: 1, people: 0 });
    expect(read('report.html', folder)).toContain(
      '<th scope="row">housing</th><td>resettlement</td><td class="number">1',
    );
  });
});

function elsewhere(allowed: readonly string[], env: Readonly<Record<string, string>>) {
  const parameters = [
    '--no-warnings',
    '--experimental-transform-types',
    '--permission',
    '--allow-addons',
    ...allowed.map((path) => `--allow-fs-read=${path}`),
    ...[CHILD, bundle, '--log-key', logKey],
  ];
  return new Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>(
    (resolve) => {
      const child = execFile(process.execPath, parameters, { env, cwd: '/' }, (_, out, err) =>
        resolve({ code: child.exitCode, out, err }),
      );
    },
  );
}

describe('a bundle that was altered', () => {
  let copy: string;
  beforeEach(() => {
    copy = mkdtempSync(join(base, 'copy-'));
    cpSync(bundle, copy, { recursive: true });
  });
  afterEach(() => rmSync(copy, { recursive: true, force: true }));

  const names = ['signature', 'manifest.json', ...contentFiles] as const;
  const withEntries = ['events.ndjson', 'proofs.ndjson', 'disclosures.csv', 'report.html'];

  async function verdict(): Promise<string> {
    const { code, out } = await verify(copy);
    expect([code, out.length]).toEqual([4, 1]);
    return out[0]?.replace('the bundle was altered: ', '') ?? '';
  }

  function flip(name: string, at: number, bits: number): void {
    const bytes = readFileSync(join(copy, name));
    bytes[at] = (bytes[at] ?? 0) ^ bits;
    writeFileSync(join(copy, name), bytes);
  }

  it('is told by the file and the entry of any byte', async () => {
    const byte = fc.constantFrom(...names).chain((name) =>
      fc.record({
        name: fc.constant(name),
        at: fc.nat(statSync(join(bundle, name)).size - 1),
        bits: fc.integer({ min: 1, max: 255 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(byte, async ({ name, at, bits }) => {
        cpSync(bundle, copy, { recursive: true, force: true });
        flip(name, at, bits);
        const entry =
          readFileSync(join(bundle, name))
            .subarray(0, at)
            .filter((each) => each === 0x0a).length + 1;
        const where = withEntries.includes(name) ? `${name}, entry ${entry} ` : `${name} `;
        expect((await verdict()).slice(0, where.length)).toBe(where);
      }),
      { numRuns: 80 },
    );
  });

  it.each(names)('is told when %s is cut, grows, or is gone', async (name) => {
    const file = join(copy, name);
    const size = statSync(file).size;
    truncateSync(file, size - 1);
    expect(await verdict()).toContain(name);
    truncateSync(file, 0);
    expect(await verdict()).toContain(name);
    cpSync(join(bundle, name), file);
    appendFileSync(file, '\n');
    expect(await verdict()).toContain(name);
    rmSync(file);
    expect(await verdict()).toBe(`${name} is missing`);
  });

  it.each(withEntries)(
    'is told when an entry of %s is taken out, put in again, or two change places',
    async (name) => {
      const lines = read(name).trimEnd().split('\n');
      const put = (changed: readonly string[]): void =>
        writeFileSync(join(copy, name), `${changed.join('\n')}\n`);
      const last = lines.length;
      put(lines.slice(0, -1));
      expect(await verdict()).toContain(`${name}, entry ${last} is missing`);
      put(lines.toSpliced(1, 1));
      expect(await verdict()).toMatch(new RegExp(`^${name}, entry [23] `));
      put([...lines, lines.at(-1) ?? '']);
      expect(await verdict()).toContain(`${name}, entry ${last + 1} `);
      put([lines[1] ?? '', lines[0] ?? '', ...lines.slice(2)]);
      expect(await verdict()).toMatch(new RegExp(`^${name}, entry [12] `));
    },
  );

  it('is told when two files change places, or one is added', async () => {
    renameSync(join(copy, 'events.ndjson'), join(copy, 'x'));
    renameSync(join(copy, 'proofs.ndjson'), join(copy, 'events.ndjson'));
    renameSync(join(copy, 'x'), join(copy, 'proofs.ndjson'));
    expect(await verdict()).toBe('events.ndjson, entry 1 is no event');
    cpSync(bundle, copy, { recursive: true, force: true });
    writeFileSync(join(copy, 'more.txt'), '');
    expect(await verdict()).toBe('more.txt is no part of the bundle');
  });

  it('is told when no witness has cosigned whose cosignature is wanted', async () => {
    const other = generateSignerKey('housing.example/witness', COSIGNATURE);
    const { code, out } = await verify(bundle, '--witness-key', formatVerifierKey(other));
    expect([code, out[0]]).toEqual([
      4,
      'the bundle was altered: checkpoint is not cosigned by housing.example/witness',
    ]);
  });

  describe('and signed again by whoever may sign', () => {
    const signed = (): string => join(base, 'auditors');
    beforeEach(() => cpSync(signed(), copy, { recursive: true, force: true }));

    /** Signs what stands in the copy, as an auditor whose key the other believes. */
    function signAgain(change: Partial<Manifest> = {}): void {
      const files = manifestOf(copy).files.map(({ name }) => {
        const bytes = readFileSync(join(copy, name));
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        return { name, bytes: bytes.length, entries: bytes.toString().split('\n').length - 1, sha256 };
      });
      const manifest = manifestText({ ...manifestOf(signed()), ...change, files });
      const text = signedText(Buffer.from(manifest));
      writeFileSync(join(copy, 'manifest.json'), manifest);
      writeFileSync(join(copy, 'signature'), formatNote({ text, signatures: [signText(text, auditor)] }));
    }

    async function told(): Promise<string> {
      const { code, out } = await verify(copy, '--signer', formatVerifierKey(auditor));
      expect(code).toBe(4);
      return out[0]?.replace('the bundle was altered: ', '') ?? '';
    }

    const edit = (name: string, change: (lines: string[]) => readonly string[]): void =>
      writeFileSync(join(copy, name), `${change(read(name, signed()).trimEnd().split('\n')).join('\n')}\n`);

    it('proves no event that is not in the log', async () => {
      edit('events.ndjson', (lines) =>
        lines.map((line, index) => {
          if (index !== 3) return line;
          const event = JSON.parse(line) as { stream: string; id: string; type: string; metadata: string };
          const changed = { ...event, id: `${event.id.slice(0, -1)}x` };
          const hash = leafHash(event.stream, { ...changed, data: Buffer.alloc(0) });
          return JSON.stringify({ ...changed, leafHash: hash.toString('hex') });
        }),
      );
      signAgain();
      expect(await told()).toBe('events.ndjson, entry 4 is not proven to stand in the log');
    });

    it('shows no fact that it does not hold', async () => {
      const isFact = (line: string): boolean => line.includes('"stream":"offender-');
      const at = read('events.ndjson').split('\n').findIndex(isFact);
      for (const name of ['events.ndjson', 'proofs.ndjson']) edit(name, (lines) => lines.toSpliced(at, 1));
      signAgain();
      expect(await told()).toMatch(
        /^events.ndjson, entry \d+ the answer at position \d+ shows the fact at position/,
      );
    });

    it('holds no agreement without its signatures', async () => {
      const at = read('events.ndjson')
        .split('\n')
        .findIndex((line) => line.includes('"type":"agreement.signed"'));
      for (const name of ['events.ndjson', 'proofs.ndjson']) edit(name, (lines) => lines.toSpliced(at, 1));
      signAgain();
      expect(await told()).toMatch(/^events.ndjson, entry \d+ .*brings into force what is not signed/);
    });

    it('says nothing that its events do not', async () => {
      edit('disclosures.csv', (lines) => lines.map((line) => line.replace('ben', 'bob')));
      signAgain();
      expect(await told()).toMatch(/^disclosures.csv, entry \d+ is not what the events give/);
      cpSync(signed(), copy, { recursive: true, force: true });
      edit('report.html', (lines) => lines.map((line) => line.replace('2 answers', '3 answers')));
      signAgain();
      expect(await told()).toMatch(/^report.html, entry \d+ is not what the events give/);
      cpSync(signed(), copy, { recursive: true, force: true });
      signAgain({ counts: { ...manifestOf().counts, people: 2 } });
      expect(await told()).toBe('manifest.json, entry counts are not what the events give');
      signAgain({ checkpoint: { ...manifestOf().checkpoint, size: 1 } });
      expect(await told()).toBe('manifest.json, entry checkpoint is another than the file holds');
    });

    it('is checked by its hashes where another version wrote its report, and says so', async () => {
      edit('report.html', (lines) => lines.map((line) => line.replace('2 answers', 'three answers')));
      signAgain({ hub: '0.0.9' });
      const { code, err } = await verify(copy, '--signer', formatVerifierKey(auditor));
      expect([code, err.length]).toEqual([0, 1]);
      expect(err[0]).toContain('version 0.0.9');
    });
  });
});

describe('a report on a period', () => {
  it('counts what everybody was shown, and names nobody', async () => {
    const file = join(base, 'report.html');
    const { code } = await run(
      'audit',
      'report',
      '--from',
      '2026-01-01',
      '--to',
      '2100-01-01',
      '--out',
      file,
    );
    expect(code).toBe(0);
    const html = readFileSync(file, 'utf8');
    expect(html).toContain('<dt>answers in the period</dt><dd>3</dd>');
    for (const word of ['anna', 'ben', REASON, manifestOf().question.person ?? ''])
      expect(html).not.toContain(word);
    expect(
      (await run('audit', 'report', '--from', '2026-01-01', '--to', '2026-02-01', '--out', file)).code,
    ).toBe(1);
    expect(
      (await run('audit', 'report', '--from', '2026-02-01', '--to', '2026-01-01', '--out', `${file}2`)).code,
    ).toBe(2);
  });
});
