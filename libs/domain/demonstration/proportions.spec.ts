import { describe, expect, it } from '@jest/globals';
import { coursesOf, type Fact, ofTypes as of } from '../../testing/life-courses.js';
import { demonstration } from './demonstration.js';

const share = (part: number, whole: number): number => part / whole;

describe('its proportions are those published (tables 6.2 to 6.5)', () => {
  const people = [...coursesOf(demonstration({ seed: 1 })).values()];
  const levelOf = (facts: readonly Fact[]): unknown => {
    const levels = of(facts, 'hub.management.decided').at(-1)?.data['levels'];
    return Array.isArray(levels) ? levels[0] : undefined;
  };
  const isInside = (facts: readonly Fact[]): boolean =>
    of(facts, 'prison.received', 'prison.released').at(-1)?.type === 'prison.received';
  const priority = people.filter((facts) => levelOf(facts) === 'Priority');

  it('has about 270 Priority and 110 others of 380', () => {
    expect(people.length).toBe(380);
    expect(Math.abs(priority.length - 270)).toBeLessThanOrEqual(15);
    expect(people.filter((facts) => levelOf(facts) === undefined).length).toBeLessThanOrEqual(5);
  });

  it('has about 57 % of Priority in custody, within 4 points', () => {
    expect(Math.abs(share(priority.filter(isInside).length, priority.length) - 155 / 270)).toBeLessThan(0.04);
  });

  it('has about 81 % of Priority in the community on an order or licence, within 8 points', () => {
    const community = priority.filter((facts) => !isInside(facts));
    const statutory = community.filter((facts) => {
      const last = of(
        facts,
        'probation.order.started',
        'probation.order.terminated',
        'probation.licence.activated',
        'probation.licence.varied',
        'probation.licence.ended',
      ).at(-1);
      return last !== undefined && !/(terminated|ended)$/.test(last.type);
    });
    expect(Math.abs(share(statutory.length, community.length) - 93 / 115)).toBeLessThan(0.08);
  });

  it('has the published prevalence of needs at first assessment, within 6 points, and mean scores within 0.6', () => {
    const published = {
      accommodation: [47, 5.51],
      'education-training-employment': [46, 5.54],
      health: [13, 5.62],
      'drugs-alcohol': [61, 5.82],
      'finance-benefit-debt': [57, 6.09],
      'children-families': [34, 5.5],
      'attitudes-thinking-behaviour': [67, 6.82],
    } as const;
    const first = people.flatMap((facts) => of(facts, 'hub.needs.assessed').slice(0, 1));
    const needs = first.flatMap(({ data }) => data['pathways'] as { pathway: string; score?: number }[]);
    expect(first.length).toBeGreaterThan(370);
    for (const [pathway, [identified, mean]] of Object.entries(published)) {
      const scores = needs.flatMap((need) => (need.pathway === pathway ? (need.score ?? []) : []));
      expect(Math.abs(share(scores.length, first.length) - identified / 67)).toBeLessThan(0.06);
      expect(Math.abs(scores.reduce((sum, score) => sum + score, 0) / scores.length - mean)).toBeLessThan(
        0.6,
      );
    }
  });

  it('has consent from about half of those in treatment, and withdrawals by a few', () => {
    const treated = people.filter((facts) => of(facts, 'treatment.started').length > 0);
    const consenting = people.filter((facts) => of(facts, 'hub.consent.given').length > 0).length;
    const withdrawn = people.filter((facts) => of(facts, 'hub.consent.withdrawn').length > 0).length;
    expect(Math.abs(share(consenting, treated.length) - 0.5)).toBeLessThan(0.12);
    expect(withdrawn).toBeGreaterThan(2);
    expect(withdrawn).toBeLessThan(consenting / 3);
  });

  it('names the MAPPA category of those at a MAPPA level, and of them alone (R40)', () => {
    const decisions = people.flatMap((facts) => of(facts, 'hub.management.decided'));
    const inMappa = decisions.filter(({ data }) => String(data['levels']).includes('MAPPA'));
    expect(inMappa.length).toBeGreaterThan(10);
    expect(inMappa.every(({ data }) => data['mappaCategory'] === 2 || data['mappaCategory'] === 3)).toBe(
      true,
    );
    expect(decisions.filter(({ data }) => 'mappaCategory' in data).length).toBe(inMappa.length);
  });

  it('has the published share of Priority in the community under statutory management, within 4 points', () => {
    const community = priority.filter((facts) => !isInside(facts));
    const management = (facts: readonly Fact[]): unknown =>
      of(facts, 'hub.management.decided').at(-1)?.data['management'];
    const statutory = community.filter((facts) => management(facts) === 'statutory');
    expect(Math.abs(share(statutory.length, community.length) - 93 / 115)).toBeLessThan(0.04);
    expect(new Set(people.map(management))).toEqual(new Set(['statutory', 'voluntary']));
  });

  it('has a few cases of limited access, and a reporting restriction for every child and a few others', () => {
    const marked = people.filter((facts) => of(facts, 'probation.lao.set').length > 0);
    expect(share(marked.length, people.length)).toBeGreaterThan(0.01);
    expect(share(marked.length, people.length)).toBeLessThan(0.06);
    const restricted = people.filter((facts) => of(facts, 'court.reportingRestriction.imposed').length > 0);
    const children = people.filter((facts) => of(facts, 'youth.case.opened').length > 0);
    expect(children.length).toBeGreaterThan(5);
    expect(children.filter((facts) => !restricted.includes(facts)).length).toBeLessThan(3);
    expect(restricted.length - children.length).toBeGreaterThan(0);
    expect(share(restricted.length, people.length)).toBeLessThan(0.06);
  });

  it('has lead professionals under the names that tokens of their agency bear', () => {
    const leads = people.flatMap((facts) => of(facts, 'hub.leadProfessional.appointed'));
    const users = leads.map(({ data }) => data['user']);
    expect(users).toContain('probation-practitioner');
    for (const { data } of leads)
      expect(data['user']).toMatch(new RegExp(`^${String(data['agency'])}-practitioner(-[2-9])?$`));
  });

  it('has nobody under 18 at Priority, and all three cohorts', () => {
    for (const facts of priority) {
      const born =
        facts.map(({ data }) => data['dateOfBirth']).find((date) => typeof date === 'string') ?? '';
      const decided = of(facts, 'hub.management.decided').find(({ data }) =>
        (data['levels'] as string[]).includes('Priority'),
      );
      expect(Number(decided?.time.slice(0, 4)) - Number(born.slice(0, 4))).toBeGreaterThanOrEqual(18);
    }
    const cohorts = people.flatMap((facts) =>
      of(facts, 'hub.cohort.selected').map(({ data }) => data['cohort']),
    );
    expect([...new Set(cohorts)].sort()).toEqual(['Fixed', 'Flex', 'Free']);
  });
});
