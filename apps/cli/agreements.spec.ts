import { createPublicKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { documentHash } from '../../libs/adapters/agreement-document/agreement-document.js';
import { keyId } from '../../libs/adapters/signature/ed25519.js';
import { type AgreementEvent } from '../../libs/domain/agreement/agreement.js';
import { agreementOf } from '../../libs/testing/agreements.js';
import {
  cameIntoForce,
  changed as changedStatus,
  openWorld,
  recordAgreement,
} from '../../libs/testing/world.js';
import { concordat } from './program.js';

const document = agreementOf({
  reference: 'housing',
  inForceFrom: '2025-04-01',
  expires: '2028-04-01',
  clauses: [
    {
      id: 'arrests',
      publishers: ['police'],
      recipients: ['housing'],
      purposes: ['resettlement'],
      types: ['police.arrest.recorded'],
      fields: { clear: ['name', 'arrestedAt'] },
    },
  ],
});

let folder: string;
let housing: string;
let server: Server | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'concordat-agreements-'));
  housing = join(folder, 'housing.yaml');
  writeFileSync(housing, stringify(document));
});
afterEach(() => {
  server?.close();
  server = undefined;
  rmSync(folder, { recursive: true, force: true });
});

async function run(...parameters: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await concordat(['agreements', ...parameters], {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    env: { CONCORDAT_DATA: folder },
    now: () => new Date('2026-03-01T12:00:00Z'),
    interactive: false,
  });
  return { code, out, err };
}

/** A file that holds the housing agreement, changed. */
function changed(name: string, change: (text: string) => string): string {
  const file = join(folder, name);
  writeFileSync(file, change(readFileSync(housing, 'utf8')));
  return file;
}

/** Something that answers every request alike. */
async function answering(status: number, body: string): Promise<string> {
  const made = createServer((_, response) => response.writeHead(status).end(body));
  server = made;
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${String((made.address() as AddressInfo).port)}`;
}

describe('concordat agreements check', () => {
  it('finds a valid document so, and gives the hash that is signed', async () => {
    const { code, out, err } = await run('check', housing);
    expect([code, err]).toEqual([0, []]);
    expect(out).toEqual([`${housing}: valid: housing version 1, hash ${documentHash(document)}`]);
  });

  it('gives the same hash to the same document, however it is laid out, and another to another', async () => {
    const same = changed('same.yaml', (text) => `# the same\n${text}`);
    const other = changed('other.yaml', (text) => text.replace('- arrestedAt', '- dateOfBirth'));
    const { out } = await run('check', housing, same, other);
    const [first, second, third] = out.map((line) => line.split(' ').at(-1));
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it('names each fault with its line and pointer, and ends with 1', async () => {
    const file = changed('bad.yaml', (text) =>
      text.replace('- agency: housing\n', '- agency: postmen\n').replace('- arrestedAt', '- no.such'),
    );
    const lines = readFileSync(file, 'utf8').split('\n');
    const lineOf = (part: string): number => lines.findIndex((line) => line.includes(part)) + 1;
    const { code, out, err } = await run('check', file, housing);
    expect([code, out.length]).toEqual([1, 1]);
    expect(err).toContain(
      `${file}:${String(lineOf('postmen'))}: /parties/1/agency postmen is not an agency of the hub`,
    );
    expect(err).toContainEqual(
      expect.stringContaining(`${file}:${String(lineOf('no.such'))}: /clauses/0/fields`),
    );
  });

  it('names what is missing at the line of what it should be in', async () => {
    const file = changed('short.yaml', (text) => text.replace('title:', '# title:'));
    const { err } = await run('check', file);
    const first = readFileSync(file, 'utf8').split('\n').indexOf('reference: housing') + 1;
    expect(err).toEqual([`${file}:${String(first)}: /title is required`]);
  });

  it.each([
    ['no YAML', (text: string) => text.replace('title:', 'title: "'), /: is neither YAML nor JSON/],
    [
      'the same key twice',
      (text: string) => `${text}\ntitle: again\n`,
      /is neither YAML nor JSON \(duplicate key\)$/,
    ],
    [
      'an alias',
      (text: string) =>
        text.replace('title: housing', 'title: &a housing').replace('version: 1', 'version: *a'),
      /aliases|version/,
    ],
  ])('refuses %s', async (_, change, told) => {
    const { code, err } = await run('check', changed('bad.yaml', change));
    expect([code, err.join('\n')]).toEqual([1, expect.stringMatching(told)]);
  });

  it('prints JSON', async () => {
    const { code, out } = await run('check', housing, 'absent.yaml', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out.join('\n'))).toMatchObject([
      { file: housing, outcome: 'valid' },
      { file: 'absent.yaml', outcome: 'invalid', errors: [{ detail: 'does not exist' }] },
    ]);
  });
});

describe('the other commands on agreements', () => {
  it('must know for whom', async () => {
    const { code, err } = await run('list');
    expect([code, err]).toEqual([2, ['concordat: say for whom: give --agency, or a token']]);
    expect((await run('list', '--agency', 'nobody')).code).toBe(3);
  });

  it.each([
    [['suspend', 'housing', '--agency', 'prison']],
    [['withdraw', 'housing', '--agency', 'prison']],
    [['propose', 'housing.yaml', '--agency', 'prison']],
    [['sign', 'housing', '--agency', 'prison', '--reason', 'read']],
    [['review', 'housing', '--agency', 'prison', '--reason', 'read']],
    [['sign', 'housing', '--agency', 'prison', '--reason', 'read', '--key', 'no-such-file.pem']],
    [['show', 'housing', '--agency', 'prison', '--version', 'first']],
  ])('end with 2 when they are used wrongly: %j', async (parameters) => {
    const url = await answering(200, '{"data":{"agreements":[{"reference":"housing","version":1}]}}');
    expect((await run(...parameters, '--url', url)).code).toBe(2);
  });

  it('send nothing of a document that is not valid', async () => {
    const file = changed('bad.yaml', (text) => text.replace('version: 1', 'version: one'));
    const { code, err } = await run(
      ...['propose', file, '--agency', 'hub', '--reason', 'for the test', '--url', 'http://127.0.0.1:9'],
    );
    expect([code, err]).toEqual([1, [expect.stringContaining('/version must be integer')]]);
  });

  it('end with 5 when there is no hub, or something else', async () => {
    expect(await run('list', '--agency', 'hub', '--url', 'http://127.0.0.1:9')).toEqual({
      code: 5,
      out: [],
      err: ['concordat: the hub at http://127.0.0.1:9 is not available'],
    });
    const url = await answering(404, '<html>');
    const { code, err } = await run('list', '--agency', 'hub', '--url', url);
    expect([code, err]).toEqual([5, [`concordat: ${url} does not answer as a hub (status 404)`]]);
  });

  it('mark a review that did not happen', async () => {
    const agreement = {
      ...{ reference: 'housing', version: 1, status: 'inForce', signatures: [], parties: [] },
      ...{ inForceFrom: '2025-04-01', reviewDue: '2026-01-01', expires: '2028-04-01', title: 'Housing' },
    };
    const both = [true, false].map((reviewOverdue) => ({ ...agreement, reviewOverdue }));
    const url = await answering(200, JSON.stringify({ data: { agreements: both } }));
    const { out } = await run('list', '--agency', 'prison', '--url', url);
    expect(out.map((line) => line.includes('2026-01-01 overdue'))).toEqual([false, true, false]);
  });

  it('do not sign when the hash is not that of the document shown', async () => {
    const document = JSON.stringify({ reference: 'housing', version: 1 });
    const agreement = { reference: 'housing', version: 1, hash: 'a'.repeat(64), document };
    const url = await answering(200, JSON.stringify({ data: { agreements: [agreement] } }));
    const key = join(folder, 'signing.pem');
    await run('keygen', key);
    const { code, err } = await run(
      ...['sign', 'housing', '--agency', 'prison', '--key', key, '--reason', 'for the test', '--url', url],
    );
    expect([code, err]).toEqual([
      1,
      ['concordat: the hash of housing version 1 is not that of its document (agreement-hash)'],
    ]);
  });
});

describe('concordat agreements keygen', () => {
  it('makes a key that only its owner may read, prints its id, and never writes over one', async () => {
    const file = join(folder, 'signing.pem');
    const { code, out } = await run('keygen', file);
    expect(code).toBe(0);
    const { x = '' } = createPublicKey(readFileSync(file)).export({ format: 'jwk' });
    expect(out).toEqual([keyId(x)]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const before = readFileSync(file, 'utf8');
    const again = await run('keygen', file);
    expect([again.code, again.err]).toEqual([1, [`concordat: ${file} exists already`]]);
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect((await run('keygen', join(folder, 'none', 'signing.pem'))).code).toBe(2);
  });

  it('is what register-key takes, and nothing else', async () => {
    const { code, err } = await run('register-key', housing, '--agency', 'hub');
    expect([code, err]).toEqual([
      2,
      [`concordat: ${housing}: signing key must be an Ed25519 private key in PEM (PKCS #8)`],
    ]);
  });
});

describe('concordat agreements verify', () => {
  async function verified(...events: readonly AgreementEvent[]) {
    const world = await openWorld();
    try {
      await recordAgreement(world.log, ...events);
      return await run('verify', '--data', world.dir);
    } finally {
      await world.close();
    }
  }
  const whole = cameIntoForce(document, 10);

  it('finds that every signature holds, without a hub', async () => {
    const { code, out, err } = await verified(...whole, changedStatus(document, 'agreement.suspended', 20));
    expect([code, err]).toEqual([0, []]);
    expect(out.slice(1)).toEqual([
      expect.stringMatching(new RegExp(`^housing +1 +suspended +2 +${documentHash(document)}$`)),
      'all 2 signatures hold, each over the document of its hash',
    ]);
  });

  it('finds the first event that is not as it was signed, and ends with 4', async () => {
    const forged = whole.map((event) =>
      event.type === 'agreement.proposed'
        ? { ...event, document: { ...document, expires: '2038-04-01' } }
        : event,
    );
    const { code, out, err } = await verified(...forged);
    expect([code, out, err]).toEqual([
      4,
      [],
      ['the agreements were altered: agreement event at position 1 holds a document of another hash'],
    ]);
  });

  it('says that there is no log', async () => {
    expect((await run('verify', '--data', folder)).code).toBe(5);
  });
});
