import { describe, expect, it } from '@jest/globals';
import { catalogue, entryOf } from '../../contract/catalogue/catalogue.js';
import { controlOf, presentFields } from '../../contract/catalogue/fields.js';
import { parseMoment, UNKNOWN_MOMENT } from '../../contract/moment.js';
import { sampleData } from '../../testing/samples.js';
import { agencies } from '../../contract/agency.js';
import { evolve, type Reviewed, UNPROTECTED } from './data-protection.js';
import { countHolding, type Holding } from './holding.js';
import { lacksReview, type RetentionDue, retentionDue, scheduleAt } from './retention.js';
import { retentionSchedules } from './retention-rules.js';

const on = (date: string): number => Date.parse(`${date}T12:00:00Z`);

interface Given {
  readonly type: string;
  readonly happened?: string;
  readonly received?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

function holdingOf(...facts: readonly Given[]): Holding {
  const count = countHolding('P1');
  facts.forEach(({ type, happened, received = '2015-01-01', data = {} }, index) => {
    const entry = entryOf(type);
    if (entry === undefined) throw new Error(`${type} is not in the catalogue`);
    const all = { ...sampleData[type], ...data };
    const publisher = agencies.find(({ kind }) => entry.publishers.includes(kind))?.id ?? '';
    count.add({
      id: `event-${index}`,
      type,
      metadata: {
        offender: 'P1',
        publisher,
        source: `/${publisher}`,
        sourceId: String(index),
        version: entry.version,
        happened: parseMoment(happened) ?? UNKNOWN_MOMENT,
        recorded: null,
        received: on(received),
        fields: presentFields(entry, all),
        control: controlOf(entry, all),
        handling: null,
        corrects: null,
        retracts: null,
        contentHash: '',
      },
    });
  });
  return count.holding();
}

const told = (due: readonly RetentionDue[]) =>
  [...new Set(due.map(({ rule, need }) => `${rule.id}: ${need}`))].sort();
const arrest = { type: 'police.arrest.recorded', happened: '2015-03-01' };
const attendance = { type: 'treatment.attendance.recorded', happened: '2015-03-01' };

const reviewed = (changed: Partial<Reviewed>): Reviewed => ({
  type: 'retention.reviewed',
  id: 'review',
  offender: 'P1',
  by: { agency: 'hub', user: 'reviewer' },
  at: on('2021-04-01'),
  outcome: 'keep',
  group: null,
  nextReview: '2025-04-01',
  ...changed,
});

describe('retention', () => {
  it('asks nothing before the period is over, and to erase after it where the rule says so', () => {
    const holding = holdingOf(arrest);
    expect(retentionDue(holding, UNPROTECTED, on('2021-02-28'))).toEqual([]);
    const due = retentionDue(holding, UNPROTECTED, on('2021-03-03'));
    expect(told(due)).toEqual(['mopi-group-3: erase']);
    expect(due.map((each) => each.class)).toEqual(expect.arrayContaining(['ID', 'PERS', 'CJF']));
    expect(due[0]).toMatchObject({
      offender: 'P1',
      publishers: ['police'],
      schedule: 1,
      started: Date.parse('2015-03-02T00:00:00Z'),
      due: Date.parse('2021-03-02T00:00:00Z'),
      held: false,
      restricted: false,
    });
  });

  it('restricts, rather than erases, while other facts of the person are to be kept', () => {
    const holding = holdingOf(arrest, attendance);
    expect(told(retentionDue(holding, UNPROTECTED, on('2022-01-01')))).toEqual(['mopi-group-3: restrict']);
    expect(told(retentionDue(holding, UNPROTECTED, on('2024-01-01')))).toEqual([
      'care: review',
      'mopi-group-3: restrict',
    ]);
  });

  it('reviews whoever is in MAPPA every ten years, until they would be a hundred', () => {
    const decided = {
      type: 'hub.management.decided',
      happened: '2015-03-01',
      data: { mappaCategory: 2 },
    };
    const holding = holdingOf({ ...arrest, data: { dateOfBirth: '1980-05-17' } }, decided);
    expect(told(retentionDue(holding, UNPROTECTED, on('2025-02-28')))).toEqual([]);
    expect(told(retentionDue(holding, UNPROTECTED, on('2025-03-03')))).toEqual(['mopi-group-1: review']);
    const kept = evolve(UNPROTECTED, reviewed({ at: on('2025-03-04'), nextReview: '2035-03-04' }));
    expect(retentionDue(holding, kept, on('2035-03-03'))).toEqual([]);
    expect(told(retentionDue(holding, kept, on('2035-03-05')))).toEqual(['mopi-group-1: review']);
    expect(told(retentionDue(holding, UNPROTECTED, on('2090-01-01')))).toEqual(['mopi-group-1: review']);
  });

  it('follows the group that a reviewer found', () => {
    const found = evolve(UNPROTECTED, reviewed({ group: '2', nextReview: '2024-01-01' }));
    expect(retentionDue(holdingOf(arrest), found, on('2023-12-01'))).toEqual([]);
    expect(told(retentionDue(holdingOf(arrest), found, on('2025-06-01')))).toEqual(['mopi-group-2: review']);
  });

  it('does not start the clock while the person is managed, nor that of a sentence while an order runs', () => {
    const selected = { type: 'hub.cohort.selected', happened: '2015-02-01' };
    const deselected = { type: 'hub.cohort.deselected', happened: '2020-01-01' };
    expect(retentionDue(holdingOf(arrest, selected), UNPROTECTED, on('2060-01-01'))).toEqual([]);
    const ended = holdingOf(arrest, selected, deselected);
    expect(retentionDue(ended, UNPROTECTED, on('2025-12-01'))).toEqual([]);
    expect(told(retentionDue(ended, UNPROTECTED, on('2026-01-03')))).toEqual(['mopi-group-3: erase']);
    const started = { type: 'probation.order.started', happened: '2015-02-01' };
    const terminated = { type: 'probation.order.terminated', happened: '2016-02-01' };
    expect(retentionDue(holdingOf(started), UNPROTECTED, on('2060-01-01'))).toEqual([]);
    expect(told(retentionDue(holdingOf(started, terminated), UNPROTECTED, on('2022-02-03')))).toEqual([
      'sentence: review',
    ]);
  });

  it('lets a review that found so erase everything, until another fact comes', () => {
    const erase = evolve(UNPROTECTED, reviewed({ outcome: 'erase', nextReview: null }));
    const holding = holdingOf(arrest, attendance);
    expect(lacksReview(holding, UNPROTECTED, on('2021-05-01'))).toBe(true);
    expect(lacksReview(holding, erase, on('2021-05-01'))).toBe(false);
    expect(new Set(retentionDue(holding, erase, on('2021-05-01')).map(({ need }) => need))).toEqual(
      new Set(['erase']),
    );
    const later = holdingOf(arrest, { ...attendance, received: '2021-04-02' });
    expect(lacksReview(later, erase, on('2021-05-01'))).toBe(true);
  });

  it('covers every class of every type in every schedule, and nothing before the first', () => {
    const running = ['hub.cohort.selected', 'probation.order.started', 'probation.licence.activated'];
    for (const { type } of catalogue.filter((each) => !running.includes(each.type))) {
      const holding = holdingOf({ type, happened: '1900-01-01' });
      const classes = [...holding.newest.values()].flatMap((byClass) => [...byClass.keys()]);
      const due = retentionDue(holding, UNPROTECTED, on('2100-01-01'));
      expect([type, due.map((each) => each.class).sort()]).toEqual([type, classes.sort()]);
    }
    expect(scheduleAt(on('2018-05-01'))).toBeUndefined();
    expect(retentionSchedules.map(({ version }) => version)).toEqual(
      retentionSchedules.map((_, index) => index + 1),
    );
  });
});
