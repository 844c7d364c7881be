import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type AgreementDocument } from '../../libs/domain/agreement/document.js';
import { agreementOf, type ShortClause } from '../../libs/testing/agreements.js';
import { cameIntoForce, openWorld, recordAgreement } from '../../libs/testing/world.js';
import { concordat } from './program.js';

const arrests: ShortClause = {
  id: 'arrests',
  publishers: ['police'],
  recipients: ['housing'],
  purposes: ['resettlement', 'safeguarding'],
  types: ['police.arrest.recorded', 'police.charge.laid'],
  fields: { clear: ['dateOfBirth', 'pnc'] },
};
const agreed = (version: number, change: Partial<ShortClause> = {}) =>
  agreementOf({ reference: 'arrests', version, clauses: [{ ...arrests, ...change }] });
const first = agreed(1);
const second = agreed(2, { conditions: { cohort: ['Fixed', 'Flex'] } });

let folder: string;
let server: Server | undefined;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'concordat-compare-'))));
afterEach(() => {
  server?.close();
  server = undefined;
  rmSync(folder, { recursive: true, force: true });
});

async function run(...parameters: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await concordat(['agreements', 'compare', ...parameters], {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    env: { CONCORDAT_DATA: folder },
    now: () => new Date('2026-03-01T12:00:00Z'),
    interactive: false,
  });
  return { code, out, err };
}

function file(document: AgreementDocument): string {
  const name = join(folder, `${document.reference}-${document.version}.json`);
  writeFileSync(name, JSON.stringify(document));
  return name;
}

describe('concordat agreements compare', () => {
  it('ends with 0 where nothing differs', async () => {
    expect(await run(file(first), file(agreed(2)))).toEqual({ code: 0, out: ['no difference'], err: [] });
  });

  it('tells in words what differs, once for all to which it happens, and ends with 1', async () => {
    expect(await run(file(first), file({ ...second, expires: '2027-01-01' }))).toEqual({
      code: 1,
      err: [],
      out: [
        'arrests: expires',
        '  before  2026-01-01',
        '  after   2027-01-01',
        'police to housing for resettlement, safeguarding: shared in other cases',
        '  police.arrest.recorded: pnc, dateOfBirth',
        '  police.charge.laid: pnc, dateOfBirth',
        '  before  clear',
        '  after   clear where the person is in the cohort Fixed or Flex',
      ],
    });
  });

  it('says nothing where there was nothing', async () => {
    const { out } = await run(file(first), file(agreed(2, { fields: { clear: ['pnc'] } })));
    expect(out).toEqual([
      'police to housing for resettlement, safeguarding: no longer shared',
      '  police.arrest.recorded: dateOfBirth',
      '  police.charge.laid: dateOfBirth',
      '  before  clear',
      '  after   nothing',
    ]);
  });

  it('prints JSON, with a question that the two answer differently', async () => {
    const { code, out } = await run(file(first), file(second), '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out.join('\n'))).toMatchObject({
      before: 'arrests@1',
      after: 'arrests@2',
      terms: [],
      flows: [{ kind: 'conditions', example: { state: { cohorts: [] } } }, {}, {}, {}],
    });
  });

  it('finds versions in a data folder, and says when there are none', async () => {
    const world = await openWorld();
    await recordAgreement(world.log, ...cameIntoForce(first, 10), ...cameIntoForce(second, 20));
    const folderOf = ['--data', world.dir];
    expect((await run('arrests@1', 'arrests@2', ...folderOf)).code).toBe(1);
    expect((await run('arrests@1', file(first), ...folderOf)).code).toBe(0);
    const { code, err } = await run('arrests@1', 'arrests@3', ...folderOf);
    expect([code, err]).toEqual([
      1,
      ['concordat: there is no agreement arrests version 3 in the data folder'],
    ]);
    await world.close();
  });

  it('finds versions at a hub', async () => {
    const agreements = [first, second].map((each) => ({ ...each, document: JSON.stringify(each) }));
    const answer = JSON.stringify({ data: { agreements } });
    const made = createServer((_, response) => response.writeHead(200).end(answer));
    server = made;
    await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${String((made.address() as AddressInfo).port)}`;
    expect((await run('arrests@1', 'arrests@2', '--url', url, '--agency', 'police')).code).toBe(1);
    expect((await run('arrests@2', file(second), '--url', url, '--agency', 'police')).code).toBe(0);
  });

  it('ends with 2 for what is no agreement', async () => {
    const bad = join(folder, 'bad.yaml');
    writeFileSync(bad, 'reference: [');
    expect((await run(file(first), join(folder, 'absent.yaml'))).code).toBe(2);
    const { code, err } = await run(bad, file(first));
    expect([code, err.at(-1)]).toEqual([2, `concordat: ${bad} is not a valid agreement`]);
    expect(err[0]).toMatch(/bad\.yaml:1: is neither YAML nor JSON/);
    expect((await run(file(first))).code).toBe(2);
  });
});
