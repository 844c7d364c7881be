import { describe, expect, it } from '@jest/globals';
import { type Commits, openCommits } from './commits.js';
import { type Mailbox } from './mailbox.js';

const metadata = { offender: 'P1', received: 1, corrects: null, retracts: null };

/** Notes that the facts at these positions were applied. */
function apply({ applied }: Commits, ...positions: readonly number[]): void {
  for (const position of positions) applied({ position, type: 'police.arrest.recorded' }, metadata);
}

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
    apply(commits, 1);
    expect(await all(before)).toEqual([]);
    const after = commits.facts(() => true);
    commits.committed(1);
    expect(await all(after)).toEqual([1]);
  });

  it('tell of each once, whatever is applied again', async () => {
    const commits = openCommits(0, () => undefined);
    const facts = commits.facts(({ position }) => position !== 3);
    apply(commits, 1);
    commits.committed(2);
    apply(commits, 3, 4);
    commits.abandoned();
    apply(commits, 1, 3, 4);
    commits.committed(4);
    expect(await all(facts)).toEqual([1, 4]);
  });
});
