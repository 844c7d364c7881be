import { expect, it } from '@jest/globals';
import { openTurns } from './turns.js';

it('lets those of one name go in the order they came, however long each takes', async () => {
  const turns = openTurns();
  const done: string[] = [];
  const run = async (name: string, label: string, ticks: number): Promise<void> => {
    const turn = turns.take(name);
    for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
    await turn.ready;
    done.push(label);
    turn.done();
    turn.done();
  };
  await Promise.all([
    run('a', 'a1', 50),
    run('b', 'b1', 1),
    run('a', 'a2', 1),
    run('a', 'a3', 20),
    run('b', 'b2', 0),
  ]);
  expect(done.filter((label) => label.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
  expect(done.filter((label) => label.startsWith('b'))).toEqual(['b1', 'b2']);
  expect(done[0]).toBe('b1');
});

it('keeps waiting for the first when the second gave up', async () => {
  const turns = openTurns();
  const first = turns.take('a');
  turns.take('a').done();
  const third = turns.take('a');
  let isReady = false;
  void third.ready?.then(() => (isReady = true));
  await new Promise(setImmediate);
  expect(isReady).toBe(false);
  first.done();
  await third.ready;
  expect(isReady).toBe(true);
  third.done();
  await new Promise(setImmediate);
  expect(turns.take('a').ready).toBeUndefined();
});
