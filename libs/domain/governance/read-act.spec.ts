import { describe, expect, it } from '@jest/globals';
import { Invalid } from '../../contract/failure.js';
import { readAct } from './read-act.js';

const defaults = { agency: 'hub', on: '2026-03-31' };

function errorsOf(value: unknown): unknown {
  try {
    return readAct(value, defaults);
  } catch (error) {
    return error instanceof Invalid ? error.errors : error;
  }
}

const statement = { element: '1.1', score: 2, evidence: 'minutes', author: 'the board', on: '2026-03-01' };

describe('an act as somebody writes it', () => {
  it('is of its reporter, and of today, unless it says otherwise', () => {
    expect(readAct({ teamMovedIn: { site: 'station' } }, defaults)).toEqual({
      ...{ type: 'governance.teamMovedIn', site: 'station' },
      ...defaults,
    });
  });

  it('that leaves elements out of a self-assessment is told which', () => {
    const detail =
      'must score every element once; missing: 1.2, 1.3, 1.4, 1.5, 1.6, 2.1, 2.2, 2.3, 2.4, 2.5, 3.1, 3.2, 3.3, 4.1, 4.2, 4.3, 4.4, 4.5, 5.1, 5.2, 5.3, 6.1, 6.2';
    expect(errorsOf({ selfAssessed: { assessment: 'sa-1', statements: [statement] } })).toEqual([
      { pointer: '/selfAssessed/statements', detail },
    ]);
    expect(errorsOf({ selfAssessed: { assessment: 'sa-1', statements: [] } })).toMatchObject([
      { detail: expect.stringContaining('missing: 1.1, 1.2') },
    ]);
  });
});
