import { describe, expect, it } from '@jest/globals';
import { signatoryOf, stepsOf } from '../../testing/agreement-steps.js';
import { custodyClause, documentOf, registerOf } from '../../testing/agreements.js';
import { type RegisterEvent } from './register.js';

const document = documentOf({
  reference: 'resettlement',
  clauses: [custodyClause],
});
const registered: RegisterEvent = {
  type: 'signatory.keyRegistered',
  key: 'one',
  publicKey: 'public one',
  by: signatoryOf('police'),
  at: 5,
};
const revoked: RegisterEvent = {
  type: 'signatory.keyRevoked',
  key: 'one',
  by: signatoryOf('police'),
  at: 7,
  reason: 'lost',
};
const began: RegisterEvent = { type: 'clock.dayBegan', day: '2025-06-01', at: 9 };

describe('the register', () => {
  it('is empty at first', () => {
    expect(registerOf([])).toEqual({ agreements: new Map(), keys: new Map(), day: null, asOf: 0 });
  });

  it('keeps the keys with which agencies sign, and knows which are revoked', () => {
    const { keys, asOf } = registerOf([registered]);
    expect(keys.get('one')).toEqual({
      key: 'one',
      publicKey: 'public one',
      agency: 'police',
      registered: { by: signatoryOf('police'), at: 5 },
      revoked: null,
    });
    expect(asOf).toBe(5);
    const after = registerOf([registered, revoked]);
    expect(after.keys.get('one')?.revoked).toEqual({ by: signatoryOf('police'), at: 7, reason: 'lost' });
    expect(after.agreements.size).toBe(0);
  });

  it('keeps the day that began last beside all the rest', () => {
    const proposed = stepsOf(document).proposed('police', '1970-01-01');
    const all = registerOf([registered, proposed, began]);
    expect([all.day, all.asOf]).toEqual(['2025-06-01', 9]);
    expect([...all.agreements.keys()]).toEqual(['resettlement']);
    expect([...all.keys.keys()]).toEqual(['one']);
  });

  it('stands as of the newest event, in whatever order they come', () => {
    expect(registerOf([began, registered]).asOf).toBe(9);
  });
});
