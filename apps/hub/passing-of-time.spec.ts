import { PassThrough } from 'node:stream';
import { expect, it } from '@jest/globals';
import { openLogger } from '../../libs/adapters/telemetry/logger.js';
import { Unavailable } from '../../libs/contract/failure.js';
import { passingOfTime } from './passing-of-time.js';

it('logs each kind of fault once, and again after a success', async () => {
  const lines = new PassThrough();
  const closed = (): Promise<void> => Promise.reject(new Unavailable('log-closed', 'the log is closed'));
  const broken = (): Promise<void> => Promise.reject(new TypeError('not told'));
  const steps = [closed, closed, broken, closed, broken, () => Promise.resolve(), closed];
  let turn = -1;
  const pass = passingOfTime({ elapse: () => steps[turn]?.() ?? Promise.resolve() }, openLogger(lines));
  for (turn = 0; turn < steps.length; turn += 1) await pass();
  const told = String(lines.read()).trim().split('\n');
  expect(told.map((line) => (JSON.parse(line) as { fault: string }).fault)).toEqual([
    'log-closed',
    'TypeError',
    'log-closed',
  ]);
  expect(told.join('')).not.toContain('not told');
});
