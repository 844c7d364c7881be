import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type AgreementDocument } from '../../domain/agreement/document.js';
import { agreementOf, type ShortClause } from '../../testing/agreements.js';
import { sampleData } from '../../testing/samples.js';
import {
  cameIntoForce,
  changed,
  openWorld,
  recordAgreement,
  recordFact,
  type World,
} from '../../testing/world.js';
import { whatIf, type WhatIfQuestion } from './what-if.js';

const [sam, nadia] = ['P0000000001A', 'P0000000002B'];
const ARRESTS = 'police.arrest.recorded';

const arrests: ShortClause = {
  id: 'arrests',
  publishers: ['police'],
  recipients: ['probation', 'housing'],
  purposes: ['resettlement'],
  types: [ARRESTS],
  fields: { clear: ['pnc', 'dateOfBirth', 'address'] },
  reach: 'history',
};
const agreed = (change: Partial<ShortClause> = {}, version = 1): AgreementDocument =>
  agreementOf({ reference: 'arrests', version, expires: '2027-01-01', clauses: [{ ...arrests, ...change }] });

let world: World;
beforeEach(async () => void (world = await openWorld()));
afterEach(() => world.close());

const arrest = (offender: string, received = 1000, more: object = {}): Promise<string> =>
  recordFact(world, {
    offender,
    publisher: 'police',
    type: ARRESTS,
    data: sampleData[ARRESTS] ?? {},
    received,
    ...more,
  });

const ask = (draft: AgreementDocument, more: Partial<WhatIfQuestion> = {}) =>
  whatIf(world.log, { draft, since: null, asOf: null, ...more });

/** What would change, one line for each field. */
async function sights(
  draft: AgreementDocument,
  more: Partial<WhatIfQuestion> = {},
): Promise<readonly string[]> {
  const told = await ask(draft, more);
  return told.sights.map(
    ({ recipient, field, gain, before, after, audience, facts, people }) =>
      `${recipient} ${field} ${gain} ${before}>${after} ${audience} ${facts}/${people}`,
  );
}

describe('what if', () => {
  beforeEach(async () => {
    await recordAgreement(world.log, ...cameIntoForce(agreed(), 10));
    await arrest(sam);
    await arrest(sam);
    await arrest(nadia);
  });

  it('the agreement were what it is: nothing', async () => {
    const { sights, agencies, facts, replaces } = await ask(agreed({}, 2));
    expect([sights, agencies, facts, replaces]).toEqual([[], [], 3, 1]);
  });

  it('one field were masked: exactly that field, for all to whom it was clear', async () => {
    const draft = agreed({ fields: { clear: ['pnc', 'address'], mask: ['dateOfBirth'] } }, 2);
    expect(await sights(draft)).toEqual([
      'housing dateOfBirth changed clear>mask anybody 3/2',
      'probation dateOfBirth changed clear>mask anybody 3/2',
    ]);
  });

  it('one field were shared more and another no more: counts of facts and of people, by agency', async () => {
    const draft = agreed(
      { fields: { clear: ['pnc', 'dateOfBirth', 'arrestedAt'] }, recipients: ['housing'] },
      2,
    );
    const { agencies } = await ask(draft);
    const [none, all] = [
      { facts: 0, people: 0 },
      { facts: 3, people: 2 },
    ];
    expect(agencies).toEqual([
      { recipient: 'housing', gained: all, lost: all, changed: none },
      { recipient: 'probation', gained: none, lost: all, changed: none },
    ]);
  });

  it('a field that no fact holds were shared: nothing', async () => {
    const without = Object.fromEntries(
      Object.entries(sampleData[ARRESTS] ?? {}).filter(([name]) => name !== 'address'),
    );
    await recordFact(world, { offender: nadia, publisher: 'police', type: ARRESTS, data: without });
    const draft = agreed({ fields: { clear: ['pnc', 'dateOfBirth'] } }, 2);
    const lost = (await ask(draft)).sights.filter(({ recipient }) => recipient === 'housing');
    expect(lost.length).toBeGreaterThan(0);
    expect(lost.every(({ field, facts }) => field.startsWith('address') && facts === 3)).toBe(true);
  });

  it('a condition were needed: people are judged as they are in the end', async () => {
    const draft = agreed({ conditions: { cohort: ['Fixed'] } }, 2);
    expect((await ask(draft)).agencies.map(({ lost }) => lost.people)).toEqual([2, 2]);
    const data = { ...sampleData['hub.cohort.selected'], cohort: 'Fixed' };
    await recordFact(world, { offender: sam, publisher: 'hub', type: 'hub.cohort.selected', data });
    expect((await ask(draft)).agencies.map(({ lost }) => lost)).toEqual([
      { facts: 1, people: 1 },
      { facts: 1, people: 1 },
    ]);
  });

  it('only some of an agency were to see it: the others lose it', async () => {
    const draft = agreed({ recipients: ['housing'], conditions: { role: ['coordinator'] } }, 2);
    const { sights } = await ask(draft);
    const audiences = sights
      .filter(({ recipient }) => recipient === 'housing')
      .map(({ audience }) => audience);
    expect([...new Set(audiences)]).toEqual(['not coordinator']);
  });

  it('it were for those responsible for a case: nobody is, so everybody loses it', async () => {
    const draft = agreed({ recipients: ['housing'], conditions: { responsibility: 'case' } }, 2);
    const { sights } = await ask(draft);
    expect(new Set(sights.map(({ audience }) => audience))).toEqual(new Set(['anybody']));
  });

  it('does not count a retraction, nor what a suspension hides anyway', async () => {
    await arrest(nadia, 1000, { retracts: await arrest(nadia) });
    const draft = agreed({ recipients: ['housing'] }, 2);
    expect((await ask(draft)).agencies).toMatchObject([{ lost: { facts: 4, people: 2 } }]);
    await recordAgreement(world.log, changed(agreed(), 'agreement.suspended', 2000));
    expect((await ask(draft)).agencies).toEqual([]);
  });

  it('other agreements show a field as well: only what they do not show is lost', async () => {
    const beside = agreementOf({
      reference: 'beside',
      clauses: [
        { ...arrests, recipients: ['housing'], fields: { clear: ['pnc', 'address'], mask: ['dateOfBirth'] } },
      ],
      expires: '2027-01-01',
    });
    await recordAgreement(world.log, ...cameIntoForce(beside, 20));
    expect(await sights(agreed({ recipients: ['probation'] }, 2))).toEqual([
      'housing dateOfBirth changed clear>mask anybody 3/2',
    ]);
  });

  it('is asked of a moment: later facts and agreements are left out', async () => {
    await recordAgreement(world.log, ...cameIntoForce(agreed({ fields: { clear: ['pnc'] } }, 2), 3000));
    await arrest(nadia, 4000);
    const draft = agreed({ fields: { clear: ['pnc'] } }, 3);
    expect(await ask(draft)).toMatchObject({ sights: [], at: 4000, facts: 4, replaces: 2 });
    const earlier = await ask(draft, { asOf: 2000 });
    expect(earlier).toMatchObject({ at: 2000, facts: 3, replaces: 1 });
    expect(earlier.agencies).toMatchObject([{ lost: { facts: 3 } }, { lost: { facts: 3 } }]);
  });
});

describe('when the draft came into force', () => {
  const prospective = agreed({ recipients: ['housing'], reach: 'prospective' });
  const gained = async (since: number | null) =>
    (await ask(prospective, { since })).agencies.map((each) => each.gained.facts);

  beforeEach(async () => {
    for (const received of [1000, 2000, 3000]) await arrest(sam, received);
  });

  it('is the beginning, for an agreement that there never was', async () => {
    expect(await gained(null)).toEqual([3]);
  });

  it('is when somebody says', async () => {
    expect([await gained(2000), await gained(2001), await gained(9999)]).toEqual([[2], [1], []]);
  });

  it('is when the version in force did that it stands in for', async () => {
    await recordAgreement(world.log, ...cameIntoForce(agreed({ recipients: ['probation'] }), 1500));
    expect(await gained(null)).toEqual([2, 0]);
    expect(await gained(0)).toEqual([3, 0]);
  });
});

it('is the same whoever asks again, and tells how far it has come', async () => {
  await recordAgreement(world.log, ...cameIntoForce(agreed(), 10));
  await Promise.all(Array.from({ length: 600 }, (_, index) => arrest(index % 2 === 0 ? sam : nadia)));
  const head = await world.log.head();
  const heard: (readonly [number, number])[] = [];
  const draft = agreed({ fields: { mask: ['class:PERS'] } }, 2);
  const question = { draft, since: null, asOf: null };
  const first = await whatIf(world.log, question, (done, total) => void heard.push([done, total]));
  expect(await whatIf(world.log, question)).toEqual(first);
  expect(heard.length).toBeGreaterThan(1);
  expect(heard.every(([done, total]) => done <= total && total === 2 * head)).toBe(true);
});
