import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Unavailable } from '../../../libs/contract/failure.js';
import { type Publish, type Receipt } from '../hub-client.js';
import { deliverTo } from './delivery.js';
import { type Publication, publication } from './publication.js';
import { emptySummary } from './summary.js';

const event = (id: string, data: Publication['data'] = {}): Publication =>
  publication({
    id,
    source: '/courts/test',
    type: 'court.outcome.recorded',
    subject: 'ref:1',
    time: undefined,
    recordedtime: undefined,
    corrects: undefined,
    data,
  });

const idOf = (text: string): string => (JSON.parse(text) as Publication).id;
const accepted = (text: string): Receipt => ({
  source: '/courts/test',
  id: idOf(text),
  outcome: 'accepted',
  status: 201,
});

describe('delivery', () => {
  it('sends everything once, in batches of at most 200, each thread in order and few at a time', async () => {
    const summary = emptySummary();
    const received: string[] = [];
    let [underway, most, largest] = [0, 0, 0];
    const publish: Publish = async (events) => {
      most = Math.max(most, ++underway);
      largest = Math.max(largest, events.length);
      await setImmediate();
      received.push(...events.map(idOf));
      underway -= 1;
      return events.map(accepted);
    };
    const delivery = deliverTo(publish, summary);
    for (let n = 0; n < 5_000; n++) {
      await delivery.send('a.json', `thread ${String(n % 10)}`, event(`${String(n % 10)}/${String(n)}`));
    }
    await delivery.finish();
    expect(new Set(received).size).toBe(5_000);
    for (let thread = 0; thread < 10; thread++) {
      const numbers = received
        .filter((id) => id.startsWith(`${String(thread)}/`))
        .map((id) => Number(id.slice(2)));
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    }
    expect(largest).toBe(200);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(4);
    expect(summary.publications).toMatchObject({ made: 5_000, accepted: 5_000 });
  });

  it('keeps batches of large events small', async () => {
    const sizes: number[] = [];
    const publish: Publish = (events) => {
      sizes.push(events.join(',').length);
      return Promise.resolve(events.map(accepted));
    };
    const delivery = deliverTo(publish, emptySummary());
    for (let n = 0; n < 40; n++)
      await delivery.send('a', 'one', event(String(n), { text: 'x'.repeat(100_000) }));
    await delivery.finish();
    expect(sizes.length).toBeGreaterThan(1);
    expect(Math.max(...sizes)).toBeLessThan(600_000);
  });

  it('names what the hub did not take by file and reason', async () => {
    const summary = emptySummary();
    const answers: readonly Partial<Receipt>[] = [
      { outcome: 'duplicate', status: 200 },
      {
        outcome: 'quarantined',
        status: 202,
        quarantine: {
          id: 'q1',
          reason: 'schema-failed',
          errors: [{ pointer: '/data/name', detail: 'is required' }],
        },
      },
      { outcome: 'rejected', status: 409, problem: { detail: 'was received with other content' } },
    ];
    const publish: Publish = (events) =>
      Promise.resolve(events.map((text, n) => ({ ...accepted(text), ...answers[n] })));
    const delivery = deliverTo(publish, summary);
    for (const file of ['a', 'b', 'c']) await delivery.send(file, 'one', event(file));
    await delivery.finish();
    const type = 'court.outcome.recorded';
    expect(summary.problems).toEqual([
      {
        file: 'b',
        type,
        outcome: 'quarantined',
        reason: 'schema-failed (/data/name is required)',
        quarantine: 'q1',
      },
      { file: 'c', type, outcome: 'rejected', reason: 'was received with other content' },
    ]);
    expect(summary.publications).toMatchObject({ duplicate: 1, quarantined: 1, rejected: 1 });
  });

  it('stops when the hub is gone', async () => {
    const publish: Publish = () => Promise.reject(new Unavailable('hub', 'the hub is not available'));
    const delivery = deliverTo(publish, emptySummary());
    const sendMany = async (): Promise<void> => {
      for (let n = 0; n < 1_000; n++) await delivery.send('a', 'one', event(String(n)));
      await delivery.finish();
    };
    await expect(sendMany()).rejects.toThrow('the hub is not available');
  });
});
