import { describe, expect, it } from '@jest/globals';
import { openLogger } from './logger.js';

describe('the logger', () => {
  const lines: string[] = [];
  const logger = openLogger({ write: (line: string) => void lines.push(line) });

  it('writes what is on its list', () => {
    logger.info({ route: '/events', status: 201, agency: 'police' }, 'answered');
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      route: '/events',
      status: 201,
      agency: 'police',
      msg: 'answered',
    });
  });

  it('drops every other field, long texts and objects, so that no personal data slips in', () => {
    logger.info(
      { pnc: '2001/0171310W', agency: 'x'.repeat(65), code: { name: 'Winterbourne' }, count: 3 },
      'seen',
    );
    expect(lines.at(-1)).not.toMatch(/0171310|xxxx|Winterbourne/);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ count: 3 });
  });

  it('drops what an error says, and keeps nothing of its stack', () => {
    logger.error(new Error('could not parse Winterbourne'), 'failed');
    logger.error(new TypeError('could not parse Winterbourne'));
    expect(lines.slice(-2).join()).not.toContain('Winterbourne');
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ fault: 'TypeError', msg: 'fault' });
  });
});
