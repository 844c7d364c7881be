import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventLog, LoggedEvent, NewEvent } from './event-log.js';
import { verifyLeaf } from './leaf-hash.js';

export interface LogUnderTest {
  readonly log: EventLog;
  /** Closes the log and opens it again on what it stored. */
  reopen(): Promise<EventLog>;
  dispose(): Promise<void>;
}

export function sampleEvent(change: Partial<NewEvent> = {}): NewEvent {
  return {
    id: randomUUID(),
    type: 'probation.licence.recalled',
    metadata: '{"publisher":"probation"}',
    data: Buffer.from('sealed'),
    ...change,
  };
}

export function sampleEvents(count: number): readonly NewEvent[] {
  return Array.from({ length: count }, () => sampleEvent());
}

export async function collect<T>(items: AsyncIterable<T>, limit = Infinity): Promise<readonly T[]> {
  const collected: T[] = [];
  for await (const item of items) if (collected.push(item) >= limit) break;
  return collected;
}

export function idsOf(events: readonly { readonly id: string }[]): readonly string[] {
  return events.map(({ id }) => id);
}

/** What every event log promises, whatever stores it. A log may hold other streams and positions may have gaps. */
export function eventLogContract(name: string, open: () => Promise<LogUnderTest>): void {
  describe(`${name} keeps the promises of an event log`, () => {
    let opened: LogUnderTest;
    let log: EventLog;
    let stream: string;

    beforeEach(async () => {
      opened = await open();
      log = opened.log;
      stream = `offender-${randomUUID()}`;
    });
    afterEach(() => opened.dispose());

    const stored = (): Promise<readonly LoggedEvent[]> => collect(log.readStream(stream));

    describe('append', () => {
      it('stores an event whole, with its place and its leaf hash', async () => {
        const event = sampleEvent({
          metadata: '{"note":"Škoda – 车"}',
          data: Uint8Array.from({ length: 256 }, (_, byte) => byte),
        });
        const result = await log.append(stream, [event], 'none');
        const [read] = await stored();
        expect(result).toEqual({ outcome: 'appended', positions: [await log.head()], revision: 0 });
        expect(read).toMatchObject({
          id: event.id,
          type: event.type,
          metadata: event.metadata,
          stream,
          revision: 0,
        });
        expect(Buffer.from(read?.data ?? [])).toEqual(Buffer.from(event.data));
        expect(read && verifyLeaf(read)).toBe(true);
      });

      it('stores an event without data', async () => {
        await log.append(stream, [sampleEvent({ data: new Uint8Array() })], 'any');
        expect((await stored()).map(({ data }) => data.length)).toEqual([0]);
      });

      it('gives revisions from 0 without gaps and ever greater positions', async () => {
        const first = await log.append(stream, sampleEvents(3), 'none');
        const other = await log.append(`${stream}-other`, sampleEvents(1), 'none');
        const second = await log.append(stream, sampleEvents(2), 2);
        const positions = [first, other, second].flatMap((result) =>
          'positions' in result ? result.positions : [],
        );
        expect((await stored()).map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4]);
        expect(positions).toEqual([...positions].sort((a, b) => a - b));
        expect(new Set(positions).size).toBe(6);
      });

      it('reports the current revision, -1 for an absent stream, when another was expected', async () => {
        expect(await log.append(stream, sampleEvents(1), 0)).toEqual({
          outcome: 'conflict',
          currentRevision: -1,
        });
        await log.append(stream, sampleEvents(2), 'none');
        for (const expected of ['none', 0, 2] as const) {
          const result = await log.append(stream, sampleEvents(1), expected);
          expect(result).toEqual({ outcome: 'conflict', currentRevision: 1 });
        }
        expect(await stored()).toHaveLength(2);
      });

      it('lets exactly one of many concurrent appends with the same expected revision win', async () => {
        const results = await Promise.all(
          Array.from({ length: 20 }, () => log.append(stream, sampleEvents(2), 'none')),
        );
        expect(results.filter(({ outcome }) => outcome === 'appended')).toHaveLength(1);
        expect(results.filter(({ outcome }) => outcome === 'conflict')).toHaveLength(19);
        expect(await stored()).toHaveLength(2);
      });

      it('refuses what is no append, and writes nothing of it', async () => {
        const event = sampleEvent();
        const refuse = async (events: readonly NewEvent[], code: string): Promise<void> =>
          expect(log.append(stream, events, 'any')).rejects.toMatchObject({ kind: 'invalid', code });
        await refuse([], 'empty-append');
        await refuse([event, event], 'event-id-twice');
        await refuse([event, sampleEvent({ id: 'not-a-uuid' })], 'event-id');
        await expect(log.append('', [event], 'any')).rejects.toMatchObject({ code: 'stream-name' });
        await expect(log.append(stream, [event], 0.5)).rejects.toMatchObject({ code: 'expected-revision' });
        expect(await stored()).toEqual([]);
      });
    });

    describe('append of events that are there already', () => {
      it('changes nothing and returns the first positions, whatever revision is expected', async () => {
        const events = sampleEvents(3);
        const first = await log.append(stream, events, 'none');
        await log.append(stream, sampleEvents(1), 2);
        for (const expected of ['any', 'none', 0, 7] as const) {
          const again = await log.append(stream, events, expected);
          expect(again).toEqual({ ...first, outcome: 'repeated' });
        }
        expect(await stored()).toHaveLength(4);
      });

      it('changes nothing when they are sent to another stream', async () => {
        const events = sampleEvents(2);
        const first = await log.append(stream, events, 'none');
        const again = await log.append(`${stream}-other`, events, 'none');
        expect(again).toEqual({ ...first, outcome: 'repeated' });
        expect(await collect(log.readStream(`${stream}-other`))).toEqual([]);
      });

      it('stores an event once that is sent many times at once', async () => {
        const event = sampleEvent();
        const results = await Promise.all(
          Array.from({ length: 10 }, () => log.append(stream, [event], 'any')),
        );
        expect(results.filter(({ outcome }) => outcome === 'appended')).toHaveLength(1);
        expect(results.filter(({ outcome }) => outcome === 'repeated')).toHaveLength(9);
        expect(new Set(results.map((result) => 'positions' in result && result.positions[0])).size).toBe(1);
        expect(await stored()).toHaveLength(1);
      });

      it('refuses an append of which only a part is there, and writes nothing of it', async () => {
        const [known, unknown] = [sampleEvent(), sampleEvent()];
        await log.append(stream, [known], 'none');
        const refused = { kind: 'conflict', code: 'partial-repeat' };
        await expect(log.append(stream, [known, unknown], 'any')).rejects.toMatchObject(refused);
        await expect(log.append(stream, [unknown, known], 'any')).rejects.toMatchObject(refused);
        expect(idsOf(await stored())).toEqual([known.id]);
      });

      it('fails alone among the appends made at the same time', async () => {
        const [known, before, after] = [sampleEvent(), sampleEvent(), sampleEvent()];
        await log.append(stream, [known], 'none');
        const results = await Promise.allSettled([
          log.append(`${stream}-before`, [before], 'none'),
          log.append(stream, [known, sampleEvent()], 'any'),
          log.append(stream, sampleEvents(1), 'none'),
          log.append(`${stream}-after`, [after], 'none'),
        ]);
        expect(results.map(({ status }) => status)).toEqual([
          'fulfilled',
          'rejected',
          'fulfilled',
          'fulfilled',
        ]);
        expect(idsOf(await collect(log.readStream(`${stream}-before`)))).toEqual([before.id]);
        expect(idsOf(await collect(log.readStream(`${stream}-after`)))).toEqual([after.id]);
        expect(await stored()).toHaveLength(1);
      });
    });

    describe('reading', () => {
      it('reads a stream from a revision on, and nothing from an absent one', async () => {
        const events = sampleEvents(5);
        await log.append(stream, events, 'none');
        expect(idsOf(await collect(log.readStream(stream, 3)))).toEqual(idsOf(events.slice(3)));
        expect(await collect(log.readStream(stream, 5))).toEqual([]);
        expect(await collect(log.readStream(`${stream}-absent`))).toEqual([]);
      });

      it('reads everything after a position, in order, however much it is', async () => {
        const start = await log.head();
        const events = sampleEvents(1_200);
        await log.append(stream, events.slice(0, 700), 'none');
        await log.append(`${stream}-other`, events.slice(700), 'none');
        const all = await collect(log.readAll(start));
        expect(idsOf(all)).toEqual(idsOf(events));
        expect(idsOf(await collect(log.readAll(all[599]?.position ?? 0)))).toEqual(idsOf(events.slice(600)));
        expect(idsOf(await stored())).toEqual(idsOf(events.slice(0, 700)));
      });

      it('reads up to the head at the moment of the call', async () => {
        const start = await log.head();
        const events = sampleEvents(2);
        await log.append(stream, events, 'any');
        const reading = log.readAll(start);
        await log.append(stream, sampleEvents(1), 'any');
        expect(idsOf(await collect(reading))).toEqual(idsOf(events));
      });

      it('has as its head the position of the newest event', async () => {
        await log.append(stream, sampleEvents(2), 'any');
        expect((await stored()).at(-1)?.position).toBe(await log.head());
        expect(await collect(log.readAll(await log.head()))).toEqual([]);
      });

      it('still has every event after it was closed and opened again', async () => {
        const start = await log.head();
        const events = sampleEvents(3);
        const first = await log.append(stream, events, 'none');
        log = await opened.reopen();
        expect(idsOf(await collect(log.readAll(start)))).toEqual(idsOf(events));
        expect(await log.append(stream, events, 'none')).toEqual({ ...first, outcome: 'repeated' });
        expect(await log.append(stream, sampleEvents(1), 2)).toMatchObject({
          outcome: 'appended',
          revision: 3,
        });
      });
    });

    describe('follow', () => {
      it('catches up, then delivers each new event once and in order, to slow followers too', async () => {
        const start = await log.head();
        const events = sampleEvents(40);
        await log.append(stream, events.slice(0, 10), 'any');
        const quick = collect(log.follow(start), 40);
        const slow = (async () => {
          const seen: LoggedEvent[] = [];
          for await (const event of log.follow(start)) {
            if (seen.push(event) === 40) return seen;
            await pause(2);
          }
          return seen;
        })();
        for (const event of events.slice(10)) await log.append(stream, [event], 'any');
        expect(idsOf(await quick)).toEqual(idsOf(events));
        expect(idsOf(await slow)).toEqual(idsOf(events));
      });

      it('delivers an event whose append was acknowledged before the follower came', async () => {
        const start = await log.head();
        const [first, second] = sampleEvents(2);
        await log.append(stream, [first ?? sampleEvent()], 'any');
        const [seen] = await collect(log.follow(start), 1);
        await log.append(stream, [second ?? sampleEvent()], 'any');
        const [next] = await collect(log.follow(seen?.position ?? 0), 1);
        expect([seen?.id, next?.id]).toEqual([first?.id, second?.id]);
      });

      it('ends when its signal aborts, while it waits and while it delivers', async () => {
        const start = await log.head();
        await log.append(stream, sampleEvents(5), 'any');
        const abort = new AbortController();
        const waiting = collect(log.follow(await log.head(), abort.signal));
        const seen: LoggedEvent[] = [];
        for await (const event of log.follow(start, abort.signal)) if (seen.push(event) === 2) abort.abort();
        expect(seen).toHaveLength(2);
        expect(await waiting).toEqual([]);
        expect(await collect(log.follow(start, abort.signal))).toEqual([]);
      });

      it('ends when the log closes', async () => {
        const following = collect(log.follow(await log.head()));
        await log.close();
        expect(await following).toEqual([]);
      });
    });

    describe('close', () => {
      it('waits for the appends on their way and refuses later ones', async () => {
        const events = sampleEvents(30);
        const results = Promise.all(events.map((event) => log.append(stream, [event], 'any')));
        await log.close();
        expect((await results).map(({ outcome }) => outcome)).toEqual(events.map(() => 'appended'));
        await expect(log.append(stream, sampleEvents(1), 'any')).rejects.toMatchObject({
          kind: 'unavailable',
          code: 'log-closed',
        });
        log = await opened.reopen();
        expect(new Set(idsOf(await stored()))).toEqual(new Set(idsOf(events)));
      });

      it('may be called twice', async () => {
        await Promise.all([log.close(), log.close()]);
      });
    });
  });
}
