import { expect, it } from '@jest/globals';
import { exemplary } from '../../../testing/partnership.js';
import { OWN_RECORD } from '../../agreement/decision.js';
import { spanOf } from '../day.js';
import { disclosureFigures } from './disclosures.js';

const span = spanOf({ from: '2025-01-01', to: '2025-12-31' });

const answer = (at: string, ...clauses: readonly string[]) => ({
  at: Date.parse(at),
  clauses,
});

it('counts answers that showed facts of others, and those under no agreement in force', () => {
  const records = [
    answer('2025-02-01', 'core/1#all'),
    answer('2025-02-01', OWN_RECORD, 'core/1#all'),
    answer('2025-02-02', 'core/1#all', 'core/2#all'),
    answer('2025-02-03', OWN_RECORD),
    answer('2025-02-03'),
    answer('2026-02-03', 'nothing/1#all'),
  ];
  expect(disclosureFigures(records, exemplary.register, span, 120)).toEqual({
    total: 3,
    withoutAgreement: 1,
    p95: 120,
  });
});
