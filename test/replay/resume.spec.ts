import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openJournal, type ReplayQuestion } from '../../libs/adapters/audit/compliance-journal.js';
import { replayCompliance } from '../../libs/adapters/audit/compliance.js';
import { type EventLog } from '../../libs/adapters/event-log/event-log.js';
import { openWorld, type World } from '../../libs/testing/world.js';
import { findingsIn, recordBeginning, recordFindings, replayed } from './replayed-log.js';

let world: World;
let question: ReplayQuestion;
beforeAll(async () => {
  world = await openWorld();
  await recordFindings(world);
  question = { from: null, to: null, upTo: await world.log.head() };
});
afterAll(() => world.close());

let files = 0;
const newFile = (): string => join(world.dir, `journal-${String(++files)}`);

/** A log whose reader is killed once it has taken the event at a position; `killed` looks at what it leaves behind. */
function readUntil(position: number, killed: () => void): Pick<EventLog, 'readAll'> {
  return {
    async *readAll(after) {
      for await (const event of world.log.readAll(after)) {
        if (event.position > position) {
          killed();
          throw new Error('killed');
        }
        yield event;
      }
    },
  };
}

/** Runs a replay that is killed, and gives the file as the disk holds it then. */
async function killedAt(file: string, position: number, eventsPerCommit: number): Promise<string> {
  const left = newFile();
  const journal = openJournal(file);
  const log = readUntil(position, () => {
    copyFileSync(file, left);
    if (existsSync(`${file}-journal`)) copyFileSync(`${file}-journal`, `${left}-journal`);
  });
  await expect(replayCompliance(log, question, journal, { eventsPerCommit })).rejects.toThrow('killed');
  journal.close();
  return left;
}

async function finished(file: string, log: Pick<EventLog, 'readAll'> = world.log) {
  const journal = openJournal(file);
  try {
    const replay = await replayCompliance(log, question, journal);
    return { replay, findings: await findingsIn(journal) };
  } finally {
    journal.close();
  }
}

describe('a replay that is killed', () => {
  it('goes on and gives what it would have given, wherever and how often it happens', async () => {
    const whole = await replayed(world.log);
    expect(whole.findings.length).toBeGreaterThan(5);
    const kills = fc.array(
      fc.tuple(fc.integer({ min: 1, max: question.upTo - 1 }), fc.integer({ min: 1, max: 7 })),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    await fc.assert(
      fc.asyncProperty(kills, async (places) => {
        let file = newFile();
        for (const [position, eventsPerCommit] of places)
          file = await killedAt(file, position, eventsPerCommit);
        expect(await finished(file)).toEqual(whole);
        expect(await finished(file)).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  });

  it('judges nothing again that it had kept', async () => {
    const file = await killedAt(newFile(), question.upTo - 1, 1);
    const journal = openJournal(file);
    expect(journal.begin(question).position).toBe(question.upTo - 1);
    journal.close();
  });

  it('goes on with nothing but its own question and its own log', async () => {
    const file = await killedAt(newFile(), question.upTo - 1, 1);
    const journal = openJournal(file);
    expect(journal.question()).toEqual(question);
    expect(() => journal.begin({ ...question, from: 5 })).toThrow('another replay');
    journal.close();
    const others = [await openWorld(), await openWorld()];
    const [short, another] = others;
    if (short === undefined || another === undefined) throw new Error('no worlds');
    await recordBeginning(short);
    await recordFindings(another);
    await expect(finished(file, short.log)).rejects.toThrow('another log');
    await expect(finished(file, another.log)).rejects.toThrow('another log');
    await Promise.all(others.map((each) => each.close()));
  });

  it('refuses a file that is something else', () => {
    expect(() => openJournal(join(world.dir, 'log.sqlite'))).toThrow('no checkpoint of a replay');
    expect(() => openJournal(join(world.dir, 'keys.sqlite'))).toThrow('no checkpoint of a replay');
  });
});
