import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type AgreementDocument } from '../../libs/domain/agreement/document.js';
import { agreementOf, type ShortClause } from '../../libs/testing/agreements.js';
import { concordat } from './program.js';

const arrests: ShortClause = {
  id: 'arrests',
  publishers: ['police'],
  recipients: ['probation'],
  purposes: ['supervision'],
  types: ['police.arrest.recorded'],
  fields: { clear: ['name', 'class:CJF'] },
};
const agreed = (reference: string, change: Partial<ShortClause> = {}): AgreementDocument => ({
  ...agreementOf({ reference, clauses: [{ ...arrests, ...change }] }),
  reviewDue: '2025-12-01',
  policyDocuments: [],
});
const unlawful = { recipients: ['vcse'], criminalOffence: 'Schedule 1' };

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'concordat-lint-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function run(now: string, ...parameters: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await concordat(['agreements', ...parameters], {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    env: {},
    now: () => new Date(now),
    interactive: false,
  });
  return { code, out, err };
}

const inTime = (...parameters: readonly string[]) => run('2025-06-01T12:00:00Z', ...parameters);

function file(document: AgreementDocument, name = `${document.reference}.json`): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(document, null, 1));
  return path;
}

describe('concordat agreements lint', () => {
  it('ends with 0 for a clean agreement', async () => {
    expect(await inTime('lint', file(agreed('clean')))).toEqual({
      code: 0,
      out: ['0 errors, 0 warnings in 1 agreement'],
      err: [],
    });
  });

  it('names the file, line, requirement and what would carry an unlawful flow, and ends with 1', async () => {
    const path = file(agreed('astray', unlawful));
    const { code, out, err } = await inTime('lint', path);
    expect([code, err]).toEqual([1, []]);
    expect(out[0]).toMatch(
      /astray\.json:\d+: error unlawful-flow \(R33\): \/clauses\/0\/gateway police to vcse, /,
    );
    const line = Number(/json:(\d+):/.exec(out[0] ?? '')?.[1]);
    expect(JSON.stringify(agreed('astray', unlawful), null, 1).split('\n')[line - 1]).toContain(
      'Offender Management',
    );
    expect(out.slice(1)).toEqual([
      '    would be carried by Crime and Disorder Act 1998 s.115 (with onBehalfOf probation)',
      '    would be carried by Common law: explicit consent (with conditions.consent)',
      '1 error, 0 warnings in 1 agreement',
    ]);
  });

  it('ends with 1 for a warning only when it is strict', async () => {
    const path = file(agreed('late'));
    const late = (...more: readonly string[]) => run('2025-12-02T00:00:00Z', 'lint', path, ...more);
    const { code, out } = await late();
    expect([code, out.at(-1)]).toEqual([0, '0 errors, 1 warning in 1 agreement']);
    expect(out[0]).toMatch(/: warning review-overdue \(R10\): \/reviewDue the review was due by 2025-12-01$/);
    expect((await late('--strict')).code).toBe(1);
  });

  it('looks at all agreements of a folder together', async () => {
    file(agreed('one'));
    file(agreed('two', { types: ['police.charge.laid'] }), 'two.yaml');
    const { code, out } = await inTime('lint', folder);
    expect(code).toBe(0);
    expect(out.filter((line) => /^together: warning seen-by-nobody: INTEL: /.test(line))).toHaveLength(1);
    expect(out.at(-1)).toMatch(/ in 2 agreements$/);
  });

  it('tells the faults of a document that is not valid, and still looks at the others', async () => {
    writeFileSync(join(folder, 'bad.yaml'), 'reference: bad\n');
    const { code, out, err } = await inTime('lint', join(folder, 'bad.yaml'), file(agreed('clean')));
    expect([code, out]).toEqual([
      1,
      ['0 errors, 0 warnings in 1 agreement; what is said above could not be read'],
    ]);
    expect(err).toContainEqual(expect.stringMatching(/bad\.yaml:1: \/title is required$/));
  });

  it('prints JSON', async () => {
    const path = file(agreed('astray', unlawful));
    const { code, out } = await inTime('lint', path, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out.join('\n'))).toMatchObject([
      { file: path, document: 'astray/1', severity: 'error', code: 'unlawful-flow', requirement: 'R33' },
    ]);
  });

  it.each(['lint', 'coverage'])('%s needs a file: 2', async (command) => {
    expect((await inTime(command)).code).toBe(2);
  });
});

describe('concordat agreements coverage', () => {
  const headings = /^publisher +recipient +class +extent +purposes +gateways +clauses$/;

  it('prints what is seen as a table, and everything on demand', async () => {
    const path = file(agreed('clean'));
    const { code, out } = await inTime('coverage', path);
    expect(code).toBe(0);
    expect(out[0]).toMatch(headings);
    expect(out).toContainEqual(
      expect.stringMatching(
        /^police +probation +CJF +partial +supervision +Offender Management Act 2007 s\.14 +clean\/1#arrests$/,
      ),
    );
    expect(out.at(-1)).toMatch(/^and \d+ where nothing is seen: --all shows them$/);
    const all = (await inTime('coverage', path, '--all')).out;
    expect(all).toContainEqual(expect.stringMatching(/^police +probation +INTEL +none$/));
    expect(all.at(-1)).not.toMatch(/--all/);
  });

  it('prints CSV, every cell, with quotation marks where a gateway has a comma', async () => {
    const gateway = 'Police, Crime, Sentencing and Courts Act 2022 s.16' as const;
    const { out } = await inTime('coverage', file(agreed('clean', { gateway })), '--format', 'csv');
    expect(out[0]).toBe('publisher,recipient,class,extent,purposes,gateways,clauses');
    expect(out).toContain(`police,probation,CJF,partial,supervision,"${gateway}",clean/1#arrests`);
    expect(out).toContain('police,probation,INTEL,none,,,');
  });

  it('prints JSON, every cell', async () => {
    const { out } = await inTime('coverage', file(agreed('clean')), '--format', 'json');
    expect(JSON.parse(out.join('\n'))).toContainEqual(
      expect.objectContaining({
        publisher: 'police',
        recipient: 'probation',
        class: 'INTEL',
        extent: 'none',
      }),
    );
  });

  it('ends with 1, and prints nothing, when a document is not valid, and with 2 for another format', async () => {
    writeFileSync(join(folder, 'bad.yaml'), 'reference: bad\n');
    const { code, out } = await inTime('coverage', folder);
    expect([code, out]).toEqual([1, []]);
    expect((await inTime('coverage', folder, '--format', 'pdf')).code).toBe(2);
  });
});
