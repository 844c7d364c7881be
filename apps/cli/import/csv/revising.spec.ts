import { describe, expect, it } from '@jest/globals';
import { type Receipt } from '../../hub-client.js';
import { type Publication, publication } from '../publication.js';
import { revising, type Settled, type Underway } from './revising.js';
import { openRevisions, type Revisions } from './revisions.js';

/** Takes publications as intake does: an id stands for one content for ever. */
function memoryHub() {
  const held = new Map<string, Publication>();
  const receive = (text: string): Receipt => {
    const event = JSON.parse(text) as Publication;
    const { id, source } = event;
    const known = held.get(id);
    if (known === undefined) held.set(id, event);
    if (known === undefined) return { source, id, outcome: 'accepted', status: 201 };
    if (JSON.stringify(known) === text) return { source, id, outcome: 'duplicate', status: 200 };
    const problem = { type: 'urn:concordat:problem:different-content', detail: 'differs' };
    return { source, id, outcome: 'rejected', status: 409, problem };
  };
  const chain = () => [...held.values()].map(({ id, corrects, data }) => [id, corrects, data['outcome']]);
  return { chain, publish: (texts: readonly string[]) => Promise.resolve(texts.map(receive)) };
}

type Hub = ReturnType<typeof memoryHub>;

/** Sends contents of one record, in one batch. */
async function send(
  hub: Hub,
  revisions: Revisions,
  ...contents: readonly { readonly outcome: string; readonly newer?: number; readonly batch?: number }[]
): Promise<readonly Settled[]> {
  const underway = new Map<string, Underway>();
  const settled: Settled[] = [];
  const publish = revising(hub.publish, revisions, underway, (_, outcome) => void settled.push(outcome));
  const texts = contents.map(({ outcome, newer = null, batch = 1 }, index) => {
    const id = `r#${String(index)}`;
    underway.set(id, { record: 'r', unchanged: ['batch'], newer });
    return JSON.stringify(
      publication({
        id,
        source: '/police/test',
        type: 'police.pncOutcome.imported',
        subject: 'ref:1',
        time: undefined,
        recordedtime: undefined,
        corrects: undefined,
        data: { outcome, batch },
      }),
    );
  });
  const receipts = await publish(texts);
  expect(receipts).toHaveLength(contents.length);
  expect(underway.size).toBe(0);
  return settled;
}

const [A, B, C] = ['A', 'B', 'C'].map((outcome) => ({ outcome })) as [
  { outcome: string },
  { outcome: string },
  { outcome: string },
];
const ABC = [
  ['r', undefined, 'A'],
  ['r~2', 'r', 'B'],
  ['r~3', 'r~2', 'C'],
];

describe('revisions of a record', () => {
  it('correct one another in a chain, and the same content again is a duplicate', async () => {
    const [hub, revisions] = [memoryHub(), openRevisions(':memory:')];
    expect(await send(hub, revisions, A)).toEqual(['accepted']);
    expect(await send(hub, revisions, A)).toEqual(['duplicate']);
    expect(await send(hub, revisions, B)).toEqual(['corrected']);
    expect(await send(hub, revisions, C)).toEqual(['corrected']);
    expect(hub.chain()).toEqual(ABC);
    for (const each of [A, B, C]) expect(await send(hub, revisions, each)).toEqual(['duplicate']);
    expect(hub.chain()).toEqual(ABC);
  });

  it('come one after another even in one batch', async () => {
    const [hub, revisions] = [memoryHub(), openRevisions(':memory:')];
    expect(await send(hub, revisions, A, B, A, C)).toEqual([
      'accepted',
      'corrected',
      'duplicate',
      'corrected',
    ]);
    expect(hub.chain()).toEqual(ABC);
  });

  it('do not follow from a field whose change alone corrects nothing', async () => {
    const [hub, revisions] = [memoryHub(), openRevisions(':memory:')];
    await send(hub, revisions, { ...A, batch: 1 });
    expect(await send(hub, revisions, { ...A, batch: 2 })).toEqual(['duplicate']);
    expect(hub.chain()).toHaveLength(1);
  });

  it('return to earlier content when the extract says that it is newer, and do not when it is older', async () => {
    const [hub, revisions] = [memoryHub(), openRevisions(':memory:')];
    const days = [
      { ...A, newer: 1 },
      { ...B, newer: 2 },
      { ...A, newer: 3 },
    ];
    expect(await send(hub, revisions, ...days)).toEqual(['accepted', 'corrected', 'corrected']);
    expect(await send(hub, revisions, ...days)).toEqual(['outdated', 'outdated', 'duplicate']);
    expect(await send(hub, revisions, { ...B, newer: 2, batch: 2 })).toEqual(['outdated']);
    expect(await send(hub, revisions, { ...C, newer: 2 })).toEqual(['outdated']);
    expect(hub.chain()).toEqual([
      ['r', undefined, 'A'],
      ['r~2', 'r', 'B'],
      ['r~3', 'r~2', 'A'],
    ]);
  });

  it('are found again from what the hub answers when nothing is remembered', async () => {
    const hub = memoryHub();
    await send(hub, openRevisions(':memory:'), A, B);
    const anew = openRevisions(':memory:');
    expect(await send(hub, anew, B)).toEqual(['duplicate']);
    expect(await send(hub, anew, C)).toEqual(['corrected']);
    expect(hub.chain()).toEqual(ABC);
    expect(await send(hub, openRevisions(':memory:'), C, B, A)).toEqual([
      'duplicate',
      'duplicate',
      'duplicate',
    ]);
    expect(hub.chain()).toEqual(ABC);
  });
});
