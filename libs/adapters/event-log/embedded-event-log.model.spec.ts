import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openEmbeddedLog } from './embedded-event-log.js';
import { collect, sampleEvent } from './event-log.contract.js';
import type { AppendResult, EventLog, ExpectedRevision, Position } from './event-log.js';

interface Append {
  readonly stream: number;
  readonly events: readonly number[];
  readonly expected: ExpectedRevision;
}

interface Stored {
  readonly event: number;
  readonly stream: number;
  readonly revision: number;
  readonly position: Position;
}

type Outcome = AppendResult | 'partial-repeat';

/** The log in ten lines: what an append must answer, and what it leaves behind. */
function appendToModel(
  model: readonly Stored[],
  start: Position,
  append: Append,
): [readonly Stored[], Outcome] {
  const known = append.events.flatMap((event) => model.filter((stored) => stored.event === event));
  const last = known.at(-1);
  if (last && known.length < append.events.length) return [model, 'partial-repeat'];
  if (last) {
    const positions = known.map(({ position }) => position);
    return [model, { outcome: 'repeated', positions, revision: last.revision }];
  }
  const current = model.filter(({ stream }) => stream === append.stream).length - 1;
  const wanted = append.expected === 'any' ? current : append.expected === 'none' ? -1 : append.expected;
  if (wanted !== current) return [model, { outcome: 'conflict', currentRevision: current }];
  const added = append.events.map((event, index) => ({
    event,
    stream: append.stream,
    revision: current + 1 + index,
    position: start + model.length + 1 + index,
  }));
  const positions = added.map(({ position }) => position);
  return [[...model, ...added], { outcome: 'appended', positions, revision: current + added.length }];
}

const appends = fc.array(
  fc.record({
    stream: fc.nat(2),
    events: fc.uniqueArray(fc.nat(30), { minLength: 1, maxLength: 4 }),
    expected: fc.oneof(fc.constantFrom('any' as const, 'none' as const), fc.nat(6)),
  }),
  { maxLength: 12 },
);

describe('concurrent appends to the embedded event log', () => {
  let folder: string;
  let log: EventLog;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'event-log-'));
    log = await openEmbeddedLog(join(folder, 'log.sqlite'));
  });
  afterAll(async () => {
    await log.close();
    await rm(folder, { recursive: true });
  });

  it('are answered, and stored, as if they came one after the other', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(appends, { minLength: 1, maxLength: 4 }), async (bursts) => {
        const start = await log.head();
        const name = `run-${run}`;
        const streamName = (stream: number): string => `${name}-${stream}`;
        const pool = Array.from({ length: 31 }, () => sampleEvent());
        run += 1;
        let model: readonly Stored[] = [];
        for (const burst of bursts) {
          const answers = burst.map(({ stream, events, expected }) =>
            log
              .append(
                streamName(stream),
                events.map((event) => pool[event] ?? sampleEvent()),
                expected,
              )
              .catch((error: { readonly code: string }) => error.code),
          );
          const wanted = burst.map((append) => {
            const [next, outcome] = appendToModel(model, start, append);
            model = next;
            return outcome;
          });
          expect(await Promise.all(answers)).toEqual(wanted);
        }
        const stored = await collect(log.readAll(start));
        expect(
          stored.map(({ id, stream, revision, position }) => ({ id, stream, revision, position })),
        ).toEqual(
          model.map(({ event, stream, revision, position }) => ({
            id: pool[event]?.id,
            stream: streamName(stream),
            revision,
            position,
          })),
        );
      }),
      { numRuns: 150 },
    );
  });
});
