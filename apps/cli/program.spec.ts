import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { concordat } from './program.js';
import { type Environment } from './session.js';

interface Ran {
  readonly code: number;
  readonly out: readonly string[];
  readonly err: readonly string[];
}

let dataDir: string;
beforeEach(() => void (dataDir = mkdtempSync(join(tmpdir(), 'concordat-cli-'))));
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

async function run(parameters: readonly string[], env: Environment = {}): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await concordat(parameters, {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    env: { CONCORDAT_DATA: dataDir, ...env },
    now: () => new Date('2026-03-01T12:00:00Z'),
    interactive: false,
  });
  return { code, out, err };
}

function message(name: string, offences: readonly object[] = []): string {
  const file = join(dataDir, name);
  const defendants = [{ id: 'D1', personDefendant: { personDetails: {} }, offences }];
  const hearing = {
    id: 'H1',
    courtCentre: { code: 'B01LY00' },
    prosecutionCases: [{ id: 'C1', defendants }],
  };
  const text = JSON.stringify({ hearing, hearingDay: '2024-09-22', sharedTime: '2024-09-22T10:00:00Z' });
  writeFileSync(file, text);
  return file;
}

describe('concordat', () => {
  it.each([[['--help']], [['import', '--help']]])('shows its help on stdout: %j', async (parameters) => {
    const { code, out, err } = await run(parameters);
    expect([code, err]).toEqual([0, []]);
    expect(out.join('\n')).toContain('Usage: concordat');
  });

  it.each([
    [['nonsense']],
    [['import', 'spi']],
    [['token', '--agency', 'police']],
    [['token', '--agency', 'police', '--role', 'publisher', '--hours', 'many']],
    [['import', 'spi', 'a.xml', '--url', 'ftp://hub']],
    [['offence-codes', 'show', '28/3']],
  ])('ends with 2 when it is used wrongly: %j', async (parameters) => {
    const { code, out, err } = await run(parameters);
    expect([code, out]).toEqual([2, []]);
    expect(err).not.toEqual([]);
  });

  it('ends with 3 when it may not sign itself a token', async () => {
    const { code, err } = await run(['import', 'spi', 'a.xml'], { NODE_ENV: 'production' });
    expect([code, err]).toEqual([3, ['concordat: give a token with --token or CONCORDAT_TOKEN']]);
  });

  it('ends with 5 when there is no hub', async () => {
    const url = 'http://127.0.0.1:9';
    const { code, err, out } = await run(['import', 'common-platform', message('a.json'), '--url', url]);
    expect(code).toBe(5);
    expect(err).toContain('concordat: the hub at http://127.0.0.1:9 is not available');
    expect(out).toContain('2 publications: 0 accepted, 0 duplicate, 0 quarantined, 0 rejected');
  });
});

describe('concordat token', () => {
  it('prints a token and nothing else', async () => {
    const asked = ['--agency', 'housing', '--role', 'practitioner', '--role', 'publisher'];
    const { code, out, err } = await run(['token', ...asked, '--purpose', 'reduce-reoffending']);
    expect([code, out.length, err]).toEqual([0, 1, []]);
    expect(decodeJwt(out[0] ?? '')).toMatchObject({
      agency: 'housing',
      roles: ['practitioner', 'publisher'],
      purposes: ['reduce-reoffending'],
      sub: 'concordat-cli',
    });
  });

  it('ends with 3 for an agency that does not exist', async () => {
    expect((await run(['token', '--agency', 'nobody', '--role', 'publisher'])).code).toBe(3);
  });
});

describe('concordat import --dry-run', () => {
  it('prints publications on stdout and the summary on stderr', async () => {
    const file = message('a.json');
    const first = await run(['import', 'common-platform', file, '--dry-run', '--ndjson']);
    expect(first.code).toBe(0);
    expect(first.out.map((line) => (JSON.parse(line) as { id: string }).id)).toEqual([
      'hearing:H1:2024-09-22:D1:C1',
      'outcome:H1:2024-09-22:D1:C1',
    ]);
    expect(first.err).toEqual(['1 file read, 0 skipped, 0 refused', '2 publications made, none sent']);
    expect(await run(['import', 'common-platform', file, '--dry-run', '--ndjson'])).toEqual(first);
  });

  it('resolves offences by the loaded list, and names the codes that it does not know', async () => {
    const csv = join(dataDir, 'codes.csv');
    writeFileSync(
      csv,
      'ho_code,group,category,description,cjs_codes\n046/00,Theft,Shoplifting,Shoplifting,TH68010\n',
    );
    const offence = (id: string, offenceCode: string): object => ({ id, offenceCode });
    const file = message('b.json', [offence('1', 'TH68010'), offence('2', 'ZZ00001')]);
    const imported = async (): Promise<{ readonly offences: unknown; readonly err: readonly string[] }> => {
      const { out, err } = await run(['import', 'common-platform', file, '--dry-run', '--ndjson']);
      const events = out.map((line) => JSON.parse(line) as { type: string; data: { offences?: unknown } });
      const outcome = events.find(({ type }) => type === 'court.outcome.recorded');
      return { offences: outcome?.data.offences, err: err.slice(2) };
    };
    expect(await imported()).toEqual({
      offences: [expect.not.objectContaining({ hoCode: '046/00' }), expect.anything()],
      err: ['no Home Office code is known for TH68010, ZZ00001'],
    });
    await run(['offence-codes', 'load', csv]);
    const { offences, err } = await imported();
    expect(offences).toMatchObject([{ cjsCode: 'TH68010', hoCode: '046/00' }, { cjsCode: 'ZZ00001' }]);
    expect(JSON.stringify(offences).match(/hoCode/g)).toHaveLength(1);
    expect(err).toEqual(['1 offence with a Home Office code', 'no Home Office code is known for ZZ00001']);
    const { out } = await run(['offence-codes', 'show', 'TH68010']);
    expect(JSON.parse(out.join(''))).toMatchObject({ statuteCode: 'TH68', hoCode: '046/00', group: 'Theft' });
  });

  it('ends with 1 and names the file that it cannot read', async () => {
    const { code, out, err } = await run(['import', 'spi', 'absent.xml', '--dry-run', '--json']);
    expect(code).toBe(1);
    expect(err.slice(-2)).toEqual(['refused: does not exist', '  absent.xml']);
    expect(JSON.parse(out.join('\n'))).toMatchObject({
      refused: [{ file: 'absent.xml', reason: 'does not exist' }],
    });
  });
});

describe('concordat offence-codes', () => {
  it('loads a list, and then knows its codes', async () => {
    const csv = join(dataDir, 'codes.csv');
    writeFileSync(csv, 'ho_code,group,category,description\n999/01,Test,Test,A test\n');
    expect(await run(['offence-codes', 'show', '999/01'])).toMatchObject({ code: 1, out: [] });
    expect(await run(['offence-codes', 'load', csv])).toEqual({
      code: 0,
      out: [],
      err: ['1 offence codes stored'],
    });
    const { out } = await run(['offence-codes', 'show', '999/01']);
    expect(JSON.parse(out.join(''))).toMatchObject({ description: 'A test', neighbourhoodCrime: false });
  });

  it('names every bad line, and keeps the list that it has', async () => {
    const csv = join(dataDir, 'codes.csv');
    writeFileSync(csv, 'ho_code,group,category,description\n28/3,a,b,c\n028/03,a,b,c\n');
    const { code, err } = await run(['offence-codes', 'load', csv]);
    expect(code).toBe(1);
    expect(err).toEqual([`${csv}: the list has 1 fault`, '  line 2 has an ho_code that is not CCC/SS']);
    const { out } = await run(['offence-codes', 'show', '028/03']);
    expect(JSON.parse(out.join(''))).toMatchObject({ group: 'Burglary', neighbourhoodCrime: true });
  });

  it('takes a CJS code apart', async () => {
    const { out } = await run(['offence-codes', 'show', 'TH68010A']);
    expect(JSON.parse(out.join(''))).toMatchObject({ statuteCode: 'TH68', inchoate: 'attempt' });
  });
});
