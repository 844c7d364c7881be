import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { documentHash } from '../../../libs/adapters/agreement-document/agreement-document.js';
import { type Caller } from '../../../libs/adapters/caller/caller.js';
import { agencies } from '../../../libs/contract/agency.js';
import { isFailure } from '../../../libs/contract/failure.js';
import { type AgreementDocument } from '../../../libs/domain/agreement/document.js';
import { startOf } from '../../../libs/domain/agreement/decide.js';
import { agreementOf } from '../../../libs/testing/agreements.js';
import { openWorld, type World } from '../../../libs/testing/world.js';
import { openFence } from '../fence.js';
import { type Agreements, openAgreements } from './agreements.js';

const parties = agencies.map(({ id }) => id).filter((id) => id !== 'auditor');
const reference = 'everyone';
const document = agreementOf({
  reference,
  clauses: [
    {
      id: 'arrests',
      publishers: ['police'],
      recipients: parties.filter((id) => id !== 'police'),
      purposes: ['supervision'],
      types: ['police.arrest.recorded'],
      fields: { clear: ['name'] },
    },
  ],
});
const now = startOf('2025-03-01');
const caller = (agency: string, roles: Caller['roles'] = ['signatory']): Caller => ({
  agency,
  user: `somebody of ${agency}`,
  roles,
  purposes: ['governance'],
  expires: now + 3_600_000,
});

async function refusal(outcome: Promise<unknown>): Promise<string> {
  const error: unknown = await outcome.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isFailure(error)) throw new Error('this was not refused');
  return `${error.kind} ${error.code}: ${error.message}`;
}

describe('the agreements of the hub', () => {
  let world: World;
  let agreements: Agreements;
  const open = (): Promise<Agreements> => openAgreements(world.log, () => now, openFence(0));
  const propose = (by = 'police', what: AgreementDocument = document): Promise<unknown> =>
    agreements.propose(caller(by), JSON.stringify(what));
  const sign = (by: string, version = 1): Promise<void> =>
    agreements.sign(caller(by), reference, version, documentHash({ ...document, version }));

  /** The fold in memory is that of the log, whatever ran at once. */
  async function expectSameWhenReopened(): Promise<void> {
    const reopened = await open();
    expect(agreements.register()).toEqual(reopened.register());
    expect(agreements.position()).toBe(reopened.position());
  }

  beforeEach(async () => {
    world = await openWorld();
    agreements = await open();
  });
  afterEach(() => world.close());

  it('take the signatures of all parties at once, each once', async () => {
    await propose();
    await Promise.all(parties.map((party) => sign(party)));
    const [version] = agreements.register().agreements.get(reference) ?? [];
    expect(version?.signatures.map(({ party }) => party).sort()).toEqual([...parties].sort());
    expect(version?.status).toBe('in-force');
    expect(version?.force).toEqual([{ from: now, to: null }]);
    await expectSameWhenReopened();
  });

  it('take one of two proposals of the same version', async () => {
    const outcomes = await Promise.allSettled([propose('police'), propose('housing')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(agreements.register().agreements.get(reference)).toHaveLength(1);
    await expectSameWhenReopened();
  });

  it('take what different agreements are asked at once', async () => {
    const others = ['first', 'second', 'third'].map((each) => ({ ...document, reference: each }));
    await Promise.all(others.map((each) => propose('police', each)));
    expect([...agreements.register().agreements.values()].map(({ length }) => length)).toEqual([1, 1, 1]);
    await expectSameWhenReopened();
  });

  it('come into force once, however often time is asked at once', async () => {
    await propose();
    await Promise.all([...parties.map((party) => sign(party)), ...parties.map(() => agreements.elapse())]);
    expect(agreements.register().agreements.get(reference)?.[0]?.force).toHaveLength(1);
    await expectSameWhenReopened();
  });

  describe('cannot be probed', () => {
    const reason = 'for the test';
    const all = (by: Caller, named: string, version = 1): readonly Promise<unknown>[] => [
      agreements.sign(by, named, version, 'any'),
      ...(['suspend', 'resume', 'terminate'] as const).map((type) =>
        agreements.change(by, type, { reference: named, version, reason }),
      ),
    ];
    const refusals = (...asked: Parameters<typeof all>): Promise<readonly string[]> =>
      Promise.all(all(...asked).map(refusal));

    it('by another role: the role is asked first', async () => {
      await propose();
      const practitioner = caller('police', ['practitioner']);
      const unknown = await refusals(practitioner, 'unheard-of');
      expect(unknown).toEqual(await refusals(practitioner, reference));
      expect(new Set(unknown)).toEqual(new Set(['forbidden not-a-signatory: this needs the role signatory']));
      expect(await refusal(agreements.propose(practitioner, 'no agreement'))).toBe(unknown[0]);
      expect(
        await refusal(agreements.change(practitioner, 'suspend', { reference, version: 1, reason: '' })),
      ).toBe(unknown[0]);
    });

    it('by a signatory who is not a party', async () => {
      await propose();
      const unknown = await refusals(caller('auditor'), 'unheard-of');
      expect(await refusals(caller('auditor'), reference)).toEqual(unknown);
      expect(await refusals(caller('auditor'), reference, 7)).toEqual(unknown);
      expect(new Set(unknown).size).toBe(1);
      expect(unknown[0]).toMatch(/^forbidden not-a-party: /);
    });
  });
});
