import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { eventIdOf } from '../../apps/hub/intake/event-id.js';
import { type Intake, openIntake } from '../../apps/hub/intake/intake.js';
import { type Caller } from '../../libs/adapters/caller/caller.js';
import { readingOn } from '../../libs/adapters/event-log/reading-on.js';
import { openHistories, readHistories } from '../../libs/adapters/performance/histories.js';
import { parsePublication } from '../../libs/contract/envelope.js';
import { type DemonstrationEvent } from '../../libs/domain/demonstration/demonstration.js';
import { caseload } from '../../libs/domain/performance/caseload.js';
import { costOfCrime } from '../../libs/domain/performance/cost-of-crime.js';
import { type PersonHistory } from '../../libs/domain/performance/history.js';
import { interventions } from '../../libs/domain/performance/interventions.js';
import { needs } from '../../libs/domain/performance/needs.js';
import { profile } from '../../libs/domain/performance/profile.js';
import { differencesFrom } from '../../libs/domain/performance/published/compare.js';
import { publishedYear } from '../../libs/domain/performance/published/llr.js';
import {
  type PrintedDocument,
  readPrintedDocument,
} from '../../libs/domain/performance/published/printed-document.js';
import { reoffending } from '../../libs/domain/performance/reoffending.js';
import {
  cellAt,
  type CellRef,
  type Report,
  type ReportQuestion,
} from '../../libs/domain/performance/report.js';
import { spread } from '../../libs/domain/performance/spread.js';
import { statutoryShare } from '../../libs/domain/performance/statutory-share.js';
import { suppress } from '../../libs/domain/performance/suppress.js';
import { suppressionRuleAt } from '../../libs/domain/performance/suppress-rules.js';
import { openWorld, type World } from '../../libs/testing/world.js';

const printed = readPrintedDocument(
  parse(readFileSync(new URL('../../deploy/published/llr-2016.yaml', import.meta.url), 'utf8')),
);
const { at, from, to } = printed;
const question: ReportQuestion = { at, from, to, knownAt: null };
const AT_ONCE = 500;

function callerOf(agency: string): Caller {
  return { agency, user: `${agency}-system`, roles: ['publisher'], purposes: [], expires: 1e15 };
}

function reportsOf(histories: readonly PersonHistory[], asked = question): readonly Report[] {
  return [reoffending, caseload, spread, statutoryShare, needs].map((report) => report(histories, asked));
}

function valueOf(reports: readonly Report[], table: string, cell: CellRef): unknown {
  const own = reports.flatMap(({ tables }) => tables).find(({ id }) => id === table);
  return own && cellAt(own, cell)?.value;
}

let world: World;
let intake: Intake;
let now = Date.parse('2016-04-10T09:00:00Z');
const outcomes = new Set<string>();

async function publish(events: readonly DemonstrationEvent[]): Promise<void> {
  for (let first = 0; first < events.length;) {
    const agency = events[first]?.agency ?? '';
    const end = events.findIndex(
      (each, index) => index > first && (each.agency !== agency || index - first >= AT_ONCE),
    );
    const batch = events.slice(first, end < 0 ? events.length : end);
    const receipts = await intake.publish(
      callerOf(agency),
      batch.map(({ event }) => parsePublication(JSON.stringify(event))),
    );
    for (const { outcome } of receipts) outcomes.add(outcome);
    first += batch.length;
  }
}

beforeAll(async () => {
  world = await openWorld();
  intake = await openIntake({
    log: world.log,
    vault: world.vault,
    now: () => now,
    random: randomBytes,
    indexFile: join(world.dir, 'intake.sqlite'),
    unexpected: (error) => {
      throw error;
    },
  });
  await publish(publishedYear(printed));
}, 60_000);

afterAll(async () => {
  intake.close();
  await world.close();
});

describe('the published tables, from events', () => {
  it('takes every publication', () => {
    expect([...outcomes]).toEqual(['accepted']);
  });

  it('shows every cell as it was printed, but the three that the cells contradict', async () => {
    const reports = reportsOf(await readHistories(world.log, world.vault));
    expect(differencesFrom(printed, reports)).toEqual([
      { table: 'caseload', cell: 'Enhanced/2016-03-31/Total', printed: '109', regenerated: '110' },
      { table: 'caseload', cell: 'Total/2016-03-31/Total', printed: '379', regenerated: '380' },
      { table: 'caseload', cell: '%change/Total', printed: '13.05', regenerated: '12.76' },
    ]);
  });

  it('shows young adults doing better than those over 24, by 54% to 35%, and nobody under 18', async () => {
    const [report] = reportsOf(await readHistories(world.log, world.vault));
    const ages = report?.tables.find(({ id }) => id === 'reoffending-age');
    const rounded = ages?.cells.map((row) =>
      row.map(({ value }) => (value === null ? null : Math.round(Number(value)))),
    );
    expect(ages?.rows.map(({ key }) => key)).toEqual(['under-18', '18-24', '25-over', 'Overall']);
    expect(rounded).toEqual([
      [0, 0, 0, null],
      [40, 196, 90, -54],
      [123, 549, 357, -35],
      [163, 745, 447, -40],
    ]);
  });

  it('opens each count to the events behind it', async () => {
    const reports = reportsOf(await readHistories(world.log, world.vault));
    for (const { cells } of reports.flatMap(({ tables }) => tables))
      for (const { kind, value, events } of cells.flat())
        if (kind === 'count') expect(events.length > 0).toBe(value !== 0);
  });

  it('can be shown to a board: every table suppresses, and small areas are hidden', async () => {
    const histories = await readHistories(world.log, world.vault);
    const others = [interventions, costOfCrime, profile].map((report) => report(histories, question));
    const rule = suppressionRuleAt(to);
    const shown = [...reportsOf(histories), ...others].map((report) => suppress(report, rule));
    const overall = shown.flatMap(({ tables }) => tables).find(({ id }) => id === 'caseload');
    const column = overall?.columns.findIndex(({ key }) => key === 'OSF') ?? -1;
    expect(overall?.cells.map((row) => row[column]?.isHidden)).toContain(true);
  });
});

describe('the figures as they were written down twice', () => {
  const file = new URL('../../../shared/domain/published-figures.md', import.meta.url);
  const isThere = existsSync(file);

  it(isThere ? 'are the same' : 'cannot be compared: ../shared/domain/published-figures.md is absent', () => {
    if (!isThere) return;
    const [, json = ''] = /```json\n([\s\S]*?)```/.exec(readFileSync(file, 'utf8')) ?? [];
    expect(figuresOf(printed)).toEqual(figuresIn(JSON.parse(json) as Fixture));
  });
});

/** The same figures, laid out as tables of another shape. */
interface Fixture {
  readonly reoffending: Readonly<Record<'Priority' | 'Enhanced' | 'Overall', readonly number[]>>;
  readonly caseload: Readonly<
    Record<'Priority' | 'Enhanced' | 'Total', Readonly<Record<string, readonly [readonly number[], number]>>>
  > & {
    readonly areas: readonly string[];
    readonly pctChangePrinted: readonly string[];
  };
  readonly spread: Readonly<
    Record<'community' | 'custody' | 'total' | 'crc' | 'nps' | 'stat', readonly number[]>
  > & {
    readonly annualChangePrinted: Readonly<Record<'community' | 'crc' | 'nps' | 'stat', string>>;
    readonly statPctPrinted: readonly string[];
  };
  readonly needs: { readonly n: number } & Readonly<
    Record<'identified' | 'meanAll' | 'meanScored' | 'pct', readonly number[]>
  >;
}

type Written = Readonly<Record<string, readonly (number | null)[]>>;

function figuresOf({ tables }: PrintedDocument): readonly Written[] {
  const number = (text: string): number | null => (text === '' ? null : Number(text.replace('%', '')));
  return tables.map(({ rows }) =>
    Object.fromEntries(Object.entries(rows).map(([key, row]) => [key, row.map(number)])),
  );
}

function figuresIn({
  reoffending: { Priority, Enhanced, Overall },
  caseload: load,
  spread: all,
  needs: { n, ...need },
}: Fixture): readonly Written[] {
  const levels = (['Priority', 'Enhanced', 'Total'] as const).flatMap((level) =>
    [from, to].map((day) => [`${level}/${day}`, load[level][day]?.flat() ?? []] as const),
  );
  const percent = (text: string): number => Number(text.replace('%', ''));
  const { community, custody, total, crc, nps, stat, annualChangePrinted: changed } = all;
  return [
    { Priority, Enhanced, Overall },
    { ...Object.fromEntries(levels), '%change': load.pctChangePrinted.map(Number) },
    { community, custody, total },
    {
      community: [...community, percent(changed.community)],
      CRC: [...crc, percent(changed.crc)],
      NPS: [...nps, percent(changed.nps)],
      statutory: [...stat, percent(changed.stat)],
      percentage: [...all.statPctPrinted.map(percent), null],
    },
    {
      all: need.identified.map(() => n),
      scored: need.identified,
      'mean-all': need.meanAll,
      'mean-scored': need.meanScored,
      identified: need.pct,
    },
  ];
}

describe('what arrives later', () => {
  const overall = (histories: readonly PersonHistory[]): unknown =>
    valueOf(reportsOf(histories), 'reoffending-level', 'Overall/after');

  it('restates the table, and what was known before can still be shown', async () => {
    const kept = openHistories(world.vault);
    const refresh = readingOn(world.log, kept.take);
    await refresh();
    const counted = new Set(eventsOf(reportsOf(kept.histories()), 'reoffending-level', 'Overall/after'));
    const outcome = publishedYear(printed).find(
      ({ event }) =>
        event['type'] === 'court.outcome.recorded' &&
        counted.has(eventIdOf(String(event['source']), String(event['id']))),
    );
    if (outcome === undefined) throw new Error('no outcome counts');
    const before = now;
    now += 86_400_000;
    await publish([corrected(outcome), late(outcome)]);
    await refresh();

    expect(overall(kept.histories(before))).toBe(447);
    expect(overall(kept.histories())).toBe(447 - offencesOf(outcome).length + 1);
    expect(kept.histories()).toEqual(await readHistories(world.log, world.vault));
    expect(kept.histories(before)).toEqual(await readHistories(world.log, world.vault, before));
  });
});

type Data = Readonly<Record<string, unknown>>;

function eventsOf(reports: readonly Report[], table: string, cell: CellRef): readonly string[] {
  const own = reports.flatMap(({ tables }) => tables).find(({ id }) => id === table);
  return (own && cellAt(own, cell))?.events ?? [];
}

function offencesOf({ event }: DemonstrationEvent): readonly Data[] {
  return (event['data'] as { readonly offences: readonly Data[] }).offences;
}

/** The court puts it right: not guilty of anything. */
function corrected(outcome: DemonstrationEvent): DemonstrationEvent {
  const { id, data } = outcome.event;
  const offences = offencesOf(outcome).map((offence) => ({ ...offence, adjudication: 'Not Guilty' }));
  const right = { id: `${String(id)}-right`, corrects: id, data: { ...(data as Data), offences } };
  return { ...outcome, event: { ...outcome.event, ...right } };
}

/** Another case of the same person, of which the hub hears only now. */
function late(outcome: DemonstrationEvent): DemonstrationEvent {
  const { id, data } = outcome.event;
  const { courtCode, hearingDay } = data as Data;
  const offences = [{ cjsCode: 'TH68010', offenceDates: { from: '2015-09-01' }, adjudication: 'Guilty' }];
  const heard = { courtCode, hearingDay, ptiUrn: '00ZZ9999915', offences };
  return { ...outcome, event: { ...outcome.event, id: `${String(id)}-late`, data: heard } };
}
