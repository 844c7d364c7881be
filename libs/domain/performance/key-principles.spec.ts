import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFact } from '../../testing/casework.js';
import {
  exemplary,
  groundOfPartnership,
  lookedAfter,
  type Partnership,
  year,
} from '../../testing/partnership.js';
import { act, adding, type Change, changing, without } from '../../testing/partnership-changes.js';
import { EMPTY_REGISTER } from '../agreement/register.js';
import { NO_GOVERNANCE } from '../governance/governance.js';
import { keyElements } from '../governance/key-elements.js';
import { type ElementResult, keyPrincipleResults } from './key-principles.js';

const nothing = {
  ...year,
  histories: [],
  register: EMPTY_REGISTER,
  governance: NO_GOVERNANCE,
  receipts: [],
  disclosures: null,
};

const third = { interventionId: 'i3', pathway: 'accommodation', provider: 'health' };

/** For each element, what breaks it, and nothing else unless it is said. */
const faults: Readonly<
  Record<string, { readonly change: Change; readonly also?: readonly string[]; readonly missing: string }>
> = {
  '1.1': { change: without('told-youth'), missing: 'published nothing in the period: youth' },
  '1.2': { change: without('told-vcse'), also: ['1.1'], missing: 'published nothing in the period: vcse' },
  '1.3': { change: without('vision-housing'), missing: 'not signed by: housing' },
  '1.4': { change: without('measure-housing'), missing: 'not agreed by: housing' },
  '1.5': { change: without('strategic-vcse'), missing: 'no role at both levels for: vcse' },
  '1.6': {
    change: (before) => ({ ...before, disclosures: { total: 10, withoutAgreement: 1, p95: 800 } }),
    missing: 'something was shared without an agreement in force',
  },
  '2.1': { change: without('arrest'), missing: 'no offence of the period is recorded' },
  '2.2': {
    change: changing('flex', { priorityRef: 'another' }),
    missing: 'selections at local discretion rest on no priority, or there were none',
  },
  '2.3': {
    change: without('for-commissioner'),
    missing: 'the Police and Crime Commissioner received no report in the period',
  },
  '2.5': { change: without('accepted'), missing: 'handovers were late or named no agreement in force' },
  '3.1': {
    change: adding('main', readFact('started-3', 'hub.intervention.started', '2025-05-01', third)),
    missing: 'interventions of the same pathway overlap, or there were none',
  },
  '3.2': { change: act('review', { nextReview: '2025-11-01' }), missing: 'the next review is overdue' },
  '3.3': {
    change: (before) =>
      adding(
        'main',
        readFact('undecided', 'hub.management.decided', '2025-10-01', {
          levels: ['Enhanced'],
          decidedBy: 'panel',
        }),
        readFact('again', 'hub.management.decided', '2025-10-02', {
          ...{ levels: ['Enhanced'], decidedBy: 'panel', management: 'statutory' },
        }),
      )(before),
    missing: 'for some managed time nobody says whether by statute or by agreement, or nobody is managed',
  },
  '4.1': {
    change: changing('referred-1', { referredOn: '2025-04-20' }),
    missing: 'needs are referred too late, or none was identified',
  },
  '4.2': {
    change: adding(
      'main',
      readFact('unled', 'hub.leadProfessional.ended', '2025-11-01', {
        ...{ agency: 'probation', professional: 'Anna Lee', user: 'anna', endedAt: '2025-11-01T12:00:00Z' },
      }),
    ),
    missing: 'for some managed time there is no lead professional, or nobody is managed',
  },
  '4.3': {
    change: changing('main-informed', { language: undefined }),
    missing: 'some managed people were not told, or nobody recorded in which format and language',
  },
  '4.4': {
    change: without('conference'),
    missing: 'failures to engage are not acted on in time, or none is recorded',
  },
  '4.5': {
    change: changing('planned-1', { provider: 'housing' }),
    missing: 'voluntary agencies serve too few of the pathways on which people need something',
  },
  '5.1': {
    change: adding(
      'second',
      readFact('second-decided', 'hub.management.decided', '2025-02-01', {
        ...{ levels: ['Priority'], management: 'statutory', decidedBy: 'panel' },
      }),
      ...lookedAfter('second'),
    ),
    missing: 'combined management adds nothing on record, or nobody is under it',
  },
  '5.2': {
    change: adding(
      'third',
      readFact('ppo', 'police.iom.flag.set', '2025-02-01', { flag: 'PPO', from: '2025-02-01' }),
    ),
    missing: 'somebody with the PPO label is in no cohort and at no level',
  },
  '5.3': { change: without('import'), missing: 'nothing was ever imported' },
  '6.1': {
    change: changing('left', { exitPlanRef: undefined }),
    missing: 'people leave without an exit plan, or nobody left',
  },
  '6.2': {
    change: changing('started-2', { startedOn: '2025-03-19' }),
    missing: 'interventions begin in another order than planned, or none are planned across pathways',
  },
};

const resultsOf = (partnership: Partnership): readonly ElementResult[] =>
  keyPrincipleResults(groundOfPartnership(partnership));

const notMet = (results: readonly ElementResult[]): readonly string[] =>
  results.filter(({ outcome }) => outcome === 'not-met').map(({ element }) => element);

describe('the 24 elements', () => {
  it('are asked in their order, each once', () => {
    expect(keyPrincipleResults(nothing).map(({ element }) => element)).toEqual(
      keyElements.map(({ element }) => element),
    );
    expect(keyElements).toHaveLength(24);
  });

  it('are none of them met by an empty log, and say what is missing', () => {
    for (const { element, outcome, missing, evidence } of keyPrincipleResults(nothing)) {
      expect([element, outcome]).toEqual([element, element === '2.4' ? 'outside' : 'not-met']);
      if (outcome === 'not-met') expect(missing.join('')).not.toBe('');
      expect(evidence).toEqual([]);
    }
  });

  it('can all be met but the one that the system cannot know, each with its evidence', () => {
    const results = resultsOf(exemplary);
    expect(
      results
        .filter(({ outcome }) => outcome === 'not-met')
        .map(({ element, missing }) => [element, missing]),
    ).toEqual([]);
    for (const { outcome, evidence, missing } of results.filter(({ outcome }) => outcome === 'met')) {
      expect([outcome, missing]).toEqual(['met', []]);
      expect(evidence.length).toBeGreaterThan(0);
    }
  });

  it.each(Object.entries(faults))(
    '%s is not met when it breaks, and nothing else with it',
    (element, { change, also = [], missing }) => {
      const results = resultsOf(change(exemplary));
      expect(notMet(results)).toEqual([...also, element].sort());
      expect(results.find((each) => each.element === element)?.missing).toContain(missing);
    },
  );

  it('do not bear on one another: several break together as each does alone', () => {
    fc.assert(
      fc.property(fc.subarray(Object.keys(faults)), (broken) => {
        const partnership = broken.reduce(
          (before, element) => faults[element]?.change(before) ?? before,
          exemplary,
        );
        const expected = new Set(broken.flatMap((element) => [element, ...(faults[element]?.also ?? [])]));
        expect(notMet(resultsOf(partnership))).toEqual([...expected].sort());
      }),
      { numRuns: 60 },
    );
  });

  it('rest on evidence that is there', () => {
    const ids = new Set([
      ...Object.keys(exemplary.acts),
      ...Object.keys(exemplary.receipts),
      ...Object.values(exemplary.people).flatMap((facts) => facts.map(({ id }) => id)),
    ]);
    for (const { evidence } of resultsOf(exemplary))
      for (const { kind, ref } of evidence) {
        if (kind === 'agreement') expect(ref).toBe('core/1');
        else expect([kind, ids.has(ref)]).toEqual([kind, true]);
      }
  });
});
