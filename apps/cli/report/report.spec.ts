import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { concordat } from '../program.js';
import { reports } from '../../../libs/domain/performance/registry.js';

const printed = new URL('../../../deploy/published/llr-2016.yaml', import.meta.url);

let dir: string;
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'concordat-report-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const run = (...parameters: readonly string[]) => ran('report', ...parameters);

async function ran(...parameters: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await concordat(parameters, {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    env: { CONCORDAT_DATA: dir },
    now: () => new Date('2026-03-31T12:00:00Z'),
    interactive: false,
  });
  return { code, out, err };
}

describe('concordat report', () => {
  it('lists the reports there are', async () => {
    const { code, out } = await run('list');
    expect(code).toBe(0);
    expect(out.slice(1).map((line) => line.split(' ')[0])).toEqual(reports.map(({ name }) => name));
  });

  it.each([
    [['caseloads'], 'it is one of reoffending, caseload'],
    [['caseload', '--at', '31/03/2016'], 'at must be a calendar date'],
    [['caseload', '--from', '2016-04-01', '--to', '2016-03-31'], 'to must not be a day before from'],
    [['caseload', '--known', 'then'], 'known must be'],
    [['caseload', '--view', 'everybody'], 'board'],
    [['caseload', '--format', 'pdf'], 'html'],
    [[], 'name'],
  ])('ends with 2 when it is used wrongly: %j', async (parameters, message) => {
    const { code, out, err } = await run(...parameters);
    expect([code, out]).toEqual([2, []]);
    expect(err.join('\n')).toContain(message);
  });

  it('ends with 5 where there is no log', async () => {
    expect((await run('caseload')).code).toBe(5);
  });
});

describe('concordat report check', () => {
  it('tells what does not follow, and ends with 1', async () => {
    const { code, out, err } = await run('check', printed.pathname);
    expect(code).toBe(1);
    expect(out).toHaveLength(5);
    expect(out[1]).toMatch(/^cell {3}caseload {2}Enhanced\/2016-03-31\/Total +109 +110 +110$/);
    expect(err).toEqual(['4 of the printed figures do not follow from the others']);
    const { out: json } = await run('check', printed.pathname, '--format', 'json');
    expect(JSON.parse(json.join('\n'))).toMatchObject({ findings: [{ printed: '109' }, {}, {}, {}] });
  });

  it('ends with 2 for a file that it cannot read', async () => {
    const file = join(dir, 'printed.yaml');
    writeFileSync(file, `${readFileSync(printed, 'utf8')}\nmore: 1\n`);
    expect((await run('check', file)).code).toBe(2);
    expect((await run('check', join(dir, 'nothing'))).code).toBe(2);
  });
});

describe('concordat demo published', () => {
  it('prints the events of a published year, one a line, the same for the same seed', async () => {
    const { code, out } = await ran('demo', 'published', printed.pathname, '--seed', '7');
    expect([code, out.length > 3000]).toEqual([0, true]);
    expect(JSON.parse(out[0] ?? '')).toMatchObject({ specversion: '1.0' });
    expect((await ran('demo', 'published', printed.pathname, '--seed', '7')).out).toEqual(out);
    expect((await ran('demo', 'published', printed.pathname)).out).not.toEqual(out);
  });

  it('ends with 2 for a file that it cannot read, or no seed', async () => {
    expect((await ran('demo', 'published', join(dir, 'nothing'))).code).toBe(2);
    expect((await ran('demo', 'published', printed.pathname, '--seed', 'x')).code).toBe(2);
    expect((await ran('demo', 'published')).code).toBe(2);
  });
});
