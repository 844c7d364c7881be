import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { type Publication } from '../publication.js';
import { importCsv } from './import.js';
import { readMapping } from './read-mapping.js';
import { rejectsIn } from './rejects.js';
import { type CsvSummary, describeCsv, emptyCsvSummary } from './summary.js';

const mapping = readMapping(`
title: Test
agency: police
source: test
file: { blank: ['NULL'], ignore: [SPARE], encoding: windows-1252 }
codes: { remand: { B: remanded-on-bail, C: remanded-in-custody }, yesNo: { J: true, N: false } }
skip: [{ column: KIND, is: H }]
events:
  - name: arrest
    type: police.arrest.recorded
    when: { column: KIND, is: A }
    key: [REF]
    subject: [{ scheme: pnc, column: PNC }, { scheme: asn, column: ASN }]
    time: { column: [DAY, HOUR], format: [dd/MM/yyyy HH:mm, dd/MM/yyyy] }
    identifiers: { asn: ASN, pnc: PNC }
    fields:
      name.family: FAMILY
      name.given: GIVEN
      dateOfBirth: { column: BORN, format: dd/MM/yyyy }
      address.lines: { column: [LINE1, LINE2] }
      emails: { column: EMAILS, split: ; }
      arrestedAt: { column: [DAY, HOUR], format: dd/MM/yyyy HH:mm }
      offences[].cjsCode: OFFENCE
      offences[].committedOnBail: { column: BAIL, codes: yesNo }
      offences[].offenceDates.from: { column: FROM, format: dd/MM/yyyy }
`);

const header = 'KIND,REF,PNC,ASN,DAY,HOUR,FAMILY,GIVEN,BORN,LINE1,LINE2,EMAILS,OFFENCE,BAIL,FROM,SPARE';
const asn = '2202XC0200000000021R';
const row = (ref: string, changes: Readonly<Record<string, string>> = {}): string => {
  const cells: Readonly<Record<string, string>> = {
    KIND: 'A',
    REF: ref,
    PNC: '2001/0171310W',
    ASN: asn,
    DAY: '30/03/2025',
    HOUR: '14:05',
    FAMILY: 'Synthetic',
    GIVEN: 'Sam',
    BORN: '17/05/1991',
    OFFENCE: 'TH68010',
    ...changes,
  };
  return header
    .split(',')
    .map((name) => `"${(cells[name] ?? '').replaceAll('"', '""')}"`)
    .join(',');
};

const dir = mkdtempSync(join(tmpdir(), 'concordat-csv-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function imported(content: string | Uint8Array, rejectsFile?: string) {
  const file = join(dir, 'extract.csv');
  writeFileSync(file, content);
  const events: Publication[] = [];
  const summary: CsvSummary = emptyCsvSummary();
  const rejects = rejectsIn(rejectsFile ?? join(dir, 'none.csv'));
  await importCsv([file], {
    mapping,
    destination: { kind: 'dry', write: (line) => void events.push(JSON.parse(line) as Publication) },
    rejects,
    summary,
    lookUp: () => undefined,
    receivedYear: 2026,
    onFile: () => undefined,
  });
  rejects.close();
  rmSync(join(dir, 'none.csv'), { force: true });
  const said = describeCsv(summary, true).map((line) => line.replaceAll(file, 'extract'));
  return { events, summary, said };
}

const csv = (...rows: readonly string[]): string => [header, ...rows, ''].join('\r\n');

describe('extracts', () => {
  it('become events as the mapping says, rows that stand together one of them', async () => {
    const { events, summary } = await imported(
      csv(
        row('1', {
          LINE1: '1 Imaginary Row',
          LINE2: 'Nowhere',
          EMAILS: 'a@x.example; b@x.example',
          BAIL: 'J',
        }),
        row('1', {
          LINE1: '1 Imaginary Row',
          LINE2: 'Nowhere',
          EMAILS: 'a@x.example; b@x.example',
          OFFENCE: 'CJ88001',
          FROM: '28/03/2025',
        }),
        row('2', { BAIL: 'N', BORN: 'NULL' }),
        row('', { KIND: 'H' }),
      ),
    );
    expect(events).toHaveLength(2);
    expect(events[0]).toEqual({
      specversion: '1.0',
      id: expect.stringMatching(/^arrest:[0-9a-f]{32}$/),
      source: '/police/test',
      type: 'police.arrest.recorded',
      subject: 'pnc:2001/0171310W',
      time: '2025-03-30T14:05:00+01:00',
      datacontenttype: 'application/json',
      dataschema: 'urn:concordat:schema:police.arrest.recorded:1',
      data: {
        asn,
        pnc: '2001/0171310W',
        name: { family: 'Synthetic', given: 'Sam' },
        dateOfBirth: '1991-05-17',
        address: { lines: ['1 Imaginary Row', 'Nowhere'] },
        emails: ['a@x.example', 'b@x.example'],
        arrestedAt: '2025-03-30T14:05:00+01:00',
        offences: [
          { cjsCode: 'TH68010', committedOnBail: true },
          { cjsCode: 'CJ88001', offenceDates: { from: '2025-03-28' } },
        ],
      },
    });
    expect(events[1]?.data).not.toHaveProperty('dateOfBirth');
    expect(summary.rows).toEqual({ read: 4, leftOut: 1, refused: 0 });
  });

  it('keep an identifier that fails its check aside, and are named by the next that is valid', async () => {
    const { events, summary } = await imported(csv(row('1', { PNC: '2001/0171310X' })));
    expect(events[0]).toMatchObject({
      subject: `asn:${asn}`,
      data: { unverified: { pnc: '2001/0171310X' } },
    });
    expect(summary.general.unverified.pnc).toBe(1);
  });

  it('hold both readings of an hour that the clock showed twice', async () => {
    const { events } = await imported(csv(row('1', { DAY: '26/10/2025', HOUR: '01:30' })));
    expect(events[0]?.time).toBe('2025-10-26T01:30:00+01:00/2025-10-26T01:30:00+00:00');
  });

  it('name what cannot be taken by line and column, without its value, and go on', async () => {
    const { events, said } = await imported(
      csv(
        row('1', { GIVEN: 'two\nlines' }),
        row('2', { OFFENCE: 'SECRET' }),
        row('3', { BAIL: 'MAYBE' }),
        row('4', { DAY: '31/02/2025' }),
        row('', {}),
        row('6', { KIND: 'Z' }),
        row('7', { PNC: '', ASN: 'XX' }),
        'A,8',
        row('9'),
        row('9', { FAMILY: 'Other', OFFENCE: 'CJ88001' }),
        row('10', { HOUR: '' }),
        row('1', { OFFENCE: 'CJ88001' }),
      ),
    );
    expect(events).toHaveLength(1);
    expect(said.filter((line) => line.startsWith('refused'))).toEqual([
      'refused: extract: OFFENCE must match the pattern ^([A-Z]{2}[0-9]{5}[ABCI]?|COML[0-9]{3}[ABCI]?)$ (line 4)',
      'refused: extract: BAIL is not among the codes of the mapping (line 5)',
      'refused: extract: DAY, HOUR is no date or time in the format of the mapping (line 6, 13)',
      'refused: extract: REF is blank, and it is part of the key (line 7)',
      'refused: extract: KIND is of no kind that the mapping knows (line 8)',
      'refused: extract: PNC, ASN says not who it is about: no identifier there is valid (line 9)',
      'refused: extract: has more or fewer cells than there are columns (line 10)',
      'refused: extract: FAMILY differs from the first row of its record (line 12)',
      'refused: extract: belongs to a record that ended further up: its rows must stand together (line 14)',
    ]);
    expect(said.join()).not.toMatch(/SECRET|MAYBE|Other|Synthetic/);
  });

  it('write refused rows aside, to be put right and imported again, for their owner only', async () => {
    const file = join(dir, 'rejects.csv');
    await imported(Buffer.from(csv(row('1'), row('2', { FAMILY: 'Müller', BAIL: 'MAYBE' })), 'latin1'), file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const rejected = readFileSync(file, 'utf8');
    expect(rejected.split('\r\n')).toHaveLength(3);
    expect(rejected).toContain('extract.csv,3,BAIL,is not among the codes of the mapping,A,2,');
    const { events, summary } = await imported(rejected.replace('MAYBE', 'N'));
    expect(summary.rows).toEqual({ read: 1, leftOut: 0, refused: 0 });
    expect(events[0]?.data).toMatchObject({ name: { family: 'Müller' } });
    expect(() => rejectsIn(file)).toThrow('--rejects names a file that exists');
  });

  it('are refused whole when their header is not that of the mapping', async () => {
    const unread = async (content: string) =>
      (await imported(content)).summary.unread.map(({ reason }) => reason);
    expect(await unread(`${header.replace('ASN,', '')}\n`)).toEqual(['has no column ASN']);
    expect(await unread(`${header},NEW\n`)).toEqual(['has columns that the mapping does not know: NEW']);
    expect(await unread(`${header},SPARE\n`)).toEqual(['has two columns SPARE']);
    expect(await unread('')).toEqual(['is empty']);
    const [headless = ''] = await unread(row('1'));
    expect(headless).toMatch(/^has no column KIND, REF/);
    expect(headless).not.toContain('Synthetic');
  });

  it('are read as far as they can be, and the record that is cut off is refused', async () => {
    const { events, summary } = await imported(csv(row('1'), row('2'), '"A,3'));
    expect(events).toHaveLength(1);
    expect(summary.records.refused).toBe(1);
    expect(summary.unread).toEqual([
      {
        file: expect.anything(),
        reason: expect.stringMatching(/^cannot be read from line \d on \(csv quote not closed\)$/),
      },
    ]);
  });

  it('are read in the encoding of the mapping, or as UTF-8 when they say so', async () => {
    const content = csv(row('1', { FAMILY: 'Müller' }));
    const [first] = (await imported(Buffer.from(content, 'latin1'))).events;
    const [second] = (await imported(`\uFEFF${content}`)).events;
    expect(first?.data['name']).toEqual({ family: 'Müller', given: 'Sam' });
    expect(second).toEqual(first);
  });
});
