import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { entryOf } from '../../../../libs/contract/catalogue/catalogue.js';
import { validateData } from '../../../../libs/contract/catalogue/validate.js';
import { parsePublication } from '../../../../libs/contract/envelope.js';
import { dryDelivery } from '../delivery.js';
import { filesOf } from '../files.js';
import { type Publication } from '../publication.js';
import { emptySummary, type ImportSummary } from '../summary.js';
import { importSpi } from './import.js';

const data = '../shared/data/spi';

async function imported(
  files: readonly string[],
): Promise<{ readonly events: readonly Publication[]; readonly summary: ImportSummary }> {
  const summary = emptySummary();
  const events: Publication[] = [];
  const delivery = dryDelivery(summary, (line) => void events.push(JSON.parse(line) as Publication));
  await importSpi(files, { delivery, summary, receivedYear: 2026, onFile: () => undefined });
  return { events, summary };
}

function faultsOf(event: Publication): readonly string[] {
  const parsed = parsePublication(JSON.stringify(event));
  const entry = entryOf(event.type, 1);
  return [
    ...(parsed.outcome === 'invalid' ? parsed.errors : []),
    ...(entry === undefined ? [{ pointer: event.type }] : validateData(entry, event.data)),
  ].map(({ pointer }) => pointer);
}

const escaped = (xml: string): string =>
  xml.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

interface Wrapping {
  readonly type?: string;
  readonly content?: string;
}

function routeData({ type = 'SPINewCase', content = newCase(defendant()) }: Wrapping = {}): string {
  return `<RouteData><RequestFromSystem><CorrelationID>1</CorrelationID><SystemID>S</SystemID>
    <DataController>d</DataController><SourceID>s</SourceID><DestinationID>d</DestinationID></RequestFromSystem>
    <DataStream><DataStreamType>${type}</DataStreamType><SystemDataStreamID>stream-1</SystemDataStreamID>
    <DataStreamContent>${escaped(content)}</DataStreamContent></DataStream></RouteData>`;
}

const newCase = (...defendants: readonly string[]): string =>
  `<NewCaseMessage><Case><PTIURN>URN1</PTIURN>${defendants.join('')}</Case></NewCaseMessage>`;

const offence = (day: string): string => `<Offence><BaseOffenceDetails>
  <OffenceSequenceNumber>1</OffenceSequenceNumber><OffenceCode>TH68010</OffenceCode>
  <ChargeDate>${day}</ChargeDate></BaseOffenceDetails></Offence>`;

const defendant = (reference = 'R1', offences = offence('2025-03-01')): string => `<Defendant>
  <ProsecutorReference>${reference}</ProsecutorReference><PoliceIndividualDefendant><PersonDefendant>
  <BasePersonDetails><PersonName><PersonGivenName1>Ann</PersonGivenName1>
  <PersonFamilyName>SECRET</PersonFamilyName></PersonName></BasePersonDetails>
  </PersonDefendant></PoliceIndividualDefendant>${offences}</Defendant>`;

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'concordat-spi-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

if (existsSync(data)) {
  describe('the real police messages', () => {
    it('become charges, and the invalid ones are named with their reasons', async () => {
      const { events, summary } = await imported(filesOf([data], '.xml'));
      expect(events.map((event) => event.subject)).toEqual([
        'ref:URN_NUMBER/SecondDefendant',
        'ref:URN_NUMBER/ProsecutorReference0',
        'asn:0416BH0000000090557N',
      ]);
      expect(summary.refused.map((each) => [basename(each.file), each.reason])).toEqual([
        ['MDINoOffenceCode.xml', 'has no Defendant[1]/Offence[1]/OffenceCode'],
        ['MDINoRequestId.xml', 'has no RequestID'],
        ['OIValidationMalformedXml.xml', 'DataStreamContent is not well-formed XML (line 1, column 1)'],
        [
          'OIValidationWithInvalidValues.xml',
          'has no RequestFromSystem/SystemID, RequestFromSystem/DataController, ' +
            'RequestFromSystem/DestinationID, DataStream/DataStreamType',
        ],
      ]);
    });

    it('keep what the police said, checked identifiers and others apart', async () => {
      const { events } = await imported([join(data, 'SingleDefendantSingeOffence.xml')]);
      expect(events).toHaveLength(1);
      expect(events[0]).toMatchObject({
        source: '/police/spi',
        type: 'police.charge.laid',
        time: '2004-12-09',
        recordedtime: '2013-12-01T10:34:13.357Z',
        data: {
          ptiUrn: 'URN_NUMBER',
          asn: '0416BH0000000090557N',
          name: { family: 'RAMBO', given: 'john', middle: 'PersonGivenName20A' },
          sex: 'male',
          custodyStatus: 'U',
          firstHearing: { courtCode: 'B16GE00', date: '2004-12-09', time: '09:00' },
          offences: [{ sequence: 1, cjsCode: 'FI68323', chargedOn: '2004-12-09', place: 'East Yorkshire' }],
          officer: { name: 'Baron Vega Non OIC', rank: 'Constable' },
        },
      });
      expect(events.flatMap(faultsOf)).toEqual([]);
    });

    it('leave to the hub what only the contract can judge', async () => {
      const { events } = await imported([join(data, 'IndividualDefendantAllfields.xml')]);
      expect(new Set(events.flatMap(faultsOf))).toEqual(
        new Set(['/data/firstHearing/courtCode', '/data/offences/0/cjsCode']),
      );
      expect(events[0]?.data).toMatchObject({
        unverified: { asn: 'ProsecutorReference0', pnc: 'PNCidentifier', cro: 'CROnumber0' },
        offences: [{ alcohol: { amount: 500, method: 'A' }, vehicle: { registration: 'TE4654' } }],
      });
    });

    it('never pass on who the victim is', async () => {
      const all = join(data, 'IndividualDefendantAllfields.xml');
      expect(readFileSync(all, 'utf8')).toContain('OPersonFamilyName2');
      expect(JSON.stringify(await imported([all]))).not.toContain('OPersonFamilyName2');
    });

    it('have the same ids and content when they are imported again', async () => {
      const files = filesOf([data], '.xml');
      expect((await imported(files)).events).toEqual((await imported(files)).events);
    });
  });
} else {
  it('has no police messages to read at ../shared/data', () => {
    expect(existsSync(data)).toBe(false);
  });
}

describe('a police message', () => {
  it('charges each of its defendants, on the days that it names', async () => {
    const offences = offence('2025-03-01') + offence('2025-03-04');
    const content = newCase(defendant('R1', offences), defendant('R2'));
    const { events } = await imported([file('two.xml', routeData({ content }))]);
    expect(events.map(({ id, time }) => [id, time])).toEqual([
      ['charge:stream-1:URN1:R1', '2025-03-01/2025-03-04'],
      ['charge:stream-1:URN1:R2', '2025-03-01'],
    ]);
    expect(events.flatMap(faultsOf)).toEqual([]);
  });

  it('leaves out organisations, and counts them', async () => {
    const company = '<Defendant><PoliceCorporateDefendant/></Defendant>';
    const content = newCase(company, defendant());
    const { events, summary } = await imported([file('company.xml', routeData({ content }))]);
    expect(events).toHaveLength(1);
    expect(summary).toMatchObject({ organisations: 1, refused: [] });
  });

  const bomb = `<!DOCTYPE r [<!ENTITY a "SECRET"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>`;
  it.each([
    ['an entity bomb', bomb + routeData(), 'the file has a document type definition'],
    [
      'an entity bomb in the case',
      routeData({ content: bomb + newCase(defendant('&b;')) }),
      'DataStreamContent has a document type definition',
    ],
    ['text that is not XML', 'SECRET', 'the file is not well-formed XML (line 1, column 1)'],
    ['an unclosed tag', '<RouteData><SECRET>', /^the file is not well-formed XML/],
    ['a broken case', routeData({ content: '<NewCaseMessage><SECRET>' }), /^DataStreamContent is not well-/],
    ['another document', '<Letter>SECRET</Letter>', 'is neither a SOAP request nor a RouteData document'],
    ['another type', routeData({ type: 'SECRET' }), 'is not a message of type SPINewCase'],
    ['no defendant', routeData({ content: newCase() }), 'has no Defendant'],
    ['no offence', routeData({ content: newCase(defendant('R1', '')) }), 'has no Defendant[1]/Offence'],
    [
      'a second defendant without reference',
      routeData({ content: newCase(defendant(), defendant('')) }),
      'has no Defendant[2]/ProsecutorReference',
    ],
  ])('with %s is refused, and nothing of it is repeated', async (name, text, reason) => {
    const good = file('good.xml', routeData());
    const { events, summary } = await imported([file(`${name}.xml`, text), good]);
    expect(events).toHaveLength(1);
    expect(summary.refused).toEqual([
      {
        file: join(folder, `${name}.xml`),
        reason: typeof reason === 'string' ? reason : expect.stringMatching(reason),
      },
    ]);
    expect(JSON.stringify(summary)).not.toContain('SECRET');
  });

  it('that is not UTF-8 is refused', async () => {
    const path = join(folder, 'latin.xml');
    writeFileSync(path, Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e]));
    expect((await imported([path])).summary.refused).toEqual([{ file: path, reason: 'is not UTF-8 text' }]);
  });
});
