import { describe, expect, it } from '@jest/globals';
import { type SensitivityClass } from '../../contract/catalogue/entry.js';
import {
  type DataProtectionEvent,
  evolve,
  type Protection,
  restrictedIn,
  type Reviewed,
  UNPROTECTED,
} from './data-protection.js';
import { type DataProtectionCommand, decide } from './decide.js';
import { type Holding } from './holding.js';

const at = Date.parse('2026-03-01T12:00:00Z');
const hub = { agency: 'hub', user: 'head' };
const police = { agency: 'police', user: 'inspector' };
const housing = { agency: 'housing', user: 'officer' };
const arrest = { position: 7, publisher: 'police', publication: '/police 1' };
const placement = { position: 9, publisher: 'housing', publication: '/housing 1' };

const holding: Holding = {
  offender: 'P1',
  facts: 2,
  newest: new Map<string, ReadonlyMap<SensitivityClass, number>>([
    ['police', new Map([['PERS' as const, Date.parse('2000-01-01')]])],
    ['housing', new Map([['LOC' as const, Date.parse('2000-01-01')]])],
  ]),
  lastReceived: Date.parse('2001-01-01'),
  born: [],
  isMappa: false,
  deselected: null,
  orderEnded: null,
};

const step = (by = hub) => ({ id: 'one', by, at });
const after = (...events: readonly DataProtectionEvent[]): Protection => events.reduce(evolve, UNPROTECTED);
const given =
  (...events: readonly DataProtectionEvent[]) =>
  (command: DataProtectionCommand, held: Holding = holding) =>
    decide({ holding: held, protection: after(...events) }, command);
const refused = (code: string) => expect.objectContaining({ code });

const placed: DataProtectionEvent = {
  type: 'hold.placed',
  offender: 'P1',
  ...step(police),
  ground: 'legal-proceedings',
  requirement: 'DPA 2018 s.47(2), R18',
};
const reviewed: Reviewed = {
  type: 'retention.reviewed',
  offender: 'P1',
  ...step({ agency: 'hub', user: 'reviewer' }),
  outcome: 'erase',
  group: null,
  nextReview: null,
};
const erase = (by = hub): DataProtectionCommand => ({
  type: 'erase',
  ...step(by),
  ground: 'retention-ended',
  quarantined: ['q1'],
});

describe('what may be done about the data of a person', () => {
  it('answers an agency that published nothing as if nobody were there', () => {
    const command = {
      type: 'place-hold',
      ...step({ agency: 'vcse', user: 'x' }),
      ground: 'legal-proceedings',
    } as const;
    expect(() => given()(command)).toThrow(refused('no-such-person'));
  });

  it('places holds, which only their agency or the hub team lifts', () => {
    expect(given()({ type: 'place-hold', ...step(police), ground: 'legal-proceedings' })).toEqual(placed);
    expect(() => given(placed)({ type: 'lift-hold', ...step(housing) })).toThrow(refused('no-such-step'));
    for (const by of [police, hub])
      expect(after(placed, given(placed)({ type: 'lift-hold', ...step(by) })).holds).toEqual([]);
  });

  it("restricts an agency's own facts, and for the hub team the whole person", () => {
    const own = given()({ type: 'restrict', ...step(police), ground: 'accuracy-contested', facts: [arrest] });
    expect(own).toMatchObject({ facts: [7], publications: ['/police 1'] });
    expect(restrictedIn(after(own))).toEqual(['/police 1']);
    const whole = given()({ type: 'restrict', ...step(), ground: 'needed-as-evidence', facts: undefined });
    expect('facts' in whole).toBe(false);
    expect(restrictedIn(after(own, whole))).toBe('all');
    for (const facts of [undefined, [arrest, placement]])
      expect(() =>
        given()({ type: 'restrict', ...step(police), ground: 'needed-as-evidence', facts }),
      ).toThrow(refused('not-your-facts'));
  });

  it('lifts a restriction only after the person was told (R20)', () => {
    const restricted = given()({
      type: 'restrict',
      ...step(),
      ground: 'needed-as-evidence',
      facts: undefined,
    });
    const lift = (subjectInformed: string) =>
      given(restricted)({ type: 'lift-restriction', ...step(), subjectInformed });
    expect(() => lift('2026-03-02')).toThrow(refused('subject-informed'));
    expect(() => lift('soon')).toThrow(refused('date'));
    expect(restrictedIn(after(restricted, lift('2026-02-27')))).toEqual([]);
  });

  it('asks of a review when the next one is, unless the data go', () => {
    const review = (outcome: 'keep' | 'erase', nextReview: string | null, by = hub) =>
      given()({ type: 'review', ...step(by), outcome, group: null, nextReview });
    expect(review('keep', '2030-01-01')).toMatchObject({ type: 'retention.reviewed', outcome: 'keep' });
    for (const wrong of [
      () => review('keep', null),
      () => review('keep', '2026-01-01'),
      () => review('erase', '2030-01-01'),
    ])
      expect(wrong).toThrow(refused('next-review'));
    expect(() => review('erase', null, police)).toThrow(refused('not-the-hub'));
  });

  it('lets whoever published the facts decide a request to put them right, once', () => {
    const requested = given()({ type: 'request-rectification', ...step(housing), facts: [arrest] });
    expect(requested).toMatchObject({ facts: [7], publishers: ['police'] });
    const answer = (by: typeof hub) =>
      ({ type: 'decide-rectification', ...step(by), outcome: 'corrected' }) as const;
    expect(() => given(requested)(answer(housing))).toThrow(refused('no-such-request'));
    const decided = given(requested)(answer(police));
    expect(after(requested, decided).rectifications[0]?.decided?.outcome).toBe('corrected');
    expect(() => given(requested, decided)(answer(police))).toThrow(refused('decided'));
  });

  it('erases what no rule asks to keep, by the hub team', () => {
    expect(given()(erase())).toMatchObject({
      type: 'erasure.made',
      offender: 'P1',
      ground: 'retention-ended',
      counts: { facts: 2, quarantined: 1 },
      quarantined: ['q1'],
    });
    expect(() => given()(erase(police))).toThrow(refused('not-the-hub'));
  });

  it('does not erase while a hold stands, while a rule runs, or twice', () => {
    expect(() => given(placed)(erase())).toThrow(refused('held'));
    const recent = new Map([['housing', new Map([['LOC' as const, Date.parse('2025-01-01')]])]]);
    expect(() => given()(erase(), { ...holding, newest: recent })).toThrow(refused('retention-runs'));
    expect(() => given(given()(erase()))(erase())).toThrow(refused('erased'));
  });

  it('erases whoever a rule has reviewed first only after that, and not by the reviewer', () => {
    const mappa = { ...holding, isMappa: true };
    expect(() => given()(erase(), mappa)).toThrow(refused('review-first'));
    expect(() => given({ ...reviewed, outcome: 'keep', nextReview: '2030-01-01' })(erase(), mappa)).toThrow(
      refused('review-first'),
    );
    expect(given(reviewed)(erase(), mappa).type).toBe('erasure.made');
    expect(() => given(reviewed)(erase({ agency: 'hub', user: 'reviewer' }), mappa)).toThrow(
      refused('own-review'),
    );
    expect(() => given(reviewed)(erase(), { ...mappa, lastReceived: at + 1 })).toThrow(
      refused('review-first'),
    );
  });
});
