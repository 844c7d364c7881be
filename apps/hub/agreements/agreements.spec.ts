import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { documentHash } from '../../../libs/adapters/agreement-document/agreement-document.js';
import { signDocument } from '../../../libs/adapters/agreement-document/signature.js';
import { generateSigningKey } from '../../../libs/adapters/signature/ed25519.js';
import { type Caller } from '../../../libs/adapters/caller/caller.js';
import { agencies } from '../../../libs/contract/agency.js';
import { isFailure } from '../../../libs/contract/failure.js';
import { type AgreementDocument } from '../../../libs/domain/agreement/document.js';
import { startOf } from '../../../libs/domain/agreement/decide.js';
import { agreementOf } from '../../../libs/testing/agreements.js';
import { signingKeyFor } from '../../../libs/testing/signing-keys.js';
import { openWorld, type World } from '../../../libs/testing/world.js';
import { type Fence, openFence } from '../fence.js';
import { type Agreements, openAgreements, type SignRequest } from './agreements.js';

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
      gateway: 'Common law: explicit consent',
      conditions: { consent: true },
    },
  ],
});
const caller = (agency: string, roles: Caller['roles'] = ['signatory']): Caller => ({
  agency,
  user: `somebody of ${agency}`,
  roles,
  purposes: ['governance'],
  expires: Number.MAX_SAFE_INTEGER,
});

async function refusal(outcome: Promise<unknown>): Promise<string> {
  const error: unknown = await outcome.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isFailure(error)) throw new Error('this was not refused');
  return `${error.kind} ${error.code}: ${error.message}`;
}

const reason = 'for the test';

/** A signature as the party's signatory would send it. */
function signing(agency: string, changes: Partial<SignRequest> = {}, version = 1): SignRequest {
  const signed = { ...document, version };
  const { key, privateKeyPem } = signingKeyFor(agency);
  const signature = signDocument(signed, privateKeyPem);
  return { reference, version, hash: documentHash(signed), key, signature, reason, ...changes };
}

describe('the agreements of the hub', () => {
  let world: World;
  let agreements: Agreements;
  let fence: Fence;
  let now = startOf('2025-03-01');
  const open = (): Promise<Agreements> => openAgreements(world.log, () => now, fence);
  const propose = (by = 'police', what: AgreementDocument = document): Promise<unknown> =>
    agreements.propose(caller(by), JSON.stringify(what), reason);
  const sign = (by: string): Promise<void> => agreements.sign(caller(by), signing(by));
  const registerKeys = (): Promise<unknown> =>
    Promise.all(parties.map((by) => agreements.registerKey(caller(by), signingKeyFor(by).publicKey)));
  const change = (by: string, type: 'suspend' | 'withdraw'): Promise<void> =>
    agreements.change(caller(by), type, { reference, version: 1, reason });
  const first = () => agreements.register().agreements.get(reference)?.[0];

  /** The fold in memory is that of the log, whatever ran at once. */
  async function expectSameWhenReopened(): Promise<void> {
    const reopened = await open();
    expect(agreements.register()).toEqual(reopened.register());
    expect(agreements.position()).toBe(reopened.position());
  }

  beforeEach(async () => {
    now = startOf('2025-03-01');
    fence = openFence(0);
    world = await openWorld();
    agreements = await open();
    await registerKeys();
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

  it('take no proposal that could not be lawful, and say why; a draft need not be', async () => {
    const [clause] = document.clauses;
    const gateway = 'Offender Management Act 2007 s.14';
    const unlawful = JSON.stringify({ ...document, clauses: [{ ...clause, gateway }] });
    const refused: unknown = await agreements
      .propose(caller('police'), unlawful, reason)
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ kind: 'invalid', code: 'agreement-unlawful' });
    const faults = isFailure(refused) ? refused.errors : [];
    const told = faults.map(({ pointer, detail }) => `${pointer} ${detail}`).join('\n');
    expect(told).toMatch(/^\/clauses\/0\/gateway police to housing, .* \(R33\)$/m);
    await agreements.draft(caller('police'), unlawful, reason);
    expect(first()?.status).toBe('drafted');
    await propose();
    expect(first()).toMatchObject({ status: 'proposed', hash: documentHash(document) });
    await expectSameWhenReopened();
  });

  describe('take a signature only when it holds', () => {
    beforeEach(() => propose());
    const other = generateSigningKey();
    const overOther = signDocument({ ...document, title: 'x' }, signingKeyFor('housing').privateKeyPem);

    it.each([
      ['over another document', { signature: overOther }, 'conflict signature'],
      ['that is none', { signature: '' }, 'conflict signature'],
      ['by another agency’s key', { key: signingKeyFor('police').key }, 'forbidden key-unknown'],
      [
        'by another key than it says',
        { signature: signDocument(document, other.privateKeyPem) },
        'conflict signature',
      ],
      [
        'by a key that nobody registered',
        { key: other.key, signature: signDocument(document, other.privateKeyPem) },
        'forbidden key-unknown',
      ],
      ['of another hash', { hash: documentHash({ ...document, title: 'x' }) }, 'conflict agreement-hash'],
      ['without a reason', { reason: ' x ' }, 'invalid reason'],
    ])('refused: %s', async (_, changes, told) => {
      const head = await world.log.head();
      expect(await refusal(agreements.sign(caller('housing'), signing('housing', changes)))).toMatch(
        new RegExp(`^${told}: `),
      );
      expect(first()?.signatures).toEqual([]);
      expect(await world.log.head()).toBe(head);
    });

    it('refused: by a key that was revoked, while what it signed before stays signed', async () => {
      await sign('police');
      const { key } = signingKeyFor('police');
      await agreements.revokeKey(caller('police', ['signatory']), key, reason);
      await agreements.revokeKey(caller('housing'), signingKeyFor('housing').key, reason);
      expect(await refusal(sign('housing'))).toMatch(/^conflict key-revoked: /);
      expect(first()?.signatures.map(({ party }) => party)).toEqual(['police']);
      const next = generateSigningKey();
      const registered = await agreements.registerKey(caller('housing'), next.publicKey);
      expect(registered).toBe(next.key);
      const signature = signDocument(document, next.privateKeyPem);
      await agreements.sign(caller('housing'), signing('housing', { key: next.key, signature }));
      expect(first()?.signatures).toHaveLength(2);
      await expectSameWhenReopened();
    });

    it('refused: after a key that was revoked at the same time', async () => {
      const { key } = signingKeyFor('housing');
      const outcomes = await Promise.allSettled([
        agreements.revokeKey(caller('housing'), key, reason),
        sign('housing'),
      ]);
      const revoked = agreements.register().keys.get(key)?.revoked ?? null;
      expect(outcomes[0].status).toBe('fulfilled');
      expect(revoked).not.toBeNull();
      await expectSameWhenReopened();
    });
  });

  describe('keys', () => {
    it('are for signatories, of their own agency, and real', async () => {
      const { publicKey, key } = generateSigningKey();
      const practitioner = caller('police', ['practitioner']);
      expect(await refusal(agreements.registerKey(practitioner, publicKey))).toMatch(/not-a-signatory/);
      expect(await refusal(agreements.revokeKey(practitioner, key, reason))).toMatch(/not-a-signatory/);
      expect(await refusal(agreements.registerKey(caller('police'), 'AAAA'))).toMatch(/^invalid public-key/);
      expect(
        await refusal(agreements.revokeKey(caller('police'), signingKeyFor('housing').key, reason)),
      ).toMatch(/^forbidden key-unknown/);
      expect(
        await refusal(agreements.registerKey(caller('police'), signingKeyFor('housing').publicKey)),
      ).toMatch(/^conflict key-registered/);
    });
  });

  describe('time', () => {
    const days = async (): Promise<readonly string[]> => {
      const found: string[] = [];
      for await (const { type, metadata } of world.log.readAll(0))
        if (type === 'clock.dayBegan') found.push((JSON.parse(metadata) as { day: string }).day);
      return found;
    };

    it('begins a day when there is an agreement, and one a day', async () => {
      await agreements.elapse();
      expect(await days()).toEqual([]);
      expect(agreements.due()).toBe(Number.MAX_SAFE_INTEGER);
      await propose();
      expect(await days()).toEqual(['2025-03-01']);
      expect(agreements.due()).toBe(startOf('2025-03-02'));
      now = startOf('2025-03-04') + 1;
      await Promise.all([agreements.elapse(), agreements.elapse(), agreements.elapse()]);
      expect(await days()).toEqual(['2025-03-01', '2025-03-04']);
      expect(agreements.register().asOf).toBe(now);
      await expectSameWhenReopened();
    });

    it('never runs backwards in the log', async () => {
      await propose();
      now -= 3_600_000;
      await sign('police');
      expect(first()?.signatures[0]?.at).toBe(startOf('2025-03-01'));
    });

    it('holds queries back until the read models have followed what it and a withdrawal change', async () => {
      await propose();
      const begun = fence.position();
      expect(begun).toBe(await world.log.head());
      for (const party of parties) await sign(party);
      expect(fence.position()).toBeGreaterThan(begun);
      const inForce = fence.position();
      await change('housing', 'suspend');
      expect(fence.position()).toBe(inForce);
      await change('vcse', 'withdraw');
      expect(fence.position()).toBe(agreements.position());
      now = startOf('2025-03-02');
      await agreements.elapse();
      expect(fence.position()).toBe(await world.log.head());
    });
  });

  describe('a history', () => {
    it('is loaded with the moments of its time, while the hub’s own time waits', async () => {
      const past = startOf('2025-01-10');
      const log = await openWorld();
      const loading = await openAgreements(log.log, () => now, fence);
      await loading.loadHistory(async (at) => {
        await at(past).propose(caller('police'), JSON.stringify(document), reason);
        now = startOf('2025-03-05');
        await loading.elapse();
        for (const party of parties) {
          await at(past).registerKey(caller(party), signingKeyFor(party).publicKey);
          await at(past).sign(caller(party), signing(party));
        }
        await at(now + 1).elapse();
      });
      const [version] = loading.register().agreements.get(reference) ?? [];
      expect(version?.force).toEqual([{ from: past, to: null }]);
      expect(loading.register().asOf).toBe(now);
      await log.close();
    });
  });

  describe('a log that was tampered with', () => {
    it('opens no hub', async () => {
      await propose();
      const forged = {
        ...{ reference, version: 1, by: { agency: 'hub', user: 'clock' }, at: now, reason },
        type: 'agreement.cameIntoForce',
      };
      const event = {
        id: '00000000-0000-4000-8000-000000000001',
        type: forged.type,
        metadata: JSON.stringify(forged),
        data: new Uint8Array(),
      };
      await world.log.append('agreements', [event], 'any');
      expect(await refusal(open())).toMatch(
        /^unavailable agreement-log: .* brings into force what is not signed$/,
      );
    });
  });

  describe('cannot be probed', () => {
    const all = (by: Caller, named: string, version = 1): readonly Promise<unknown>[] => [
      agreements.sign(by, signing('police', { reference: named, version })),
      agreements.review(by, { reference: named, version, nextReview: '2025-04-01', reason }),
      ...(['suspend', 'resume', 'withdraw', 'terminate'] as const).map((type) =>
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
      expect(await refusal(agreements.propose(practitioner, 'no agreement', reason))).toBe(unknown[0]);
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
