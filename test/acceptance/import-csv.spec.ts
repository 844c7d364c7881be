import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { concordat } from '../../apps/cli/program.js';
import { coreAgreement, eventOf, PNC } from './fixtures.js';
import { runHub, type RunningHub } from './running-hub.js';
import { seenPicture } from './seen-picture.js';

const SELECTED = '2000/0000223R';
const UNFLAGGED = '2002/0073319Z';
const MAPPING = 'deploy/mappings/pnc-daily.yaml';
const SAMPLE = 'deploy/mappings/pnc-daily.sample.csv';
const GUIDE = 'docs/guides/import-csv.md';

const header =
  'BATCH_DATE,RECORD,RECORD_REF,PNC_ID,CRO_NO,COHORTS,EVENT_DATE,EVENT_TIME,RECORDED_ON,UPDATED_AT,COURT,OFF_NO,OFFENCE,OFF_FROM,OFF_TO,ADJUDICATION,DISPOSAL,DURATION,DUR_UNITS,DECIDED_ON,FORCE';
const line = (cells: Readonly<Record<string, string>>): string =>
  header
    .split(',')
    .map((name) => cells[name] ?? '')
    .join(',');

/** The lines of a day's extract: everybody's records as they stand, so that most of them were in the day before's. */
function extract(day: string, changes: Readonly<Record<string, string>>, ...more: readonly string[]): string {
  const of = (pnc: string, cohorts: string) => ({
    BATCH_DATE: `${day}/04/2025`,
    PNC_ID: pnc,
    COHORTS: cohorts,
    EVENT_DATE: '01/04/2025',
    RECORDED_ON: '01/04/2025',
    UPDATED_AT: '02/04/2025 02:10:00',
    OFF_NO: '1',
    OFFENCE: 'TH68010',
    FORCE: '36',
  });
  const convicted = {
    ...of(PNC, 'FIXED;FLEX'),
    RECORD: 'O',
    RECORD_REF: '25/0001',
    COURT: '2577',
    DECIDED_ON: '01/04/2025',
  };
  return [
    header,
    line({ RECORD: 'H', BATCH_DATE: `${day}/04/2025` }),
    line({ ...of(PNC, 'FIXED;FLEX'), RECORD: 'A', RECORD_REF: '25/0001', EVENT_TIME: '14:05' }),
    line({ ...convicted, ADJUDICATION: 'G', DISPOSAL: '1002', DURATION: '6', DUR_UNITS: 'M', ...changes }),
    line({
      ...convicted,
      OFF_NO: '2',
      OFFENCE: 'CJ88001',
      ADJUDICATION: 'N',
      ...changes,
      DISPOSAL: '',
      DURATION: '',
      DUR_UNITS: '',
    }),
    line({ ...of(SELECTED, 'FREE'), RECORD: 'C', RECORD_REF: '25/0002' }),
    line({ ...of(UNFLAGGED, ''), RECORD: 'A', RECORD_REF: '25/0003' }),
    ...more,
    '',
  ].join('\r\n');
}

let hub: RunningHub;

async function run(file: string, ...options: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await concordat(['import', 'csv', '--mapping', MAPPING, file, ...options], {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    env: { CONCORDAT_DATA: hub.dir },
    now: () => new Date(),
    interactive: false,
  });
  return { code, out, err };
}

async function imported(name: string, content: string, ...options: readonly string[]) {
  const file = join(hub.dir, name);
  writeFileSync(file, content);
  const { code, out, err } = await run(file, '--json', '--url', await hub.app.getUrl(), ...options);
  await hub.settle();
  const { records, findings } = JSON.parse(out.join('\n')) as {
    records: Readonly<Record<string, number>>;
    findings: readonly { readonly line: number; readonly outcome: string }[];
  };
  return { code, records, findings, said: err.join('\n') };
}

async function outcomesOf(pnc: string) {
  const who = `identifier: { scheme: pnc, value: "${pnc}" }`;
  const { facts } = await seenPicture(hub, 'probation', 'reducing-reoffending', who);
  return facts.filter(({ type }) => type === 'police.pncOutcome.imported');
}

const none = { accepted: 0, corrected: 0, duplicate: 0, outdated: 0, notFlagged: 0, held: 0, refused: 0 };

beforeAll(async () => {
  hub = await runHub();
  await hub.bringIntoForce(coreAgreement.replace("'class:LOC']", "'class:LOC', 'class:ADM']"));
  await hub.app.listen(0, '127.0.0.1');
  for (const event of [
    eventOf('police.iom.flag.set'),
    eventOf('hub.cohort.selected', { pnc: SELECTED, crn: undefined }, { subject: `pnc:${SELECTED}` }),
    eventOf('police.iom.flag.cleared', { pnc: UNFLAGGED }, { subject: `pnc:${UNFLAGGED}` }),
  ]) {
    const agency = String(event['source']).split('/')[1] ?? '';
    expect((await hub.publish(agency, event)).text).toContain('"accepted"');
  }
  await hub.settle();
}, 60_000);
afterAll(() => hub.close());

describe('the daily extract of the Police National Computer', () => {
  it('is taken about people who are flagged or selected, and held about the others', async () => {
    const { code, records, findings, said } = await imported('day2.csv', extract('02', {}));
    expect(records).toEqual({ ...none, made: 4, accepted: 3, notFlagged: 1 });
    expect(findings).toMatchObject([{ outcome: 'not flagged', line: 7 }]);
    expect(code).toBe(0);
    expect(said).not.toContain(UNFLAGGED);
    expect(await outcomesOf(UNFLAGGED)).toEqual([]);
    expect(await outcomesOf(SELECTED)).toHaveLength(1);
  });

  it('is one event for somebody in several cohorts, with each offence', async () => {
    const [arrest, outcome] = await outcomesOf(PNC);
    expect(arrest?.values).toMatchObject({
      record: 'arrest',
      batchDate: '2025-04-02',
      cohortCodes: ['FIXED', 'FLEX'],
    });
    expect(outcome?.values).toMatchObject({
      record: 'outcome',
      cohortCodes: ['FIXED', 'FLEX'],
      courtCode: '2577',
      'offences[].cjsCode': ['TH68010', 'CJ88001'],
      'offences[].adjudication': ['Guilty', 'Not Guilty'],
    });
  });

  it('adds nothing when it is imported again', async () => {
    const head = await hub.log.head();
    const { code, records } = await imported('day2.csv', extract('02', {}));
    expect(records).toEqual({ ...none, made: 4, duplicate: 3, notFlagged: 1 });
    expect(await hub.log.head()).toBe(head);
    expect(code).toBe(0);
  });

  it('restates what was corrected since, and repeats nothing else', async () => {
    const corrected = { ADJUDICATION: 'X', UPDATED_AT: '03/04/2025 02:10:00' };
    const { records } = await imported('day3.csv', extract('03', corrected));
    expect(records).toMatchObject({ accepted: 0, corrected: 1, outdated: 0, held: 0, refused: 0 });
    const [, outcome, correction, ...others] = await outcomesOf(PNC);
    expect(others).toEqual([]);
    expect(outcome?.superseded).toEqual({ by: correction?.id, kind: 'corrected' });
    expect(correction).toMatchObject({
      superseded: null,
      values: { batchDate: '2025-04-03', 'offences[].adjudication': ['Non-Conviction', 'Non-Conviction'] },
    });
  });

  it('restates it once more when it is corrected back, and not when the older extract comes again', async () => {
    const restored = { UPDATED_AT: '04/04/2025 02:10:00' };
    expect((await imported('day4.csv', extract('04', restored))).records).toMatchObject({ corrected: 1 });
    const head = await hub.log.head();
    const corrected = { ADJUDICATION: 'X', UPDATED_AT: '03/04/2025 02:10:00' };
    const older = await imported('day3.csv', extract('03', corrected));
    expect(older.records).toEqual({ ...none, made: 4, duplicate: 3, outdated: 1 });
    expect(older.findings).toContainEqual(expect.objectContaining({ outcome: 'outdated', line: 4 }));
    expect((await imported('day2.csv', extract('02', {}))).records).toMatchObject({
      duplicate: 2,
      outdated: 1,
    });
    expect(await hub.log.head()).toBe(head);
    const standing = (await outcomesOf(PNC)).filter(({ superseded }) => superseded === null);
    expect(standing.map(({ values }) => values['record'])).toEqual(['arrest', 'outcome']);
    expect(standing[1]?.values['offences[].adjudication']).toEqual(['Guilty', 'Not Guilty']);
  });

  it('goes on where it was when what the importer remembers is lost', async () => {
    const head = await hub.log.head();
    rmSync(join(hub.dir, 'import'), { recursive: true });
    await imported('day2.csv', extract('02', {}));
    await imported('day3.csv', extract('03', { ADJUDICATION: 'X', UPDATED_AT: '03/04/2025 02:10:00' }));
    await imported('day4.csv', extract('04', { UPDATED_AT: '04/04/2025 02:10:00' }));
    expect(await hub.log.head()).toBe(head);
    const late = { DISPOSAL: '1015', UPDATED_AT: '05/04/2025 02:10:00' };
    expect((await imported('day5.csv', extract('05', late))).records).toMatchObject({ corrected: 1 });
    expect((await outcomesOf(PNC)).filter(({ superseded }) => superseded === null)).toHaveLength(2);
  });

  it('takes the rows that can be taken, and ends with 1 because of the others', async () => {
    const bad = line({
      RECORD: 'A',
      RECORD_REF: '25/0009',
      PNC_ID: PNC,
      BATCH_DATE: '06/04/2025',
      EVENT_DATE: '31/02/2025',
    });
    const rejects = join(hub.dir, 'rejects.csv');
    const day6 = extract('06', { UPDATED_AT: '06/04/2025 02:10:00' }, bad);
    const { code, records, said } = await imported('day6.csv', day6, '--rejects', rejects);
    expect(records).toMatchObject({ corrected: 1, refused: 1 });
    expect(said).toContain('EVENT_DATE, EVENT_TIME is no date or time in the format of the mapping (line 8)');
    expect(code).toBe(1);
  });
});

describe('the sample of the daily extract', () => {
  const printed = (lines: readonly string[]): string => `\`\`\`\n${lines.join('\n')}\n\`\`\`\n`;
  const guide = readFileSync(GUIDE, 'utf8');

  it('is read as the guide tells, and nothing is sent', async () => {
    const head = await hub.log.head();
    const { code, out, err } = await run(SAMPLE, '--dry-run');
    expect(guide).toContain(printed(out));
    expect([code, err]).toEqual([0, []]);
    expect(await hub.log.head()).toBe(head);
  });

  it('is taken as the guide tells about the people whose flag is set', async () => {
    for (const pnc of [PNC, SELECTED]) {
      const flag = eventOf('police.iom.flag.set', { pnc }, { subject: `pnc:${pnc}` });
      expect((await hub.publish('police', flag)).text).toContain('"accepted"');
    }
    const { code, out, err } = await run(SAMPLE, '--url', await hub.app.getUrl());
    expect(guide).toContain(printed(out));
    expect(out.filter((line) => line.includes('offence-codes load'))).toHaveLength(1);
    expect([code, err]).toEqual([0, []]);
    const again = await run(SAMPLE, '--url', await hub.app.getUrl());
    expect(guide).toContain(`\`${again.out[2] ?? ''}\``);
  });

  it('is told on stderr when events or JSON go to stdout', async () => {
    const { out, err } = await run(SAMPLE, '--dry-run', '--ndjson');
    expect(guide).toContain(printed(err));
    expect(out.map((line) => (JSON.parse(line) as { readonly type: string }).type)).toEqual(
      Array(4).fill('police.pncOutcome.imported'),
    );
  });
});
