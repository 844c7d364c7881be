import { describe, expect, it } from '@jest/globals';
import { type LoggedEvent } from '../../../libs/adapters/event-log/event-log.js';
import { openCommits } from './commits.js';
import { type Mailbox } from './mailbox.js';

const event = (position: number, stream = 'offender-P1'): LoggedEvent => ({
  position,
  stream,
  revision: position,
  id: `event-${position}`,
  type: 'police.arrest.recorded',
  metadata: JSON.stringify({ offender: 'P1', received: 1, corrects: null, retracts: null }),
  data: new Uint8Array(),
  leafHash: new Uint8Array(),
});

async function all(facts: Mailbox<{ readonly position: number }>): Promise<readonly number[]> {
  const positions: number[] = [];
  setTimeout(() => facts.close(), 5);
  for await (const { position } of facts) positions.push(position);
  return positions;
}

describe('commits', () => {
  it('tell of facts once they are committed, and not before', async () => {
    const commits = openCommits(0, () => undefined);
    const before = commits.facts(() => true);
    commits.applied(event(1));
    expect(await all(before)).toEqual([]);
    const after = commits.facts(() => true);
    commits.committed(1);
    expect(await all(after)).toEqual([1]);
  });

  it('tell of each once, whatever is applied again, and of facts alone', async () => {
    const commits = openCommits(0, () => undefined);
    const facts = commits.facts(({ position }) => position !== 3);
    [event(1), event(2, 'agreements')].forEach(commits.applied);
    commits.committed(2);
    commits.applied(event(3));
    commits.applied(event(4));
    commits.abandoned();
    [event(1), event(3), event(4)].forEach(commits.applied);
    commits.committed(4);
    expect(await all(facts)).toEqual([1, 4]);
  });
});
