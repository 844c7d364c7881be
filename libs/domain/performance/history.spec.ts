import { describe, expect, it } from '@jest/globals';
import { readFact } from '../../testing/casework.js';
import { type ReadFact } from '../casework/read-fact.js';
import { historyOf, type Offence } from './history.js';

type Data = ReadFact['data'];

const received = (id: string, at: string, data: Data = {}) =>
  readFact(id, 'prison.received', at, { reason: 'ADMISSION', ...data });
const released = (id: string, at: string, data: Data) => readFact(id, 'prison.released', at, data);

function custodyOf(...facts: readonly ReadFact[]): readonly (readonly [string, string | null])[] {
  const shown = (at: number): string => new Date(at).toISOString().slice(0, 10);
  return historyOf('sam', facts).custody.map(({ from, to }) => [shown(from), to === null ? null : shown(to)]);
}

describe('custody', () => {
  const inside = received('r', '2015-01-05T10:00:00Z');

  it('lasts from a receipt to a release', () => {
    expect(custodyOf(inside)).toEqual([['2015-01-05', null]]);
    expect(custodyOf(inside, released('o', '2015-02-01T09:00:00Z', { reason: 'RELEASED' }))).toEqual([
      ['2015-01-05', '2015-02-01'],
    ]);
  });

  it.each(['TEMPORARY_ABSENCE_RELEASE', 'SENT_TO_COURT', 'TRANSFERRED'])('is not ended by %s', (reason) => {
    expect(custodyOf(inside, released('o', '2015-02-01T09:00:00Z', { reason }))).toEqual([
      ['2015-01-05', null],
    ]);
  });

  it('goes on in a hospital under prison care, and ends where there is none', () => {
    const toHospital = (currentPrisonStatus: string): ReadFact =>
      released('o', '2015-02-01T09:00:00Z', { releasedToHospital: true, currentPrisonStatus });
    expect(custodyOf(inside, toHospital('UNDER_PRISON_CARE'))).toEqual([['2015-01-05', null]]);
    expect(custodyOf(inside, toHospital('NOT_UNDER_PRISON_CARE'))).toEqual([['2015-01-05', '2015-02-01']]);
  });

  it('counts facts in the order of their own moments, however they arrive', () => {
    const late = received('r', '2015-03-01', { receivedAt: '2015-01-05T10:00:00Z' });
    expect(custodyOf(released('o', '2015-02-01T09:00:00Z', { reason: 'RELEASED' }), late)).toEqual([
      ['2015-01-05', '2015-02-01'],
    ]);
  });

  it('begins again with the next receipt, not with a repeated one', () => {
    const out = released('o', '2015-02-01T09:00:00Z', { reason: 'RELEASED' });
    expect(
      custodyOf(
        inside,
        received('again', '2015-01-06T10:00:00Z'),
        out,
        received('back', '2015-05-01T10:00:00Z'),
      ),
    ).toEqual([
      ['2015-01-05', '2015-02-01'],
      ['2015-05-01', null],
    ]);
  });

  it('is not restated by what was retracted', () => {
    const out = released('o', '2015-02-01T09:00:00Z', { reason: 'RELEASED' });
    expect(custodyOf(inside, out, { ...out, id: 'x', retracts: 'o' })).toEqual([['2015-01-05', null]]);
  });
});

describe('providers', () => {
  it('follow one another under the names of their time', () => {
    const allocated = (id: string, from: string, provider?: string) =>
      readFact(id, 'probation.case.allocated', from, { from, ...(provider && { provider }) });
    const { providers } = historyOf('sam', [
      allocated('b', '2021-06-26', 'Probation Service'),
      allocated('a', '2015-06-01', 'CRC'),
      allocated('c', '2022-01-01'),
    ]);
    expect(providers.map(({ value, by, to }) => [value, by, to === null])).toEqual([
      ['CRC', ['a'], false],
      ['Probation Service', ['b'], true],
    ]);
  });
});

const offence = (data: Data = {}): Data => ({
  cjsCode: 'TH68010',
  offenceDates: { from: '2015-05-01' },
  ...data,
});
const arrest = (id: string, ...offences: readonly Data[]) =>
  readFact(id, 'police.arrest.recorded', '2015-05-02T20:00:00Z', { asn: 'A1', offences });
const charge = (id: string, ...offences: readonly Data[]) =>
  readFact(id, 'police.charge.laid', '2015-05-03T10:00:00Z', { asn: 'A1', ptiUrn: 'P1', offences });
const outcome = (id: string, ...offences: readonly Data[]) =>
  readFact(id, 'court.outcome.recorded', '2015-06-20', { ptiUrn: 'P1', offences });
const guilty = { adjudication: 'Guilty' };

function stagesOf(...facts: readonly ReadFact[]): readonly Offence['stage'][] {
  return historyOf('sam', facts).offences.map(({ stage }) => stage);
}

describe('offences', () => {
  it('are one from arrest to outcome, with every fact behind it', () => {
    const { offences } = historyOf('sam', [
      arrest('a', offence()),
      charge('c', offence({ sequence: 1, hoCode: '046/00' })),
      outcome('o', { cjsCode: 'TH68010', sequence: 1, ...guilty }),
    ]);
    expect(offences).toEqual([
      {
        key: expect.any(String),
        cjsCode: 'TH68010',
        hoCode: '046/00',
        stage: 'proven',
        committed: Date.parse('2015-04-30T23:00:00Z'),
        by: ['a', 'c', 'o'],
      },
    ]);
  });

  it('are two where one fact names two alike', () => {
    const two = [offence({ sequence: 1 }), offence({ sequence: 2 })];
    expect(
      stagesOf(
        arrest('a', offence(), offence()),
        charge('c', ...two),
        outcome('o', offence({ sequence: 2, ...guilty })),
      ),
    ).toEqual(['charged', 'proven']);
  });

  it('are others on another day, of another code or in another case', () => {
    expect(
      stagesOf(arrest('a', offence()), charge('c', offence({ offenceDates: { from: '2015-05-09' } }))),
    ).toHaveLength(2);
    expect(stagesOf(arrest('a', offence()), charge('c', offence({ cjsCode: 'TH68036' })))).toHaveLength(2);
    const elsewhere = readFact('o', 'court.outcome.recorded', '2015-06-20', {
      ptiUrn: 'P2',
      offences: [offence(guilty)],
    });
    expect(stagesOf(charge('c', offence()), elsewhere)).toHaveLength(2);
  });

  it('stay one when the charge is amended to another code', () => {
    const amended = readFact('m', 'police.charge.amended', '2015-05-20', {
      ptiUrn: 'P1',
      offences: [offence({ sequence: 1, cjsCode: 'TH68036' })],
    });
    const { offences } = historyOf('sam', [charge('c', offence({ sequence: 1 })), amended]);
    expect(offences.map(({ cjsCode, by }) => [cjsCode, by])).toEqual([['TH68036', ['c', 'm']]]);
  });

  it.each([
    [guilty, 'proven'],
    [{ adjudication: 'Not Guilty' }, 'not-proven'],
    [{ adjudication: 'Non-Conviction' }, 'not-proven'],
    [{ convictionDate: '2015-06-20' }, 'proven'],
    [{}, 'charged'],
  ])('by an outcome of %j are %s', (found, stage) => {
    expect(stagesOf(outcome('o', offence(found)))).toEqual([stage]);
  });

  it('go by the furthest stage, however late the earlier facts arrive', () => {
    expect(
      stagesOf(outcome('o', offence({ sequence: 1, ...guilty })), charge('c', offence({ sequence: 1 }))),
    ).toEqual(['proven']);
  });

  it('are restated by a corrected outcome', () => {
    const right = {
      ...outcome('right', offence({ sequence: 1, adjudication: 'Not Guilty' })),
      corrects: 'o',
    };
    expect(
      stagesOf(
        charge('c', offence({ sequence: 1 })),
        outcome('o', offence({ sequence: 1, ...guilty })),
        right,
      ),
    ).toEqual(['not-proven']);
  });

  it('end with a withdrawn charge, a caution or no further action', () => {
    const withdrawn = readFact('w', 'police.charge.withdrawn', '2015-05-30', {
      ptiUrn: 'P1',
      sequences: [2],
    });
    expect(stagesOf(charge('c', offence({ sequence: 1 }), offence({ sequence: 2 })), withdrawn)).toEqual([
      'charged',
      'withdrawn',
    ]);
    const disposed = (disposal: string): ReadFact =>
      readFact('d', 'police.arrest.disposed', '2015-05-03T06:00:00Z', { asn: 'A1', disposal });
    expect(stagesOf(arrest('a', offence()), disposed('caution'))).toEqual(['proven']);
    expect(stagesOf(arrest('a', offence()), disposed('no-further-action'))).toEqual(['withdrawn']);
    expect(stagesOf(arrest('a', offence()), disposed('released-under-investigation'))).toEqual(['arrested']);
    expect(stagesOf(arrest('a', offence()), disposed('no-further-action'), charge('c', offence()))).toEqual([
      'charged',
    ]);
  });

  it('are the same from an import as from the agencies', () => {
    const imported = (id: string, record: string, data: Data) =>
      readFact(id, 'police.pncOutcome.imported', '2015-06-21', { record, recordRef: 'R1', ...data });
    expect(
      stagesOf(
        imported('i1', 'arrest', { asn: 'A1', offences: [offence()] }),
        arrest('a', offence()),
        imported('i2', 'outcome', { offences: [offence(guilty)] }),
      ),
    ).toEqual(['proven']);
  });
});

describe('who somebody is', () => {
  it('is what standing facts claim', () => {
    const claim = (id: string, data: Data, rest: Partial<ReadFact> = {}) =>
      readFact(id, 'police.iom.flag.set', '2015-01-01', data, rest);
    const { born, sex, facts } = historyOf('sam', [
      claim('a', { dateOfBirth: '1990-04-17', sex: 'male' }),
      claim('b', { dateOfBirth: '1990-04-18', sex: 'not-known' }),
      claim('c', { dateOfBirth: '1990-04-17' }, { corrects: 'b' }),
    ]);
    expect({ born, sex, facts: facts.map(({ id }) => id) }).toEqual({
      born: ['1990-04-17'],
      sex: 'male',
      facts: ['a', 'c'],
    });
  });
});
