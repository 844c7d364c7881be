import { describe, expect, it } from '@jest/globals';
import { readFact } from '../../../testing/casework.js';
import { exemplary, groundOfPartnership, type Partnership } from '../../../testing/partnership.js';
import { act, adding, type Change } from '../../../testing/partnership-changes.js';
import { type ElementResult, keyPrincipleResults } from '../key-principles.js';

describe('an element', () => {
  const result = (element: string, partnership: Partnership): ElementResult | undefined =>
    keyPrincipleResults(groundOfPartnership(partnership)).find((each) => each.element === element);

  it('2.4 names the documents that speak of it, and stays outside', () => {
    const told = act('leaflet', {
      ...{
        type: 'governance.documentSigned',
        on: '2025-02-02',
        agency: 'hub',
        document: 'leaflet',
        version: '1',
      },
      ...{ title: 'Leaflet', covers: ['communication'], link: 'https://example.org/leaflet' },
    })(exemplary);
    expect(result('2.4', told)).toMatchObject({
      outcome: 'outside',
      evidence: [{ kind: 'document', ref: 'https://example.org/leaflet' }],
    });
  });

  it('1.6 is not met while nobody knows how soon facts are visible, or when that is too late', () => {
    for (const [p95, missing] of [
      [null, 'how soon facts become visible is not known'],
      [60_001, 'facts become visible too late'],
    ] as const) {
      const found = result('1.6', { ...exemplary, disclosures: { total: 1, withoutAgreement: 0, p95 } });
      expect(found).toMatchObject({ outcome: 'not-met', missing: [missing] });
    }
  });

  it('1.1 does not count an agreement that is not in force yet', () => {
    const ground = { ...groundOfPartnership(exemplary), at: '2024-12-31' };
    const [first] = keyPrincipleResults(ground);
    expect(first).toMatchObject({ outcome: 'not-met' });
    expect(first?.missing[0]).toMatch(/^no agreement in force binds: housing, police/);
  });

  it('1.3 and 1.4 hold partners to the newest version, whoever signs an older one late', () => {
    const signing = (name: string, on: string, version: string): Change =>
      act(name, { ...exemplary.acts['vision-police'], version, on, agency: name.slice('vision-'.length) });
    const renewed = signing(
      'vision-police',
      '2025-06-01',
      '2',
    )(signing('vision-hub', '2025-01-10', '1')(exemplary));
    const late = act('vision-late', { ...exemplary.acts['vision-vcse'], on: '2025-07-01' })(renewed);
    expect(result('1.3', late)?.missing).toEqual([
      'not signed by: housing, hub, prison, probation, treatment, vcse, youth',
    ]);
  });

  it('4.2 tells the minutes of gaps and overlaps', () => {
    const two = adding(
      'main',
      readFact('second-lead', 'hub.leadProfessional.appointed', '2025-11-01T10:00:00Z', {
        ...{ agency: 'vcse', professional: 'Ben', user: 'ben', acceptedAt: '2025-11-01T10:00:00Z' },
      }),
      readFact('second-lead-ended', 'hub.leadProfessional.ended', '2025-11-01T10:45:00Z', {
        ...{ agency: 'vcse', professional: 'Ben', user: 'ben', endedAt: '2025-11-01T10:45:00Z' },
      }),
    )(exemplary);
    const minutes = result('4.2', two)?.measures.filter(({ unit }) => unit === 'minutes');
    expect(minutes?.map(({ counted }) => counted)).toEqual([0, 45]);
    expect(result('4.2', two)?.outcome).toBe('not-met');
  });

  it('4.2 counts no minute that is yet to come', () => {
    const asked = { ...groundOfPartnership(exemplary), askedAt: Date.parse('2025-02-03T00:00:00Z') };
    const found = keyPrincipleResults(asked).find(({ element }) => element === '4.2');
    const minutes = found?.measures.filter(({ unit }) => unit === 'minutes').map(({ of }) => of);
    expect(minutes?.every((each) => each !== null && each <= 4 * 2 * 24 * 60)).toBe(true);
    expect(found?.outcome).toBe('met');
  });

  it('5.3 counts the age of an import until somebody asks, on a day that is not over', () => {
    const received = Date.parse('2025-12-30T09:34:00Z');
    const imported = Object.values(exemplary.receipts).map((each) =>
      each.type === 'police.pncOutcome.imported' ? { ...each, received } : each,
    );
    const asked = (askedAt?: number) =>
      keyPrincipleResults({
        ...{ ...groundOfPartnership(exemplary), receipts: imported },
        ...(askedAt !== undefined && { askedAt }),
      }).find(({ element }) => element === '5.3');
    expect(asked(received + 60_000)?.measures[0]).toMatchObject({ counted: 0, holds: true });
    expect(asked(Date.parse('2025-12-31T09:00:00Z'))?.measures[0]).toMatchObject({
      counted: 23,
      holds: true,
    });
    for (const late of [undefined, Date.parse('2026-03-31T09:00:00Z')])
      expect(asked(late)?.measures[0]).toMatchObject({ counted: 38, holds: false });
  });

  it('5.2 asks nobody for the label, and is neither met nor missed where nobody bears it', () => {
    expect(result('5.2', exemplary)).toMatchObject({ outcome: 'outside', missing: [], evidence: [] });
    expect(result('5.2', exemplary)?.measure).toContain('nobody bears the PPO label');
    const labelled = adding(
      'main',
      readFact('ppo', 'hub.cohort.selected', '2025-02-01', { cohort: 'PPO', decidedBy: 'panel' }),
    )(exemplary);
    expect(result('5.2', labelled)?.outcome).toBe('met');
    expect(result('5.2', labelled)?.measures.at(-1)).toMatchObject({ counted: 1, of: 1, holds: true });
  });

  it('6.1 counts the end of statutory management, and those who stay managed', () => {
    const ended = (levels: readonly string[]) =>
      adding(
        'second',
        readFact('s1', 'hub.management.decided', '2025-02-01', {
          levels: ['Enhanced'],
          management: 'statutory',
          decidedBy: 'p',
        }),
        readFact('s2', 'hub.management.decided', '2025-08-01', {
          levels,
          management: 'voluntary',
          decidedBy: 'p',
        }),
      )(exemplary);
    expect(result('6.1', ended(['Enhanced']))).toMatchObject({ outcome: 'met' });
    expect(result('6.1', ended([]))).toMatchObject({
      outcome: 'not-met',
      measure: expect.stringContaining('1 of 2'),
    });
  });
});
