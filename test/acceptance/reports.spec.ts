import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { concordat } from '../../apps/cli/program.js';
import { asnOf, crnOf, croOf, pncOf } from '../../libs/domain/demonstration/identifiers.js';
import { type Disclosure } from '../../libs/domain/disclosure/disclosure.js';
import { coreAgreement, eventOf } from './fixtures.js';
import { type Asked, type Body, itemsOf, runHub, type RunningHub } from './running-hub.js';

const days = 'at: "2026-03-31", from: "2025-04-01", to: "2026-03-31"';
const caseload = `{ report(name: "caseload", ${days}) {
  view rule { version smallestShown } legend
  tables { id rows { key cells { column value text events(first: 50) { id type publisher fields { name value } } } } }
} }`;

const coordinator: Asked = { roles: ['coordinator'] };
let hub: RunningHub;

/** Six people of one area, and two of another. */
beforeAll(async () => {
  hub = await runHub();
  await hub.bringIntoForce(coreAgreement);
  for (let nth = 1; nth <= 8; nth++) {
    const subject = { subject: `pnc:${pncOf(nth, 7, 2001)}`, time: '2025-05-03T10:00:00Z' };
    const crn = crnOf(nth, 7);
    const area = nth <= 6 ? 'NC' : 'OSF';
    const published = [
      await hub.publish('hub', eventOf('hub.management.decided', { crn, levels: ['Priority'] }, subject)),
      await hub.publish('hub', eventOf('hub.area.assigned', { crn, area }, subject)),
      await hub.publish('police', eventOf('police.arrest.recorded', identifiersOf(nth), subject)),
    ];
    expect(published.map(({ body }) => String(body.outcome ?? body.status))).toEqual([
      'accepted',
      'accepted',
      'accepted',
    ]);
  }
  await hub.settle();
});
afterAll(() => hub.close());

function identifiersOf(nth: number): object {
  return { pnc: pncOf(nth, 7, 2001), cro: croOf(nth, 7, 2001), asn: asnOf(nth, 7, 1, 2025) };
}

function cellOf(body: Body, table: string, row: string, column: string): Body {
  const tables = itemsOf(body.data?.report?.tables);
  const rows = itemsOf(tables.find(({ id }) => String(id) === table)?.rows);
  const cells = itemsOf(rows.find(({ key }) => String(key) === row)?.cells);
  const cell = cells.find((each) => String(each.column) === column);
  if (cell === undefined) throw new Error(`there is no cell ${row}/${column}`);
  return cell;
}

async function lastRecord(agency: string): Promise<Disclosure & { readonly type: string }> {
  let last: (Disclosure & { readonly type: string }) | undefined;
  for await (const { type, metadata } of hub.log.readStream(`disclosure-${agency}`))
    last = { type, ...(JSON.parse(metadata) as Disclosure) };
  if (last === undefined) throw new Error('nothing was recorded');
  return last;
}

describe('the board', () => {
  it.each([
    ['police', ['coordinator']],
    ['housing', ['signatory']],
    ['hub', ['signatory']],
    ['auditor', ['auditor']],
  ] as const)('sees aggregates with small numbers hidden, and no events: %s as %j', async (agency, roles) => {
    const { body, text } = await hub.ask(agency, caseload, { roles });
    expect(body.errors).toBeUndefined();
    expect(body.data?.report).toMatchObject({ view: 'board', rule: { smallestShown: 5 } });
    const texts = (row: string) =>
      ['NC', 'OSF', 'Total'].map((column) => String(cellOf(body, 'caseload', row, column).text));
    expect(texts('Priority/2026-03-31')).toEqual(['[c]', '[c]', '8']);
    expect(texts('Total/2026-03-31')).toEqual(['[c]', '[c]', '8']);
    expect(texts('Enhanced/2026-03-31')).toEqual(['0', '0', '0']);
    expect(text).not.toContain('"type"');
    expect(String(itemsOf(body.data?.report?.legend)[0])).toContain('[c] confidential');
    expect(await lastRecord(agency)).toMatchObject({
      type: 'consultation.made',
      asked: ['report'],
      sought: ['report:caseload'],
      offenders: [],
      facts: [],
    });
  });

  it('sees no list of people', async () => {
    const { body, text } = await hub.ask(
      'police',
      `{ report(name: "informed", ${days}) { tables { id } } }`,
      coordinator,
    );
    expect(itemsOf(body.data?.report?.tables).length).toBeGreaterThan(0);
    expect(text).not.toContain('not-informed');
  });
});

describe('the documents of a report', () => {
  const documents = caseload.replace(
    'view rule',
    'text: document(format: table) csv: document(format: csv) page: document(format: html) view rule',
  );

  it('are those of the command line, with what the caller sees', async () => {
    const { body } = await hub.ask('police', documents, coordinator);
    const report = body.data?.report;
    expect(String(report?.text)).toMatch(/Priority 31\/03\/2026 +\[c\] +\[c\] +8/);
    expect(String(report?.csv)).toContain(',caseload,Priority/2026-03-31,OSF,[c],count');
    expect(String(report?.page)).toContain('<caption>Overall caseload</caption>');
    expect(String(report?.page)).toContain('<svg');
    expect(String(report?.page)).toContain('board: small numbers hidden');
  });

  it('hold every number for the IOM team, and lists of the people of its picture alone', async () => {
    const { body } = await hub.ask('hub', documents, coordinator);
    expect(String(body.data?.report?.csv)).toContain(',caseload,Priority/2026-03-31,OSF,2,count');
    expect(String(body.data?.report?.page)).toContain('team: not for the board');
    const list = `{ report(name: "informed", ${days}) { document(format: csv) } }`;
    const { body: told } = await hub.ask('hub', list, coordinator);
    expect(
      String(told.data?.report?.document).match(/,not-informed,P[^,]+,level,Priority,text/g),
    ).toHaveLength(8);
    const { body: board } = await hub.ask('police', list, coordinator);
    expect(String(board.data?.report?.document)).not.toContain(',not-informed,P');
  });
});

describe('the IOM team', () => {
  it('sees every number, and each cell opens to facts of its own picture, which are recorded', async () => {
    const { body } = await hub.ask('hub', caseload, coordinator);
    expect(body.data?.report).toMatchObject({ view: 'team', rule: null });
    const cell = cellOf(body, 'caseload', 'Priority/2026-03-31', 'OSF');
    expect([cell.value, cell.text]).toEqual([2, '2']);
    const events = itemsOf(cell.events);
    expect(events.map(({ type }) => String(type)).sort()).toEqual([
      'hub.area.assigned',
      'hub.area.assigned',
      'hub.management.decided',
      'hub.management.decided',
    ]);
    expect(JSON.stringify(events)).toContain('"OSF"');
    const { type, facts, offenders } = await lastRecord('hub');
    expect([type, facts.length, offenders.length]).toEqual(['disclosure.made', 16, 8]);
    expect(JSON.stringify(facts)).toContain('area');
  });

  it('sees no fact behind a number that its picture does not hold', async () => {
    const question = `{ report(name: "data-quality", ${days.replaceAll('2026-03-31', '2030-12-31')}) { tables { id rows { key cells { column text events { type publisher } } } } } }`;
    const { body, text } = await hub.ask('hub', question, coordinator);
    expect(body.errors).toBeUndefined();
    expect(text).toContain('"key":"police"');
    expect(text).toContain('"publisher":"hub"');
    expect(text).not.toContain('"publisher":"police"');
  });

  it('sees the people of its own picture by name of the hub, and that is recorded', async () => {
    const question = `{ report(name: "informed", ${days}) { tables { id rows { label cells { text } } } } }`;
    const { body } = await hub.ask('hub', question, coordinator);
    const list = itemsOf(body.data?.report?.tables).find(({ id }) => String(id) === 'not-informed');
    const people = itemsOf(list?.rows);
    expect(people.map(({ cells }) => String(itemsOf(cells)[0]?.text))).toEqual(Array(8).fill('Priority'));
    const { type, offenders } = await lastRecord('hub');
    expect([type, offenders]).toEqual(['disclosure.made', people.map(({ label }) => String(label)).sort()]);
  });

  it('reads on from where it was', async () => {
    const subject = { subject: `pnc:${pncOf(9, 7, 2001)}`, time: '2025-05-03T10:00:00Z' };
    const crn = crnOf(9, 7);
    await hub.publish('hub', eventOf('hub.management.decided', { crn, levels: ['Enhanced'] }, subject));
    await hub.settle();
    const { body } = await hub.ask('hub', caseload, coordinator);
    expect(cellOf(body, 'caseload', 'Total/2026-03-31', 'Total').value).toBe(9);
    const before = caseload.replace('to:', 'known: "2026-01-01T00:00:00Z", to:');
    const then = await hub.ask('hub', before.replace('2026-01-01', '2000-01-01'), coordinator);
    expect(then.text).not.toContain('"OSF"');
  });
});

describe('a report', () => {
  it.each([['police'], ['hub']])('is refused to a practitioner: %s', async (agency) => {
    for (const question of [caseload, '{ reports { name } }']) {
      const { body } = await hub.ask(agency, question);
      expect(body.data ?? null).toBeNull();
      expect(String(body.errors?.[0]?.extensions?.code)).toBe('role-required');
    }
  });

  it("is refused to an agency's own auditor", async () => {
    const { body } = await hub.ask('police', caseload, { roles: ['auditor'] });
    expect(String(body.errors?.[0]?.extensions?.code)).toBe('role-required');
  });

  it('that does not exist is answered with the names of those that do', async () => {
    const { body } = await hub.ask('police', '{ report(name: "Smith") { name } }', coordinator);
    expect(String(body.errors?.[0]?.message)).toContain('it is one of reoffending, caseload');
    expect(JSON.stringify(await lastRecord('police'))).not.toContain('Smith');
  });

  it('is listed', async () => {
    const { body } = await hub.ask('police', '{ reports { name title description audience } }', coordinator);
    expect(itemsOf(body.data?.reports).map(({ name }) => String(name))).toContain('caseload');
  });
});

describe('concordat report, beside the running hub', () => {
  const asked = ['--at', '2026-03-31', '--from', '2025-04-01', '--data'];

  async function run(...parameters: readonly string[]) {
    const out: string[] = [];
    const code = await concordat(['report', ...parameters], {
      out: (line) => void out.push(line),
      err: (line) => void out.push(line),
      env: {},
      now: () => new Date('2026-04-01T12:00:00Z'),
      interactive: false,
    });
    return { code, text: out.join('\n') };
  }

  it('gives the board the same figures', async () => {
    const { code, text } = await run('caseload', ...asked, hub.dir, '--format', 'json');
    expect(code).toBe(0);
    const { body } = await hub.ask('police', caseload, coordinator);
    const texts = itemsOf(body.data?.report?.tables).map(({ rows }) =>
      itemsOf(rows).map(({ cells }) => itemsOf(cells).map((cell) => String(cell.text))),
    );
    const told = JSON.parse(text) as {
      readonly tables: readonly { readonly cells: readonly (readonly { readonly text: string }[])[] }[];
    };
    expect(told.tables.map(({ cells }) => cells.map((row) => row.map((cell) => cell.text)))).toEqual(texts);
    expect(text).not.toContain('events');
  });

  it('in every format, and for the team with events', async () => {
    const table = await run('caseload', ...asked, hub.dir);
    expect(table.text).toMatch(/Priority 31\/03\/2026 +\[c\] +\[c\]/);
    const csv = await run('caseload', ...asked, hub.dir, '--view', 'team', '--format', 'csv');
    expect(csv.text).toContain(',caseload,Priority/2026-03-31,OSF,2,count');
    const json = await run('caseload', ...asked, hub.dir, '--view', 'team', '--format', 'json');
    expect(json.text).toContain('"events"');
    const out = join(hub.dir, 'caseload.html');
    expect(await run('caseload', ...asked, hub.dir, '--format', 'html', '--out', out)).toEqual({
      code: 0,
      text: out,
    });
    expect(readFileSync(out, 'utf8')).toContain('<caption>Overall caseload</caption>');
    expect((await run('caseload', ...asked, hub.dir, '--format', 'html', '--out', out)).code).toBe(1);
  });
});
