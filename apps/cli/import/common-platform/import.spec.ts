import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { entryOf } from '../../../../libs/contract/catalogue/catalogue.js';
import { validateData } from '../../../../libs/contract/catalogue/validate.js';
import { parsePublication } from '../../../../libs/contract/envelope.js';
import { dryDelivery } from '../delivery.js';
import { filesOf } from '../files.js';
import { type Publication } from '../publication.js';
import { emptySummary, type ImportSummary } from '../summary.js';
import { at, listAt, textAt } from '../tree.js';
import { importCommonPlatform } from './import.js';
import { openShareLedger } from './share-ledger.js';

const data = '../shared/data/common-platform';
const FORGET = ':memory:';

interface Imported {
  readonly events: readonly Publication[];
  readonly summary: ImportSummary;
}

async function imported(files: readonly string[], ledgerFile = FORGET): Promise<Imported> {
  const summary = emptySummary();
  const events: Publication[] = [];
  const delivery = dryDelivery(summary, (line) => void events.push(JSON.parse(line) as Publication));
  const ledger = openShareLedger(ledgerFile, { keep: ledgerFile !== FORGET });
  try {
    const context = { delivery, ledger, summary, receivedYear: 2026, onFile: () => undefined };
    await importCommonPlatform(files, context);
  } finally {
    ledger.close();
  }
  return { events, summary };
}

const ids = (events: readonly Publication[]): readonly string[] => events.map((event) => event.id);

function chain(
  events: readonly Publication[],
  type: string,
): readonly (readonly [string, string | undefined])[] {
  return events.filter((event) => event.type === type).map((event) => [event.id, event.corrects]);
}

/** Every result of an outcome by its id, with the offence it stands at (null: the case as a whole). */
function resultsIn({ data: outcome }: Publication): Readonly<Record<string, string | null>> {
  const whole = listAt(outcome, 'disposals').map((each) => [textAt(each, 'resultId') ?? '', null] as const);
  const own = listAt(outcome, 'offences').flatMap((offence) =>
    listAt(offence, 'disposals').map(
      (each) => [textAt(each, 'resultId') ?? '', textAt(offence, 'offenceRef') ?? ''] as const,
    ),
  );
  return Object.fromEntries([...whole, ...own].sort());
}

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'concordat-import-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function message(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

if (existsSync(data)) {
  const scenario = (name: string, prefix = ''): readonly string[] =>
    filesOf([join(data, 'scenarios', name)], '.json').filter((file) => file.includes(`/${prefix}`));
  const first = join(data, 'hearing-results-shared/firstshare-onecase-onedefendant-oneoffence.json');
  const reshare = join(data, 'hearing-results-shared/reshare-onecase-onedefendant-oneoffence.json');

  describe('every real court message', () => {
    it('becomes publications that the contract accepts', async () => {
      const { events, summary } = await imported(filesOf([data], '.json'));
      const faults = events.flatMap((event) => {
        const parsed = parsePublication(JSON.stringify(event));
        const entry = entryOf(event.type, 1);
        return [
          ...(parsed.outcome === 'invalid' ? parsed.errors : []),
          ...(entry === undefined ? [`no entry ${event.type}`] : validateData(entry, event.data)),
        ];
      });
      expect(faults).toEqual([]);
      expect(summary).toMatchObject({ filesRead: 64, refused: [], publications: { made: 60 } });
      expect(summary.unverified).toEqual({ asn: 60, pnc: 8, cro: 8 });
    });

    it.each([
      ['add-result-cloned-offence', 1, 2],
      ['amend-new-offence-only', 1, 6],
      ['application-amended-on-inactive-case', 1, 2],
      ['delete-and-add-offence', 1, 2],
      ['delete-result-new-offence-on-case', 1, 2],
      ['multi-case-defendant-amendment-add-remove-update', 3, 2],
      ['multi-case-multi-defendant-multi-offence', 4, 2],
    ])('of %s gives a hearing and an outcome for %i parties in %i shares', async (name, parties, shares) => {
      const { events } = await imported(scenario(name));
      for (const type of ['court.hearing.resulted', 'court.outcome.recorded']) {
        const ofType = events.filter((event) => event.type === type);
        expect(ofType).toHaveLength(parties * shares);
        expect(ofType.filter((event) => event.corrects === undefined)).toHaveLength(parties);
      }
    });

    it('is named when it holds nothing to publish', async () => {
      const { summary } = await imported(scenario('delete-and-add-offence'));
      const named = summary.skipped.map(({ file, reason }) => `${file.split('/').pop() ?? ''} ${reason}`);
      expect(named).toEqual([
        'police-notification-requested-1.json is a notification and holds no results',
        'create-results-1.json repeats results that are published from hearing-results messages',
        'create-results-2.json repeats results that are published from hearing-results messages',
        'police-result-generated-1.json repeats results that are published from hearing-results messages',
      ]);
    });
  });

  describe('kinds of message that repeat the same results', () => {
    it.each(readdirSync(join(data, 'scenarios')))('agree in %s, result by result', async (name) => {
      const outcomes = async (prefix: string): Promise<readonly Publication[]> =>
        (await imported(scenario(name, prefix))).events.filter((event) => event.id.startsWith('outcome:'));
      const shared = await outcomes('hearing-results');
      const created = await outcomes('create-results');
      expect(shared.flatMap((event) => Object.keys(resultsIn(event))).length).toBeGreaterThan(0);
      expect(created.map(resultsIn)).toEqual(shared.map(resultsIn));
      const generated = await outcomes('police-result');
      for (const event of generated) expect(shared.map(resultsIn)).toContainEqual(resultsIn(event));
    });

    it('are published from the lesser kind when there is no better one', async () => {
      const { events, summary } = await imported(scenario('delete-and-add-offence', 'create-results'));
      expect(summary.skipped).toEqual([]);
      expect(events.map(({ type }) => type)).toEqual(['court.outcome.recorded', 'court.outcome.recorded']);
      expect(events[1]?.corrects).toBe(events[0]?.id);
      expect(events[0]).not.toHaveProperty('recordedtime');
    });

    it('refuse the better kind when the lesser was imported before', async () => {
      const ledger = join(folder, 'kinds.db');
      await imported(scenario('delete-and-add-offence', 'create-results'), ledger);
      const { events, summary } = await imported(
        scenario('delete-and-add-offence', 'hearing-results'),
        ledger,
      );
      expect(events).toEqual([]);
      expect(summary.refused.map(({ reason }) => reason)).toEqual(
        Array(2).fill('comes too late: its hearing was already imported from create-results messages'),
      );
    });
  });

  describe('a re-share', () => {
    const base = 'HEARING_ID:2024-09-22:28d9c834-29ed-4c08-9f9e-1cc4886dee37:CASE_ID';
    const corrected = [
      [`outcome:${base}`, undefined],
      [`outcome:${base}@2024-09-22T10:14:28.918Z`, `outcome:${base}`],
    ] as const;

    it('corrects the first share, whatever the order of the files', async () => {
      const { events } = await imported([reshare, first]);
      expect(chain(events, 'court.outcome.recorded')).toEqual(corrected);
      expect(events.map((event) => event.data['isReshare'])).toEqual([false, false, true, true]);
    });

    it('corrects it from a later run, with or without the memory of the first', async () => {
      const ledger = join(folder, 'runs.db');
      await imported([first], ledger);
      const { events } = await imported([reshare], ledger);
      expect(chain(events, 'court.outcome.recorded')).toEqual([corrected[1]]);
      expect((await imported([reshare])).events).toEqual(events);
    });

    it('leaves room for the first share to come after it', async () => {
      const ledger = join(folder, 'late-first.db');
      await imported([reshare], ledger);
      const { events, summary } = await imported([first], ledger);
      expect(chain(events, 'court.outcome.recorded')).toEqual([corrected[0]]);
      expect(summary.refused).toEqual([]);
    });

    it('corrects the share before it, in a chain of six over several runs', async () => {
      const files = scenario('amend-new-offence-only', 'hearing-results');
      const whole = (await imported(files)).events;
      const links = chain(whole, 'court.outcome.recorded');
      expect(links).toHaveLength(6);
      expect(links.slice(1).map(([, corrects]) => corrects)).toEqual(links.slice(0, -1).map(([id]) => id));
      const ledger = join(folder, 'chain.db');
      const pieces: Publication[] = [];
      for (const file of files) pieces.push(...(await imported([file], ledger)).events);
      expect(pieces).toEqual(whole);
    });

    it('that is older than one already imported is refused by name', async () => {
      const [one, two, three] = scenario('amend-new-offence-only', 'hearing-results');
      const ledger = join(folder, 'older.db');
      await imported(
        [one, three].filter((file) => file !== undefined),
        ledger,
      );
      const { events, summary } = await imported([two ?? ''], ledger);
      expect(events).toEqual([]);
      expect(summary.refused).toEqual([
        { file: two, reason: 'is older than a share of the same results that was imported before it' },
      ]);
    });

    it('adds what the court added', async () => {
      const { events } = await imported([first, reshare]);
      const outcomes = events.filter((event) => event.type === 'court.outcome.recorded');
      const labels = outcomes.map((event) =>
        listAt(event.data, 'disposals').map((each) => textAt(each, 'label')),
      );
      expect(labels).toEqual([
        [
          'Surcharge',
          'Attachment of earnings order',
          'Collection order',
          'Reserve Terms Lump sum plus instalments',
        ],
        [
          'Costs',
          'Attachment of earnings order',
          'Collection order',
          'Reserve Terms Lump sum plus instalments',
        ],
      ]);
    });
  });

  describe('a mapped message', () => {
    it('has the same ids and content when it is imported again', async () => {
      const ledger = join(folder, 'again.db');
      const once = await imported([first, reshare], ledger);
      const again = await imported([first, reshare], ledger);
      expect(again.events).toEqual(once.events);
      expect(new Set(ids(once.events)).size).toBe(4);
    });

    it('says who, when, and what the court decided', async () => {
      const { events } = await imported([first]);
      const [hearing, outcome] = events;
      expect(hearing).toMatchObject({
        source: '/courts/common-platform',
        subject: 'ref:28d9c834-29ed-4c08-9f9e-1cc4886dee37',
        time: '2024-09-22',
        recordedtime: '2024-09-22T10:12:33.981Z',
        data: { attended: true, bailStatus: 'A', courtCode: 'B01LY00', jurisdiction: 'magistrates' },
      });
      expect(hearing?.data).not.toHaveProperty('offences');
      expect(outcome?.data).toMatchObject({
        sex: 'male',
        dateOfBirth: '1962-09-22',
        prosecutorReference: '2391NX000001109535',
        unverified: { asn: '2391NX000001109535' },
        offences: [
          { cjsCode: 'TH68010', title: 'Theft from a shop', disposals: [{ disposalCode: '1015', fine: 50 }] },
        ],
      });
      expect(outcome?.data).not.toHaveProperty('asn');
    });

    it('joins a person across cases by the master defendant', async () => {
      const { events } = await imported(scenario('add-result-cloned-offence'));
      expect(new Set(events.map((event) => event.subject))).toEqual(
        new Set(['ref:8f2c2cc8-a09c-43ee-a72f-05440131b66e']),
      );
    });

    it('keeps plea, conviction, term and next hearing', async () => {
      const { events } = await imported(scenario('amend-new-offence-only', 'hearing-results'));
      const offences = events.flatMap((event) => listAt(event.data, 'offences'));
      expect(offences).toContainEqual(
        expect.objectContaining({ plea: 'Guilty', pleaDate: '2024-09-25', convictionDate: '2024-09-25' }),
      );
      const disposals = offences.flatMap((offence) => listAt(offence, 'disposals'));
      expect(disposals.map((each) => at(each, 'duration'))).toContainEqual({ count: 4, units: 'years' });
      const adjourned = await imported(scenario('multi-case-multi-defendant-multi-offence', 'hearing'));
      const next = adjourned.events
        .flatMap((event) => listAt(event.data, 'offences'))
        .flatMap((offence) => listAt(offence, 'disposals'))
        .map((each) => textAt(each, 'nextHearing', 'startsAt'));
      expect(next).toContain('2024-09-27T13:00:00.000Z');
    });
  });

  describe('what cannot be read', () => {
    it('is named with its reason while the rest goes on', async () => {
      const broken = readFileSync(first, 'utf8').slice(0, 500);
      const { hearing, ...rest } = JSON.parse(readFileSync(first, 'utf8')) as Record<string, unknown>;
      const files = [
        message('broken.json', broken),
        message('other.json', { hello: 'SECRET' }),
        message('no-time.json', { hearing, hearingDay: '2024-09-22' }),
        message('no-hearing.json', { ...rest, hearing: {} }),
        message('bad-time.json', { ...rest, hearing, sharedTime: 'yesterday' }),
        join(folder, 'absent.json'),
        first,
      ];
      const { events, summary } = await imported(files);
      expect(events).toHaveLength(2);
      expect(summary.refused.map(({ file, reason }) => [file.split('/').pop(), reason])).toEqual([
        ['broken.json', expect.stringMatching(/^is not JSON( \(at character 500\))?$/)],
        ['other.json', 'is not a court message that holds results'],
        ['no-time.json', 'has no sharedTime'],
        ['no-hearing.json', 'has no hearing.id'],
        ['absent.json', 'does not exist'],
        ['bad-time.json', 'has a sharedTime that is no RFC 3339 date-time'],
      ]);
      expect(JSON.stringify(summary)).not.toContain('SECRET');
    });
  });
} else {
  it('has no court messages to read at ../shared/data', () => {
    expect(existsSync(data)).toBe(false);
  });
}

describe('an organisation', () => {
  it('is counted and left out', async () => {
    const hearing = {
      id: 'H1',
      prosecutionCases: [{ id: 'C1', defendants: [{ id: 'D1', legalEntityDefendant: { name: 'Ltd' } }] }],
    };
    const file = message('company.json', {
      hearing,
      hearingDay: '2024-09-22',
      sharedTime: '2024-09-22T10:00:00Z',
    });
    const { events, summary } = await imported([file]);
    expect(events).toEqual([]);
    expect(summary).toMatchObject({ organisations: 1, refused: [] });
  });
});
