import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { concordat } from '../../apps/cli/program.js';
import { type Agreements } from '../../apps/hub/agreements/agreements.js';
import { AGREEMENTS } from '../../apps/hub/agreements/agreements.tokens.js';
import { loadAgreements } from '../../apps/hub/demonstration-agreements.js';
import { KEY_VAULT } from '../../apps/hub/storage.module.js';
import { identifierPseudonym } from '../../libs/adapters/key-vault/identifier-pseudonym.js';
import { type KeyVault } from '../../libs/adapters/key-vault/key-vault.js';
import { rebuild } from '../../libs/adapters/projection/rebuild.js';
import { digestModel } from '../../libs/adapters/read-store/digest.js';
import { openEmbeddedWriter } from '../../libs/adapters/read-store/embedded-writer.js';
import { type Role } from '../../libs/adapters/caller/caller.js';
import { agencies } from '../../libs/contract/agency.js';
import { catalogue } from '../../libs/contract/catalogue/catalogue.js';
import { asn, crn, cro, nhs, noms, person, pnc, ycrn } from '../../libs/testing/sample-person.js';
import { sampleData } from '../../libs/testing/samples.js';
import { openCanaries, textsUnder } from './canaries.js';
import { eventOf } from './fixtures.js';
import { type Answer, itemsOf, runHub, type RunningHub } from './running-hub.js';

const OTHER_PNC = '1981/0000034U';
const identifiers = [pnc, cro, asn, noms, crn, nhs, ycrn];

describe('erasing a person', () => {
  const dir = mkdtempSync(join(tmpdir(), 'concordat-erasure-'));
  const canaries = openCanaries();
  let hub: RunningHub;
  let offender = '';
  let other = '';
  let shown: Answer;
  const signatory = { roles: ['signatory'] as readonly Role[], user: 'head' };
  const coordinator = { roles: ['coordinator'] as readonly Role[], user: 'reviewer' };
  const byHub = (query: string, options: object = signatory): Promise<Answer> =>
    hub.ask('hub', query, options);
  const codeOf = ({ body }: Answer) => body.errors?.[0]?.extensions?.code;
  const review = (outcome: string, more = ''): Promise<Answer> =>
    byHub(
      `mutation { reviewRetention(offender: "${offender}", outcome: ${outcome}, reason: "the panel looked at ${canaries.next()}"${more}) { offender } }`,
      coordinator,
    );
  const erase = (): Promise<Answer> =>
    byHub(
      `mutation { eraseOffender(offender: "${offender}", ground: unlawful) { offender reason requirement facts quarantined } }`,
    );
  const seenBy = (agency: string, number: string): Promise<Answer> =>
    hub.ask(
      agency,
      `{ offender(identifier: { scheme: pnc, value: "${number}" }) { id timeline(first: 50) { edges { node { type restricted fields { name value } } } } } }`,
    );
  const idOf = ({ body }: Answer): string => String(body.offender);
  const cli = async (...parameters: readonly string[]) => {
    const out: string[] = [];
    const terminal = {
      out: (line: string) => void out.push(line),
      err: (line: string) => void out.push(line),
      env: { CONCORDAT_DATA: dir },
      now: () => new Date(),
      interactive: false,
    };
    return { code: await concordat(parameters, terminal), out };
  };

  async function publishAll(): Promise<void> {
    const flag = catalogue.filter(({ type }) => type === 'police.iom.flag.set');
    const onceFlagged = catalogue.filter(({ flaggedOnly }) => flaggedOnly === true);
    const others = catalogue.filter((entry) => !onceFlagged.includes(entry));
    for (const entry of [...others, ...flag, ...onceFlagged]) {
      const data = canaries.fill(entry.schema, sampleData[entry.type]) as object;
      for (const kind of entry.publishers) {
        const agency = agencies.find((each) => each.kind === kind)?.id ?? '';
        const event = { ...eventOf(entry.type, data), source: `/${agency}/test` };
        const receipt = await hub.publish(agency, event);
        expect([entry.type, receipt.body.outcome]).toEqual([entry.type, 'accepted']);
        offender = idOf(receipt);
      }
    }
  }

  /** What was corrected and retracted, held for its form, for a mistyped identifier, for its type, and released. */
  async function publishAstray(): Promise<void> {
    const family = canaries.next();
    const name = (): object => ({ name: { ...person.name, family } });
    const arrest = eventOf('police.arrest.recorded', name());
    const receipts = [await hub.publish('police', arrest)];
    for (const attribute of ['corrects', 'retracts']) {
      const given = { name: { ...person.name, family: canaries.next() } };
      const event = eventOf('police.arrest.recorded', given, { [attribute]: arrest.id });
      receipts.push(await hub.publish('police', event));
    }
    expect(receipts.map(({ body }) => body.outcome)).toEqual(['accepted', 'accepted', 'accepted']);
    const wrong = { ...arrest, id: 'wrong-form', data: { ...name(), [canaries.next()]: 1 } };
    expect((await hub.publish('police', wrong)).body.outcome).toBe('quarantined');
    const mistyped = eventOf(
      'police.arrest.recorded',
      { ...name(), dateOfBirth: person.dateOfBirth, asn: `${asn.slice(0, -1)}A` },
      { id: 'mistyped', subject: 'ref:mistyped' },
    );
    expect((await hub.publish('police', mistyped)).body.quarantine?.reason).toBe('identifier-check-failed');
    const unknown = eventOf('police.nothing.known', { [canaries.next()]: canaries.next() });
    expect((await hub.publish('police', unknown)).body.quarantine?.reason).toBe('unknown-type');
    const later = {
      ...eventOf('police.arrest.recorded', { nonsense: canaries.next() }),
      id: 'released-later',
    };
    const { body } = await hub.publish('police', later);
    const authorization = `Bearer ${await hub.token('police', ['publisher'], [])}`;
    const corrected = { ...later, data: sampleData['police.arrest.recorded'] };
    const released = await hub.request('POST', `/quarantine/${String(body.quarantine?.id)}/release`, {
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ event: corrected }),
    });
    expect(released.body.outcome).toBe('accepted');
  }

  beforeAll(async () => {
    hub = await runHub({}, dir);
    await loadAgreements(hub.app.get<Agreements>(AGREEMENTS), dir);
    identifiers.forEach(canaries.also);
    [person.dateOfBirth, person.address.postcode].forEach(canaries.also);
    await publishAll();
    await publishAstray();
    other = idOf(
      await hub.publish(
        'police',
        eventOf(
          'police.arrest.recorded',
          {
            asn: '2005FF0500000000555P',
            pnc: OTHER_PNC,
            cro: undefined,
            name: { ...person.name, family: 'Otherwise' },
            dateOfBirth: '1985-02-03',
            address: { lines: ['2 Elsewhere'] },
          },
          { subject: `pnc:${OTHER_PNC}` },
        ),
      ),
    );
    await hub.settle();
    await hub.ask(
      'police',
      `{ offenders(search: { familyName: "${canaries.texts.at(9) ?? ''}" }) { edges { node { id } } } }`,
    );
    const hold = await byHub(
      `mutation { placeHold(offender: "${offender}", ground: complaintOrAppeal, reason: "the complaint of ${canaries.next()}") }`,
    );
    expect(await seenBy('police', pnc)).toMatchObject({ body: { data: { offender: { id: offender } } } });
    await hub.settle();
    shown = await hub.ask(
      'police',
      '{ disclosures(first: 1) { edges { node { position facts { position } } } } }',
    );
    expect(codeOf(await erase())).toBe('held');
    const id = String(hold.body.data?.placeHold);
    await byHub(
      `mutation { liftHold(offender: "${offender}", id: "${id}", reason: "the complaint is closed") }`,
    );
    writeFileSync(join(dir, 'verified.json'), (await cli('verify', 'picture', '--json')).out.join('\n'));
  }, 120_000);
  afterAll(async () => {
    await hub.app.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it('could be read in the read models before', () => {
    const found = textsUnder(join(dir, 'read'), canaries.texts);
    expect(found.length).toBeGreaterThan(100);
    const files = found.map((each) => each.slice(each.indexOf(' in ') + 4).split('.')[0]);
    expect([...new Set(files)].sort()).toEqual(
      agencies
        .map(({ id }) => id)
        .filter((id) => id !== 'auditor')
        .sort(),
    );
  });

  it('needs a review that found so, by somebody else, of the hub team', async () => {
    expect(codeOf(await erase())).toBe('review-first');
    await review('keep', ', nextReview: "2090-01-01"');
    expect(codeOf(await erase())).toBe('review-first');
    await review('erase');
    expect(
      codeOf(
        await hub.ask(
          'police',
          `mutation { eraseOffender(offender: "${offender}", ground: unlawful) { facts } }`,
          signatory,
        ),
      ),
    ).toBe('not-the-hub');
    expect(
      codeOf(
        await byHub(`mutation { eraseOffender(offender: "${offender}", ground: unlawful) { facts } }`, {
          ...signatory,
          user: 'reviewer',
        }),
      ),
    ).toBe('own-review');
    expect(
      codeOf(
        await byHub(
          `mutation { eraseOffender(offender: "${offender}", ground: unlawful) { facts } }`,
          coordinator,
        ),
      ),
    ).toBe('role-required');
  });

  it('says that it was made, and never what', async () => {
    const { body } = await erase();
    expect(body.data?.eraseOffender).toMatchObject({
      offender,
      reason: 'processing would be unlawful',
      requirement: 'DPA 2018 s.47(1)(a), R18',
      quarantined: 4,
    });
    expect((await erase()).body).toEqual(body);
  });

  it('leaves no text of theirs in any file of the data folder', () => {
    expect(textsUnder(dir, canaries.texts)).toEqual([]);
  });

  it('leaves nobody anything to see, and others as they were', async () => {
    for (const { id } of agencies.filter(({ id }) => id !== 'auditor'))
      expect((await seenBy(id, pnc)).body.data?.offender ?? null).toBeNull();
    expect((await seenBy('police', OTHER_PNC)).body.data?.offender?.id).toBe(other);
  });

  it('leaves the log as it was written, and a rebuild makes the same read models', async () => {
    expect(await cli('verify', 'log')).toMatchObject({ code: 0 });
    await hub.settle();
    const rebuilt = mkdtempSync(join(tmpdir(), 'concordat-rebuilt-'));
    const vault = hub.app.get<KeyVault>(KEY_VAULT);
    const models = openEmbeddedWriter(rebuilt, identifierPseudonym(vault));
    await rebuild({ log: hub.log, vault, models }, await hub.log.head());
    models.close();
    for (const { id } of agencies)
      expect([id, digestModel(rebuilt, id).digest]).toEqual([id, digestModel(dir, id).digest]);
    rmSync(rebuilt, { recursive: true });
  });

  it('leaves past disclosures explainable by position', async () => {
    const { body } = await hub.ask(
      'police',
      '{ disclosures(first: 20) { edges { node { position offenders clauses facts { position fields } } } } }',
    );
    const before = itemsOf(shown.body.data?.disclosures?.edges)[0]?.node;
    const lines = itemsOf(body.data?.disclosures?.edges).map(({ node }) => node);
    const line = lines.find((each) => each?.position === before?.position);
    expect(line?.offenders).toEqual([offender]);
    expect(itemsOf(line?.facts).map(({ position }) => ({ position }))).toEqual(itemsOf(before?.facts));
    expect(itemsOf(line?.facts).every(({ fields }) => itemsOf(fields).length > 0)).toBe(true);
    expect(itemsOf(line?.clauses).length).toBeGreaterThan(0);
  });

  it('is never undone in silence: what comes about the person is held, also after a restart', async () => {
    for (const restart of [false, true]) {
      if (restart) {
        await hub.app.close();
        expect(textsUnder(dir, canaries.texts)).toEqual([]);
        hub = await runHub({}, dir);
      }
      for (const subject of [`pnc:${pnc}`, `offender:${offender}`]) {
        const { body } = await hub.publish('police', eventOf('police.arrest.recorded', {}, { subject }));
        expect(body.quarantine?.reason).toBe('erased-person');
      }
      await expect(
        hub.app.get<KeyVault>(KEY_VAULT).seal(offender, 'again', Buffer.from('x')),
      ).rejects.toMatchObject({
        code: 'key-erased',
      });
    }
    expect(textsUnder(dir, canaries.texts)).toEqual([]);
  });

  it('lets an operator of the hub team begin anew, under another id', async () => {
    const { body } = await hub.publish('police', eventOf('police.arrest.recorded'));
    const release = async (agency: string, roles: readonly Role[]): Promise<Answer> =>
      hub.request('POST', `/quarantine/${String(body.quarantine?.id)}/release`, {
        headers: {
          authorization: `Bearer ${await hub.token(agency, roles, [])}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ anew: true }),
      });
    expect((await release('police', ['publisher'])).status).toBe(403);
    const released = await release('hub', ['operator']);
    expect(released.body.outcome).toBe('accepted');
    expect(idOf(released)).not.toBe(offender);
    await hub.settle();
    expect((await seenBy('police', pnc)).body.data?.offender?.id).toBe(released.body.offender);
    const next = await hub.publish('police', eventOf('police.arrest.recorded'));
    expect(next.body.offender).toBe(released.body.offender);
    const { code, out } = await cli('audit', 'operations', '--person', `pnc:${pnc}`, '--format', 'ndjson');
    expect(code).toBe(0);
    expect(out.join('\n')).toContain(String(released.body.offender));
    expect(out.join('\n')).not.toContain(offender);
  });
});
