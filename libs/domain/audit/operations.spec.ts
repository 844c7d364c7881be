import { describe, expect, it } from '@jest/globals';
import { type Disclosure } from '../disclosure/disclosure.js';
import { type ClearEvent, operationOf } from './operations.js';

const AT = Date.parse('2026-03-02T09:00:00Z');
const sam = 'P0000000001A';

const event = (stream: string, type: string, metadata: object, position = 7): ClearEvent => ({
  position,
  id: 'event',
  stream,
  type,
  metadata: JSON.stringify(metadata),
});
const fact = (more: object = {}) =>
  event(`offender-${sam}`, 'police.arrest.recorded', {
    offender: sam,
    publisher: 'police',
    received: AT,
    fields: ['pnc'],
    corrects: null,
    retracts: null,
    ...more,
  });
const protection = (type: string, more: object) =>
  event('data-protection', type, { offender: sam, by: { agency: 'hub', user: 'operator' }, at: AT, ...more });
const disclosure: Disclosure = {
  agency: 'probation',
  user: 'officer',
  purpose: 'reducing-reoffending',
  justification: 'arrest overnight',
  at: AT,
  asOf: 6,
  query: '00',
  asked: ['offender'],
  sought: ['pnc:00'],
  confirmed: [{ offender: sam, path: 'pnc', clauses: ['core/1#arrests'] }],
  offenders: [sam],
  facts: [
    { position: 3, offender: sam, shown: { 'core/1#arrests': { clear: ['pnc'], mask: ['name.family'] } } },
    { position: 4, offender: sam, shown: { 'own-record': { clear: ['crn'] } } },
    { position: 5, offender: sam, shown: {} },
  ],
};

describe('the six operations', () => {
  it.each([
    ['a fact', fact(), 'collection', 'police'],
    ['a correction', fact({ corrects: 'x' }), 'alteration', 'police'],
    ['a retraction', fact({ retracts: 'x' }), 'alteration', 'police'],
    [
      'an answer without anybody',
      event('disclosure-x', 'consultation.made', disclosure),
      'consultation',
      'probation',
    ],
    ['an answer', event('disclosure-x', 'disclosure.made', disclosure), 'disclosure', 'probation'],
    [
      'a link',
      event('identifier-00', 'identity.linked', { offender: sam, scheme: 'pnc', by: 'x', received: AT }),
      'combination',
      'hub',
    ],
    ['an erasure', protection('erasure.made', { reason: 'kept as long as necessary' }), 'erasure', 'hub'],
    [
      'a pack for an access request',
      event(`rights-${sam}`, 'rights.pack.made', {
        offender: sam,
        by: { agency: 'police', user: 'officer' },
        at: AT,
      }),
      'consultation',
      'police',
    ],
    ['putting right', protection('rectification.decided', { outcome: 'corrected' }), 'alteration', 'hub'],
  ])('%s', (_, logged, kind, agency) => {
    expect(operationOf(logged)).toMatchObject({
      position: '7',
      kind,
      agency,
      at: '2026-03-02T09:00:00.000Z',
      law: 'dpa-2018-s62@2025-08-20',
      offenders: [sam],
    });
  });

  it('are not everything that happens', () => {
    expect(operationOf(event('agreements', 'clock.dayBegan', { at: AT }))).toBeUndefined();
    const refused = protection('rectification.decided', { outcome: 'refused' });
    expect(operationOf(refused)).toBeUndefined();
  });

  it('name fact, fields, clause and agreement version of what was shown, and to whom', () => {
    const operation = operationOf(event('disclosure-x', 'disclosure.made', disclosure));
    expect(operation).toMatchObject({
      user: 'officer',
      purpose: 'reducing-reoffending',
      justification: 'arrest overnight',
      recipient: 'probation',
      asked: ['offender'],
    });
    const clause = { clause: 'core/1#arrests', agreement: 'core/1' };
    expect(operation?.facts.every(({ offender }) => offender === sam)).toBe(true);
    expect(operation?.facts).toMatchObject([
      { position: null, ...clause, as: 'confirmed', fields: ['pnc'] },
      { position: '3', ...clause, as: 'clear', fields: ['pnc'] },
      { position: '3', ...clause, as: 'mask', fields: ['name.family'] },
      { position: '4', clause: 'own-record', agreement: null, as: 'clear', fields: ['crn'] },
      { position: '5', clause: null, agreement: null, as: 'exists', fields: [] },
    ]);
  });
});
