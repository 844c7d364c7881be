import { describe, expect, it } from '@jest/globals';
import { type OffenderState } from '../../libs/domain/casework/offender-state.js';
import { decided, library, type Question, seen, standingOn } from './library.js';

const versions = library.filter(({ document }) => document.reference === 'police-probation');

/** What police could see of a probation fact on a day, and by which clauses of which version. */
const policeSaw = (on: string, type: string, question: Partial<Question> = {}) =>
  seen({ to: 'police', purpose: 'public-protection', on, type, ...question });

const clear = (on: string, type: string, question?: Partial<Question>): readonly string[] =>
  policeSaw(on, type, question).fields['clear'] ?? [];

const name = ['name.family', 'name.given', 'name.middle'];
const numbers = ['ogrs', 'ogp', 'ovp'];
const restricted: Partial<OffenderState> = { limitedAccess: { probation: 'RESTRICTED' } };
const mappa2: Partial<OffenderState> = { levels: ['MAPPA-2'], mappaCategory: '1' };
const ofNoCategory: Partial<OffenderState> = { levels: ['MAPPA-2'] };

describe('the agreement of police and probation through its versions', () => {
  it('has versions without a gap, each from a later day than the one before', () => {
    const days = versions.map(({ document }) => document.inForceFrom);
    expect(versions.map(({ document }) => document.version)).toEqual(versions.map((_, index) => index + 1));
    expect(days).toEqual([...new Set(days)].sort());
    expect(versions.length).toBeGreaterThanOrEqual(8);
  });

  it.each(versions.map(({ document: { version, inForceFrom } }) => [inForceFrom, version] as const))(
    'decides by the version of the day: on %s by version %i',
    (day, version) => {
      expect(policeSaw(day, 'probation.recall.decided').clauses[0]).toMatch(`police-probation/${version}#`);
      const [standing] = standingOn(day).filter(({ reference }) => reference === 'police-probation');
      expect(standing?.version).toBe(version);
    },
  );

  it('says nothing before its first day', () => {
    expect(policeSaw('2024-06-03', 'probation.order.started').fields).toEqual({});
    expect(policeSaw('2024-06-04', 'probation.order.started').fields).not.toEqual({});
  });
});

describe('what could police see of probation data', () => {
  it('on 1 December 2025? Numeric scores, free text, every MAPPA category; of a restricted case the recall alone', () => {
    const day = '2025-12-01';
    expect(policeSaw(day, 'probation.riskAssessed')).toEqual({
      fields: {
        clear: [
          'pnc',
          ...name,
          'dateOfBirth',
          'sex',
          'assessedOn',
          'rosh.public',
          'rosh.knownAdult',
          'rosh.children',
          'rosh.staff',
          'rosh.prisoners',
          'rsrBand',
          ...numbers,
        ],
      },
      clauses: ['police-probation/4#risk-to-police'],
    });
    expect(clear(day, 'probation.licence.varied')).toContain('reason');
    expect(clear(day, 'probation.case.allocated')).toContain('practitionerId');
    expect(policeSaw(day, 'probation.register.added', { state: ofNoCategory }).clauses).toEqual([
      'police-probation/4#mappa-registrations-to-police',
      'police-probation/4#registrations-to-police',
    ]);
    expect(policeSaw(day, 'probation.order.started', { state: restricted }).fields).toEqual({});
    expect(policeSaw(day, 'probation.recall.decided', { state: restricted })).toEqual({
      fields: { clear: ['pnc', ...name, 'dateOfBirth', 'recallType', 'decidedOn', 'revocationDate'] },
      clauses: ['police-probation/4#recalls-of-restricted-cases'],
    });
  });

  it('on 1 October 2025? MAPPA registrations only of people whose category was known', () => {
    const day = '2025-10-01';
    expect(clear(day, 'probation.register.added', { state: mappa2 })).toEqual(
      expect.arrayContaining(['level', 'category']),
    );
    expect(clear(day, 'probation.register.added', { state: ofNoCategory })).not.toContain('level');
    expect(clear('2025-10-13', 'probation.register.added', { state: ofNoCategory })).toContain('level');
  });

  it('on 20 November 2025? No MAPPA registration at all, and a week later again', () => {
    const state = mappa2;
    expect(clear('2025-11-20', 'probation.register.added', { state })).toEqual(
      expect.not.arrayContaining(['level', 'category']),
    );
    expect(policeSaw('2025-11-20', 'probation.register.added', { state }).clauses).toEqual([
      'police-probation/3#registrations-to-police',
    ]);
    expect(clear('2025-11-27', 'probation.register.added', { state })).toContain('level');
  });

  it('on 1 March 2026? Risk without a number', () => {
    const { fields } = policeSaw('2026-03-01', 'probation.riskAssessed');
    expect(fields['clear']).toEqual(expect.not.arrayContaining(numbers));
    expect(fields['clear']).toEqual(expect.arrayContaining(['rosh.public', 'rsrBand']));
    expect(Object.keys(fields)).toEqual(['clear']);
    const asked = {
      to: 'police',
      purpose: 'public-protection',
      on: '2026-03-01',
      type: 'probation.riskAssessed',
    };
    const prohibited = decided(asked).fields.filter(({ path }) => numbers.includes(path));
    expect(prohibited).toEqual(
      numbers.map((path) => ({
        path,
        outcome: 'withhold',
        reason: 'prohibited',
        clause: 'police-probation/5#no-numeric-scores-to-police',
      })),
    );
  });

  it('on 1 May 2026? The numbers as bands, free text still in full', () => {
    const { fields, clauses } = policeSaw('2026-05-01', 'probation.riskAssessed');
    expect([fields['generalise'], clauses]).toEqual([numbers, ['police-probation/6#risk-to-police']]);
    expect(clear('2026-05-01', 'probation.order.terminated')).toContain('reason');
  });

  it('on 9 June 2026? Free text masked, and by one mistyped path the wrong release date', () => {
    const { fields, clauses } = policeSaw('2026-06-09', 'probation.licence.varied');
    expect([fields['mask'], clauses]).toEqual([['reason'], ['police-probation/7#licences-to-police']]);
    expect(fields['clear']).toContain('dates.ard');
    expect(fields['clear']).not.toContain('dates.crd');
    const mended = clear('2026-06-12', 'probation.licence.varied');
    expect(mended).toContain('dates.crd');
    expect(mended).not.toContain('dates.ard');
  });

  it('on 20 June 2026? Sentences of restricted cases too, their conditions masked', () => {
    const asked = { state: restricted };
    expect(policeSaw('2026-06-15', 'probation.order.started', asked).fields).toEqual({});
    expect(policeSaw('2026-06-20', 'probation.order.started', asked)).toEqual({
      fields: {
        clear: ['pnc', ...name, 'dateOfBirth', 'orderType', 'startDate', 'expiryDate', 'courtCode'],
        mask: ['requirements'],
      },
      clauses: ['police-probation/9#orders-of-restricted-cases'],
    });
    expect(clear('2026-06-20', 'probation.case.allocated')).toContain('practitionerId');
  });

  it('today? As bands, masked, and no name of an offender manager', () => {
    expect(policeSaw('2026-11-22', 'probation.case.allocated').fields).toEqual({
      clear: ['pnc', ...name, 'dateOfBirth', 'sex', 'tier', 'from'],
    });
    expect(policeSaw('2026-11-22', 'probation.riskAssessed').fields['generalise']).toEqual(numbers);
    expect(policeSaw('2026-11-22', 'probation.breach.initiated').fields['mask']).toEqual(['outcome']);
  });

  it('of an excluded case, on any day? Nothing but its recall and, since 16 June 2026, its order', () => {
    const state: Partial<OffenderState> = { ...mappa2, limitedAccess: { probation: 'EXCLUDED' } };
    const types = [
      'probation.riskAssessed',
      'probation.licence.activated',
      'probation.register.added',
      'probation.case.allocated',
      'probation.breach.initiated',
      'probation.order.terminated',
      'probation.lao.set',
    ];
    for (const day of versions.map(({ document }) => document.inForceFrom))
      for (const type of types)
        expect([day, type, policeSaw(day, type, { state }).fields]).toEqual([day, type, {}]);
  });
});
