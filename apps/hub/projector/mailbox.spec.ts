import { describe, expect, it } from '@jest/globals';
import { Unavailable } from '../../../libs/contract/failure.js';
import { openMailbox } from './mailbox.js';

const full = (): Error => new Unavailable('full', 'too much');

describe('a mailbox', () => {
  it('gives out in order what was put in, before and while somebody waits', async () => {
    const mailbox = openMailbox<number>(3, full);
    mailbox.put(1);
    mailbox.put(2);
    const taken: number[] = [];
    const taking = (async () => {
      for await (const each of mailbox) if (taken.push(each) === 3) break;
    })();
    await Promise.resolve();
    mailbox.put(3);
    await taking;
    expect(taken).toEqual([1, 2, 3]);
  });

  it('is closed by one more than it holds, and drops what it held', async () => {
    let closed = 0;
    const mailbox = openMailbox<number>(2, full, () => {
      closed += 1;
    });
    [1, 2, 3, 4].forEach(mailbox.put);
    await expect(mailbox.next()).rejects.toMatchObject({ code: 'full' });
    expect(await mailbox.next()).toEqual({ done: true, value: undefined });
    expect(closed).toBe(1);
  });

  it('ends for whoever waits when it is returned', async () => {
    const mailbox = openMailbox<number>(2, full);
    const waiting = mailbox.next();
    await mailbox.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });
});
