import { describe, expect, it } from '@jest/globals';
import { stepsOf } from '../../testing/agreement-steps.js';
import { custodyClause, documentOf, registerOf } from '../../testing/agreements.js';
import { ageBounds } from './compile.js';
import { type Conditions } from './document.js';

type Range = NonNullable<Conditions['age']>['atQuestion'];
const eventsOf = (reference: string, ranges: readonly Range[]) => {
  const clauses = ranges.map((atQuestion, index) => ({
    ...{ ...custodyClause, id: `c${index}` },
    ...(atQuestion !== undefined && { conditions: { age: { atQuestion } } }),
  }));
  const steps = stepsOf(documentOf({ reference, clauses }));
  return {
    proposed: steps.proposed('police', '2025-01-01'),
    began: steps.became('cameIntoForce', 'hub', '2025-02-01'),
    ended: steps.became('terminated', 'police', '2025-03-01'),
  };
};
const bounds = (...ranges: readonly Range[]): readonly number[] => {
  const { proposed, began } = eventsOf('ages', ranges);
  return ageBounds(registerOf([proposed, began]));
};

describe('the ages that change what an agreement permits (R41)', () => {
  it('are the first of a range, and the one after its last', () => {
    expect(bounds({ from: 18 })).toEqual([18]);
    expect(bounds({ to: 17 })).toStrictEqual([18]);
    expect(bounds({ from: 10, to: 17 })).toEqual([10, 18]);
    expect(bounds({ from: 0, to: 0 })).toEqual([0, 1]);
  });

  it('are each told once, the youngest first, whatever the order of the clauses', () => {
    expect(bounds({ from: 21 }, { to: 17 }, undefined, { from: 9, to: 20 }, { from: 18 })).toEqual([
      9, 18, 21,
    ]);
  });

  it('are none where no clause asks for an age now', () => {
    expect(bounds(undefined)).toEqual([]);
    for (const conditions of [
      { cohort: ['Fixed'] },
      { age: { atFact: { from: 18 } } },
    ] satisfies Conditions[]) {
      const steps = stepsOf(documentOf({ reference: 'ages', clauses: [{ ...custodyClause, conditions }] }));
      const began = steps.became('cameIntoForce', 'hub', '2025-02-01');
      expect(ageBounds(registerOf([steps.proposed('police', '2025-01-01'), began]))).toEqual([]);
    }
  });

  it('are those of every agreement that was ever in force, and of no other', () => {
    const [never, running, over] = [
      eventsOf('never', [{ from: 30 }]),
      eventsOf('running', [{ from: 20 }]),
      eventsOf('over', [{ from: 10 }]),
    ];
    const events = [never.proposed, running.proposed, running.began, over.proposed, over.began, over.ended];
    expect(ageBounds(registerOf(events))).toEqual([10, 20]);
  });
});
