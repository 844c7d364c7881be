import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { parseAgreement } from '../../libs/adapters/agreement-document/agreement-document.js';
import { identifierPseudonym } from '../../libs/adapters/key-vault/identifier-pseudonym.js';
import { rebuild } from '../../libs/adapters/projection/rebuild.js';
import { openEmbeddedWriter } from '../../libs/adapters/read-store/embedded-writer.js';
import { catalogue } from '../../libs/contract/catalogue/catalogue.js';
import { compile } from '../../libs/domain/agreement/compile.js';
import { type AgreementDocument, type Clause } from '../../libs/domain/agreement/document.js';
import { evaluate } from '../../libs/domain/agreement/evaluate.js';
import { EMPTY_REGISTER, register } from '../../libs/domain/agreement/register.js';
import { sampleData } from '../../libs/testing/samples.js';
import { cameIntoForce, openWorld, recordAgreement, recordFact } from '../../libs/testing/world.js';
import { type Figure, median, perSecond } from './measure.js';

/** Commits a second of one small row each, with fsync: what the disk allows. */
export function rawAppend(): number {
  const dir = mkdtempSync(join(tmpdir(), 'concordat-floor-'));
  const database = new Database(join(dir, 'floor.sqlite'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('CREATE TABLE event (position INTEGER PRIMARY KEY, id TEXT, data BLOB)');
  const insert = database.prepare('INSERT INTO event (id, data) VALUES (?, ?)');
  const data = Buffer.alloc(800, 1);
  const rate = perSecond(() => insert.run(randomUUID(), data), 500, 3);
  database.close();
  rmSync(dir, { recursive: true, force: true });
  return rate;
}

/** A decision among 200 clauses that use every condition. */
export function measureDecision(): readonly Figure[] {
  const clauses = Array.from({ length: 200 }, (_, index) => clauseOf(index));
  const document: AgreementDocument = {
    reference: 'bench',
    title: 'bench',
    version: 1,
    parties: ['police', 'probation', 'housing', 'prison'].map((agency) => ({
      agency,
      regime: 'part-3',
      contact: 'x',
    })),
    purposes: ['one', 'two'].map((id) => ({ id, description: 'x' })),
    inForceFrom: '2020-01-01',
    reviewDue: '2030-01-01',
    expires: '2031-01-01',
    clauses,
  };
  const table = compile(cameIntoForce(document, 10).reduce(register, EMPTY_REGISTER), catalogue);
  const fact = {
    publisher: 'police',
    type: 'police.arrest.recorded',
    version: 1,
    received: 1000,
    handling: null,
  };
  const states = [
    { cohorts: ['Fixed'], levels: ['Priority'], consents: ['probation:*'] },
    { cohorts: [], levels: ['Enhanced'], consents: [] },
  ];
  let turn = 0;
  const rate = perSecond(() => {
    turn += 1;
    evaluate(
      table,
      fact,
      'probation',
      turn % 2 === 0 ? 'one' : 'two',
      states[turn % 2] ?? states[0] ?? { cohorts: [], levels: [], consents: [] },
      2000,
    );
  });
  return [{ name: 'decision among 200 clauses', value: 1e6 / rate, unit: 'µs', aim: 2 }];
}

function clauseOf(index: number): Clause {
  const types = catalogue.map(({ type }) => type);
  const conditions =
    [{ cohort: ['Fixed'] }, { level: ['Priority'] }, { consent: true as const }, {}][index % 4] ?? {};
  const recipient = ['probation', 'housing', 'prison'][index % 3] ?? 'probation';
  return {
    id: `c${index}`,
    effect: 'permit',
    publishers: ['police'],
    recipients: [recipient],
    purposes: [index % 2 === 0 ? 'one' : 'two'],
    types: index % 5 === 0 ? ['police.arrest.recorded'] : [types[index % types.length] ?? ''],
    fields: { clear: ['class:PERS', 'class:CJF'], generalise: ['dateOfBirth'], mask: ['class:LOC'] },
    conditions,
    reach: index % 2 === 0 ? 'history' : 'prospective',
    gateway: 'x',
    lawfulBasis: 'x',
  };
}

const rebuiltTypes = [
  'police.arrest.recorded',
  'probation.riskAssessed',
  'court.outcome.recorded',
  'housing.placement.started',
  'treatment.attendance.recorded',
  'prison.received',
];

/** Rebuilding every read model from a log of so many facts, under the demonstration's agreements. */
export async function measureRebuild(events: number): Promise<readonly Figure[]> {
  const world = await openWorld();
  try {
    const folder = join(process.cwd(), 'deploy', 'agreements');
    for (const name of readdirSync(folder).sort()) {
      const document = parseAgreement(readFileSync(join(folder, name), 'utf8'));
      await recordAgreement(world.log, ...cameIntoForce(document, 10));
    }
    for (let from = 0; from < events; from += 500) {
      await Promise.all(
        Array.from({ length: Math.min(500, events - from) }, (_, index) =>
          recordFact(world, factOf(from + index)),
        ),
      );
    }
    const scan = await timed(async () => {
      let characters = 0;
      for await (const event of world.log.readAll(0)) characters += event.metadata.length;
      if (characters === 0) throw new Error('the log is empty');
    });
    const taken: number[] = [];
    for (let round = 0; round < (events > 50_000 ? 1 : 3); round += 1) {
      const models = openEmbeddedWriter(
        join(world.dir, `rebuilt-${round}`),
        identifierPseudonym(world.vault),
      );
      taken.push(
        await timed(async () =>
          rebuild({ log: world.log, vault: world.vault, models }, await world.log.head()),
        ),
      );
      models.close();
    }
    const floor = { name: 'reading the log alone', value: (events * 1000) / scan };
    return [
      {
        name: `rebuild of ${events} facts`,
        value: (events * 1000) / median(taken),
        unit: 'events/s',
        aim: 30_000,
        floor,
      },
    ];
  } finally {
    await world.close();
  }
}

function factOf(index: number) {
  const type = rebuiltTypes[index % rebuiltTypes.length] ?? '';
  const [kind = ''] = type.split('.');
  const publisher = kind === 'court' ? 'courts' : kind;
  return {
    offender: `P${index % 400}`,
    publisher,
    type,
    received: 1000 + index,
    data: sampleData[type] ?? {},
  };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
