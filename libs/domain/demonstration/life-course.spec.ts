import { describe, expect, it } from '@jest/globals';
import { coursesOf, type Fact, ofTypes as of } from '../../testing/life-courses.js';
import { demonstration } from './demonstration.js';

describe('its life courses make sense', () => {
  const everyone = [...coursesOf(demonstration({ seed: 1 })).values()];
  const times = (facts: readonly Fact[]): readonly string[] => facts.map(({ time }) => time);

  it('receives into prison only who is outside, and releases only who is inside', () => {
    for (const facts of everyone) {
      const moves = of(facts, 'prison.received', 'prison.released').map(({ type }) => type);
      moves.forEach((move, nth) => expect(move).toBe(nth % 2 === 0 ? 'prison.received' : 'prison.released'));
    }
  });

  it('goes from arrest to disposal to charge to hearing to outcome in every case', () => {
    const steps = [
      'police.arrest.recorded',
      'police.drugTest.performed',
      'police.arrest.disposed',
      'police.charge.laid',
      'court.hearing.listed',
      'court.warrant.issued',
      'court.hearing.resulted',
      'court.outcome.recorded',
    ];
    for (const facts of everyone) {
      const cases = Map.groupBy(of(facts, ...steps), ({ data }) => data['asn']);
      for (const each of cases.values()) {
        const inOrder = [...each].sort((a, b) => steps.indexOf(a.type) - steps.indexOf(b.type));
        expect(times(inOrder)).toEqual([...times(inOrder)].sort());
      }
    }
  });

  it('has exactly one lead professional at a time, from the first on', () => {
    for (const facts of everyone) {
      const changes = of(facts, 'hub.leadProfessional.appointed', 'hub.leadProfessional.ended');
      changes.forEach(({ type }, nth) =>
        expect(type).toBe(nth % 2 === 0 ? 'hub.leadProfessional.appointed' : 'hub.leadProfessional.ended'),
      );
      expect(changes.length % 2).toBe(changes.length === 0 ? 0 : 1);
      changes.slice(1).forEach(({ type, data }, nth) => {
        if (type.endsWith('ended')) expect(data['professional']).toBe(changes[nth]?.data['professional']);
      });
    }
  });

  it('tells people before it selects them, and begins a licence on the day of a release', () => {
    for (const facts of everyone) {
      const [informed] = of(facts, 'hub.subject.informed');
      const [selected] = of(facts, 'hub.cohort.selected');
      if (selected !== undefined) expect((informed?.time ?? '~') < selected.time).toBe(true);
      const released = of(facts, 'prison.released').map(({ time }) => time.slice(0, 10));
      for (const { time } of of(facts, 'probation.licence.activated')) {
        expect(released).toContain(time);
      }
    }
  });

  it('lifts a marking or a restriction only after it was made, and that of the same id', () => {
    let lifted = 0;
    for (const facts of everyone) {
      const markings = of(facts, 'probation.lao.set').map(({ data }) => data['restriction']);
      expect(markings.lastIndexOf('NONE')).toBe(markings.length === 2 ? 1 : -1);
      const restrictions = of(
        facts,
        'court.reportingRestriction.imposed',
        'court.reportingRestriction.lifted',
      );
      expect(restrictions.slice(0, 1).every(({ type }) => type.endsWith('imposed'))).toBe(true);
      expect(new Set(restrictions.map(({ data }) => data['restrictionId'])).size).toBe(
        Math.min(1, restrictions.length),
      );
      lifted += restrictions.slice(1).length;
    }
    expect(lifted).toBeGreaterThan(0);
  });

  it('keeps attendance between the start and the end of treatment', () => {
    for (const facts of everyone) {
      const [started] = of(facts, 'treatment.started');
      const [ended] = of(facts, 'treatment.ended');
      for (const { time } of of(facts, 'treatment.attendance.recorded')) {
        if (started !== undefined) expect(time > started.time).toBe(true);
        if (ended !== undefined) expect(time <= ended.time).toBe(true);
      }
    }
  });

  it('ends a fixed-term recall 27 days after the return (R39)', () => {
    for (const facts of everyone) {
      for (const { data } of of(facts, 'probation.recall.returnedToCustody')) {
        if (data['recallType'] !== 'FTR_28') continue;
        const days =
          (Date.parse(String(data['expectedRelease'])) - Date.parse(String(data['returnToCustodyDate']))) /
          86_400_000;
        expect(days).toBe(27);
      }
    }
  });
});
