import { describe, expect, it } from '@jest/globals';
import { signatoryOf, stepsOf } from '../../testing/agreement-steps.js';
import { custodyClause, documentOf } from '../../testing/agreements.js';
import { type AgreementEvent, evolve, NO_AGREEMENT, signatoriesOf } from './agreement.js';
import { forceOf } from './force.js';
import { startOf } from './decide.js';
import { type AgreementDocument } from './document.js';

const first = documentOf({
  reference: 'resettlement',
  inForceFrom: '2025-06-01',
  clauses: [{ ...custodyClause, recipients: ['housing', 'courts'] }],
});
const withVcse = documentOf({
  reference: 'resettlement',
  version: 2,
  clauses: first.clauses.map((clause) => ({ ...clause, recipients: ['vcse'], fields: { clear: ['name'] } })),
});
const [v1, v2] = [stepsOf(first), stepsOf(withVcse)];
const after = (...events: readonly AgreementEvent[]) => events.reduce(evolve, NO_AGREEMENT);
const runningSince = (date: string): readonly AgreementEvent[] => [
  v1.proposed('police', '2025-05-01'),
  v1.became('cameIntoForce', 'hub', date),
];

it('a version begins as it was proposed, with nothing signed, in force, suspended or left', () => {
  expect(after(v1.proposed('police', '2025-05-01'))).toEqual([
    {
      document: first,
      hash: 'hash of resettlement 1',
      status: 'proposed',
      drafter: null,
      proposer: 'police',
      signatures: [],
      force: [],
      prohibits: [],
      suspension: null,
      withdrawn: [],
      reviewDue: '2026-01-01',
      steps: [
        {
          type: 'agreement.proposed',
          by: signatoryOf('police'),
          at: startOf('2025-05-01'),
          reason: 'for the test',
        },
      ],
    },
  ]);
});

describe('a draft', () => {
  it('is touched only by what its drafter does', () => {
    const drafts = [v1.drafted('police', '2025-05-01'), v1.drafted('housing', '2025-05-02')];
    const told = after(...drafts, v1.became('terminated', 'housing', '2025-05-03'));
    expect(told.map(({ drafter, status }) => [drafter, status])).toEqual([
      ['police', 'drafted'],
      ['housing', 'terminated'],
    ]);
  });

  it('is superseded by nothing', () => {
    const told = after(
      v2.proposed('police', '2025-05-01'),
      v1.drafted('housing', '2025-05-02'),
      v2.became('cameIntoForce', 'hub', '2025-06-01'),
    );
    expect(told.map(({ drafter, status }) => [drafter, status])).toEqual([
      [null, 'in-force'],
      ['housing', 'drafted'],
    ]);
  });
});

describe('whose signatures a version needs', () => {
  const needed = (events: readonly AgreementEvent[], index: number): readonly string[] => {
    const agreement = after(...events);
    const version = agreement[index];
    return version === undefined ? [] : signatoriesOf(agreement, version);
  };
  const both = [...runningSince('2025-06-01'), v2.proposed('police', '2025-07-01')];

  it('those of its parties and of the parties that it would leave out', () => {
    expect(needed(both, 1)).toEqual(['police', 'vcse', 'housing', 'courts']);
  });

  it('never those of the parties of a later version', () => {
    expect(needed(both, 0)).toEqual(['police', 'housing', 'courts']);
  });

  it('not of who has left, and not of the parties of a version that is over', () => {
    expect(needed([...both, v1.withdrew('courts', '2025-07-02')], 1)).toEqual(['police', 'vcse', 'housing']);
    expect(needed([...both, v1.became('terminated', 'police', '2025-07-02')], 1)).toEqual(['police', 'vcse']);
  });
});

describe('the time in which a flow was permitted', () => {
  const force = (events: readonly AgreementEvent[]) =>
    after(...events).map((version) => forceOf(version, 'housing', 'courts'))[0];
  const days = (from: string, to: string) => ({ from: startOf(from), to: startOf(to) });

  it('ends when the first of the two has left', () => {
    const left = [v1.withdrew('courts', '2025-06-10'), v1.withdrew('housing', '2025-06-20')];
    const ended = [days('2025-06-01', '2025-06-10')];
    expect(force([...runningSince('2025-06-01'), ...left])).toEqual(ended);
    expect(force([...runningSince('2025-06-01'), ...left.toReversed()])).toEqual(ended);
  });

  it('is none for who leaves as it begins', () => {
    expect(force([...runningSince('2025-06-01'), v1.withdrew('courts', '2025-06-01')])).toEqual([]);
  });

  it('ends with the version, where somebody leaves after that', () => {
    const over = [...runningSince('2025-06-01'), v1.became('terminated', 'police', '2025-06-05')];
    expect(force([...over, v1.withdrew('courts', '2025-06-10')])).toEqual([days('2025-06-01', '2025-06-05')]);
  });
});

it('only what is earlier is superseded', () => {
  const third: AgreementDocument = { ...first, version: 3 };
  const told = after(
    ...runningSince('2025-06-01'),
    v2.proposed('police', '2025-06-02'),
    stepsOf(third).proposed('police', '2025-06-03'),
    v2.became('cameIntoForce', 'hub', '2025-06-04'),
  );
  expect(told.map(({ status }) => status)).toEqual(['superseded', 'in-force', 'proposed']);
});
