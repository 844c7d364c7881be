import { describe, expect, it } from '@jest/globals';
import { refused, specifying } from '../../testing/given.js';
import { type CauseKind } from './cause.js';
import {
  type Acknowledged,
  type Correction,
  type CorrectionEvent,
  type CorrectionOpened,
  evolve,
} from './correction.js';
import { acknowledge, type Acknowledgement, elapse, notify, open } from './decide.js';
import { type Asker, mayKnow } from './sight.js';

const DAY = 86_400_000;
const MONDAY = Date.parse('2026-11-16T09:00:00Z');
const identify = (cause: string, recipient: string): string => `${cause}/${recipient}`;

const opened = (
  changed: Partial<CorrectionOpened> = {},
  kind: CauseKind = 'corrected',
): CorrectionOpened => ({
  type: 'correction.opened',
  id: 'later/probation',
  cause: { kind, event: 'later', position: 50, emergency: null, at: MONDAY },
  offender: 'P1',
  recipient: 'probation',
  passedOn: null,
  publishers: ['police'],
  shown: [
    {
      position: 7,
      type: 'police.arrest.recorded',
      fields: ['pnc'],
      clauses: ['core/1#a'],
      disclosures: [20],
    },
  ],
  users: ['anna'],
  due: MONDAY + 3 * DAY,
  rule: 1,
  at: MONDAY,
  ...changed,
});
const onwardOpened = (
  recipient: string,
  by: string,
  correction: string,
  isOutside = false,
): CorrectionOpened => ({
  ...opened(),
  type: 'correction.onwardOpened',
  id: isOutside ? `later/outside ${by} ${recipient.toLowerCase()}` : `later/${recipient}`,
  recipient,
  passedOn: { by, correction, when: '2026-11-10', isOutside },
  shown: [{ position: 7, type: 'police.arrest.recorded', fields: ['pnc'], clauses: [], disclosures: [] }],
  users: [],
});

const coordinator = (agency: string, user = 'lead'): Asker => ({ agency, user, roles: ['coordinator'] });
const anna: Asker = { agency: 'probation', user: 'anna', roles: ['practitioner'] };
const by = { agency: 'probation', user: 'lead' };

const answer = (changed: Partial<Acknowledgement> = {}): Acknowledgement => ({
  id: 'later/probation',
  by: coordinator('probation'),
  action: 'corrected',
  reason: 'our record was changed',
  onward: [],
  at: MONDAY,
  ...changed,
});
const answered = (changed: Partial<Acknowledged> = {}): Acknowledged => ({
  type: 'correction.acknowledged',
  id: 'later/probation',
  by,
  action: 'corrected',
  reason: 'our record was changed',
  onward: [],
  at: MONDAY,
  ...changed,
});

const fold = (events: readonly CorrectionEvent[]): ReadonlyMap<string, Correction> => {
  const all = new Map<string, Correction>();
  for (const event of events) {
    const after = evolve(all.get(event.id), event);
    if (after !== undefined) all.set(event.id, after);
  }
  return all;
};
const one = (events: readonly CorrectionEvent[]): Correction | undefined =>
  fold(events).get('later/probation');

describe('opening', () => {
  const given = specifying((events: readonly CorrectionEvent[], opening: CorrectionOpened) =>
    open(one(events), opening),
  );

  it('happens once, however often it is worked out', () => {
    given([]).when(opened()).then([opened()]);
    given([opened()]).when(opened()).then([]);
    given([opened(), answered()]).when(opened()).then([]);
  });

  const late = opened({
    shown: [
      {
        position: 7,
        type: 'police.arrest.recorded',
        fields: ['name'],
        clauses: ['core/1#a'],
        disclosures: [51],
      },
    ],
    users: ['ben'],
    at: MONDAY + DAY,
    due: MONDAY + 4 * DAY,
  });
  const { publishers, shown, users, due, rule, at } = late;
  const extended = {
    type: 'correction.extended',
    id: late.id,
    publishers,
    shown,
    users,
    due,
    rule,
    at,
  } as const;

  it('takes in an answer that was on its way', () => {
    given([opened()]).when(late).then([extended]);
    given([opened(), extended]).when(late).then([]);
    expect(one([opened(), extended])).toMatchObject({
      shown: [{ position: 7, fields: ['name', 'pnc'], disclosures: [20, 51] }],
      users: ['anna', 'ben'],
      due: MONDAY + 3 * DAY,
    });
  });

  it('makes what was answered before that be answered again', () => {
    expect(one([opened(), answered(), extended])).toMatchObject({
      acknowledged: null,
      notified: null,
      overdue: null,
      due: MONDAY + 4 * DAY,
    });
  });
});

describe('telling', () => {
  const given = specifying((events: readonly CorrectionEvent[], agency: string) =>
    notify(one(events), { agency, user: 'lead' }, MONDAY + DAY),
  );
  const notified = { type: 'correction.notified', id: 'later/probation', by, at: MONDAY + DAY } as const;

  it('is noted once, for whoever must answer', () => {
    given([opened()]).when('probation').then([notified]);
    given([opened(), notified]).when('probation').then([]);
    given([opened()]).when('police').then([]);
    given([]).when('probation').then([]);
  });
});

describe('time', () => {
  const given = specifying((events: readonly CorrectionEvent[], at: number) => elapse(one(events), at));
  const overdue = { type: 'correction.overdue', id: 'later/probation', due: MONDAY + 3 * DAY } as const;

  it('makes what nobody answered overdue, from its deadline on, once', () => {
    const at = MONDAY + 3 * DAY;
    given([opened()])
      .when(at - 1)
      .then([]);
    given([opened()])
      .when(at)
      .then([{ ...overdue, at }]);
    given([opened(), { ...overdue, at }])
      .when(at + DAY)
      .then([]);
    given([opened(), answered()])
      .when(at + DAY)
      .then([]);
  });
});

describe('answering', () => {
  const given = specifying((events: readonly CorrectionEvent[], command: Acknowledgement) => {
    const all = fold(events);
    return acknowledge((id) => all.get(id), identify, command);
  });

  it('is for those who lead the agency, and for a practitioner who was shown it', () => {
    given([opened()]).when(answer()).then([answered()]);
    given([opened()])
      .when(answer({ by: anna }))
      .then([answered({ by: { agency: 'probation', user: 'anna' } })]);
  });

  it.each([
    ['a practitioner who was not', { ...anna, user: 'ben' }],
    ['whoever published it', coordinator('police')],
    ['a namesake elsewhere', { ...anna, agency: 'housing' }],
    ['an auditor', { agency: 'auditor', user: 'auditor', roles: ['auditor'] }],
  ])('is refused to %s, in the same words as when there is none', (_, asker: Asker) => {
    const refusal = refused('forbidden', 'no-such-correction');
    given([opened()])
      .when(answer({ by: asker }))
      .then(refusal);
    given([])
      .when(answer({ by: asker }))
      .then(refusal);
  });

  it('happens once', () => {
    given([opened(), answered()]).when(answer()).then(refused('conflict', 'correction-acknowledged'));
  });

  it.each([
    ['corrected', ['corrected', 'erased', 'restricted', 'none-held']],
    ['retracted', ['corrected', 'erased', 'restricted', 'none-held']],
    ['erased', ['erased', 'restricted', 'none-held']],
    ['restricted', ['erased', 'restricted', 'none-held']],
    ['unlawful', ['erased', 'restricted', 'none-held']],
  ] as const)('of what was %s must be by doing the same', (kind, actions) => {
    for (const action of ['corrected', 'erased', 'restricted', 'none-held', 'told'] as const) {
      const fits = actions.some((each) => each === action);
      given([opened({}, kind)])
        .when(answer({ action }))
        .then(fits ? [answered({ action })] : refused('invalid', 'correction-action'));
    }
  });

  const toHousing = { recipient: 'housing', isOutside: false, when: '2026-11-10' };
  const toShelter = { recipient: 'Night Shelter', isOutside: true, when: '2026-11-10' };

  it('opens an obligation for each to whom it was passed on', () => {
    const onward = [toHousing, toShelter];
    given([opened()])
      .when(answer({ onward }))
      .then([
        answered({ onward }),
        onwardOpened('housing', 'probation', 'later/probation'),
        onwardOpened('Night Shelter', 'probation', 'later/probation', true),
      ]);
  });

  it('opens none twice: not for a recipient that has one, not for one named twice, not in a circle', () => {
    const onward = [toHousing, toHousing];
    given([opened(), opened({ id: 'later/housing', recipient: 'housing' })])
      .when(answer({ onward }))
      .then([answered({ onward })]);
    given([opened()])
      .when(answer({ onward }))
      .then([answered({ onward }), onwardOpened('housing', 'probation', 'later/probation')]);
    const back = [{ ...toHousing, recipient: 'probation' }];
    given([opened(), onwardOpened('housing', 'probation', 'later/probation')])
      .when(answer({ id: 'later/housing', by: coordinator('housing'), onward: back }))
      .then([answered({ id: 'later/housing', by: { agency: 'housing', user: 'lead' }, onward: back })]);
  });

  it('opens none for whose facts they are', () => {
    const onward = [{ ...toHousing, recipient: 'police' }];
    given([opened()])
      .when(answer({ onward }))
      .then([answered({ onward })]);
  });

  it.each([
    ['its own agency', { ...toHousing, recipient: 'probation' }],
    ['nobody', { ...toShelter, recipient: ' ' }],
    ['a day to come', { ...toHousing, when: '2026-11-17' }],
    ['what is no day', { ...toHousing, when: '2026-02-30' }],
    ['a moment', { ...toHousing, when: '2026-11-10T10:00:00Z' }],
  ])('cannot name %s', (_, each) => {
    given([opened()])
      .when(answer({ onward: [each] }))
      .then(refused('invalid', 'correction-onward'));
  });

  it('for a recipient outside is that it was told, by whoever passed it on', () => {
    const outside = onwardOpened('Night Shelter', 'probation', 'later/probation', true);
    const { id } = outside;
    given([outside])
      .when(answer({ id, action: 'told' }))
      .then([answered({ id, action: 'told' })]);
    given([outside])
      .when(answer({ id, action: 'erased' }))
      .then(refused('invalid', 'correction-action'));
    given([outside])
      .when(answer({ id, action: 'told', by: coordinator('Night Shelter') }))
      .then(refused('forbidden', 'no-such-correction'));
    given([outside])
      .when(answer({ id, action: 'told', by: anna }))
      .then(refused('forbidden', 'no-such-correction'));
  });
});

describe('knowing of it', () => {
  const direct = one([opened()]);
  const onward = fold([onwardOpened('housing', 'probation', 'later/probation')]).get('later/housing');
  const knows = (correction: Correction | undefined, asker: Asker): boolean =>
    correction !== undefined && mayKnow(correction, asker);

  it('is for the recipient, the publisher, whoever passed it on, and auditors', () => {
    for (const agency of ['probation', 'police']) expect(knows(direct, coordinator(agency))).toBe(true);
    for (const agency of ['housing', 'hub', 'auditor'])
      expect(knows(direct, coordinator(agency))).toBe(false);
    for (const agency of ['housing', 'probation', 'police'])
      expect(knows(onward, coordinator(agency))).toBe(true);
    expect(knows(onward, coordinator('hub'))).toBe(false);
    expect(knows(direct, { agency: 'auditor', user: 'auditor', roles: ['auditor'] })).toBe(true);
    expect(knows(direct, { agency: 'housing', user: 'auditor', roles: ['auditor'] })).toBe(false);
  });

  it('is for the practitioners who were shown it, and for no colleague, system or namesake', () => {
    expect(knows(direct, anna)).toBe(true);
    expect(knows(direct, { ...anna, user: 'ben' })).toBe(false);
    expect(knows(direct, { ...anna, agency: 'police' })).toBe(false);
    expect(knows(direct, { ...anna, roles: ['publisher', 'operator'] })).toBe(false);
  });
});
