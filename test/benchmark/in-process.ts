import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { parseAgreement } from '../../libs/adapters/agreement-document/agreement-document.js';
import { identifierPseudonym } from '../../libs/adapters/key-vault/identifier-pseudonym.js';
import { rebuild } from '../../libs/adapters/projection/rebuild.js';
import { openEmbeddedWriter } from '../../libs/adapters/read-store/embedded-writer.js';
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
    const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
    const byVersion = new Intl.Collator('en', { numeric: true });
    for (const name of files.sort(byVersion.compare)) {
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
