import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KEY_VAULT } from '../../apps/hub/storage.module.js';
import { openWords } from '../../libs/adapters/audit/question.js';
import { type LoggedEvent } from '../../libs/adapters/event-log/event-log.js';
import { ERASED, type KeyVault } from '../../libs/adapters/key-vault/key-vault.js';
import { type Disclosure } from '../../libs/domain/disclosure/disclosure.js';
import { openCanaries, textsUnder } from './canaries.js';
import { byPnc, coreAgreement, eventOf, PNC } from './fixtures.js';
import { itemsOf, runHub, type RunningHub } from './running-hub.js';

const withReasons = coreAgreement.replace(
  'aims: [resettlement] }',
  'aims: [resettlement], justification: required }',
);
const SEARCH = `query Named($search: OffenderSearch!) { offenders(search: $search) { edges { node { id } } } }`;

describe('the ledger', () => {
  let hub: RunningHub;
  let vault: KeyVault;
  let person = '';
  const canaries = openCanaries();

  beforeAll(async () => {
    hub = await runHub();
    vault = hub.app.get<KeyVault>(KEY_VAULT);
    await hub.bringIntoForce(withReasons);
    await hub.publish('police', eventOf('police.arrest.recorded'));
    await hub.settle();
    person = String((await hub.ask('police', byPnc)).body.data?.offender?.id);
  });
  afterAll(() => hub.close());

  async function records(agency: string): Promise<readonly LoggedEvent[]> {
    const found: LoggedEvent[] = [];
    for await (const event of hub.log.readStream(`disclosure-${agency}`)) found.push(event);
    return found;
  }

  async function newest(agency: string): Promise<LoggedEvent> {
    const event = (await records(agency)).at(-1);
    if (event === undefined) throw new Error('nothing was recorded');
    return event;
  }

  const recordIn = ({ metadata }: LoggedEvent): Disclosure => JSON.parse(metadata) as Disclosure;

  it('names roles, the law of the moment and the agreements that an answer rests on', async () => {
    await hub.ask('probation', byPnc, { roles: ['practitioner', 'coordinator'] });
    const event = await newest('probation');
    expect(recordIn(event)).toMatchObject({
      roles: ['practitioner', 'coordinator'],
      law: 'dpa-2018-s62@2025-08-20',
      justification: null,
      justificationRequired: false,
      offenders: [person],
    });
    const { asOf, agreementsAsOf } = recordIn(event);
    expect([asOf, agreementsAsOf].every((each) => each !== undefined && each < event.position)).toBe(true);
    await hub.ask('probation', '{ agreements { reference } }');
    expect(recordIn(await newest('probation')).asOf).toBeLessThanOrEqual(event.position);
  });

  it('holds nothing in the clear that a caller wrote', async () => {
    const word = (): string => canaries.next();
    const { data } = (await hub.ask('police', byPnc, { justification: word() })).body;
    const named = { search: { familyName: String(data?.offender?.identity?.familyName) } };
    await hub.ask('police', SEARCH, { justification: `about ${word()}`, variables: named });
    await hub.ask('police', SEARCH, { variables: { search: { familyName: word() } } });
    await hub.ask('police', `{ offenders(search: { givenName: "${word()}" }) { edges { cursor } } }`);
    await hub.ask(
      'police',
      `query ${word()} { ${word()}: offender(identifier: { scheme: pnc, value: "${PNC}" }) { id } }`,
    );
    await hub.ask('police', `{ offender(id: "${person}") { ${word()}: id } # ${word()} \n }`);
    await hub.ask('police', '{ freshness { publisher } }', { justification: word() });
    await hub.ask(
      'auditor',
      `{ auditDisclosures(identifier: { scheme: pnc, value: "${PNC}" }, agency: "police") { edges { cursor } } }`,
      { roles: ['auditor'], purpose: 'audit', justification: word() },
    );
    await hub.settle();
    [PNC, named.search.familyName].forEach(canaries.also);
    expect((await records('police')).length).toBeGreaterThan(7);
    expect(canaries.texts.length).toBeGreaterThan(9);
    expect(
      textsUnder(
        hub.dir,
        canaries.texts.filter((text) => text.startsWith('ZQX')),
      ),
    ).toEqual([]);
    for (const agency of ['police', 'auditor'])
      for (const { metadata, data: sealed } of await records(agency))
        for (const text of canaries.texts)
          expect([text, `${metadata}${Buffer.from(sealed).toString('latin1')}`.includes(text)]).toEqual([
            text,
            false,
          ]);
  });

  it('keeps a question only with the people it found, and one without words', async () => {
    const variables = { search: { familyName: 'Nobody-at-all' } };
    await hub.ask('police', SEARCH, { justification: 'a look around', variables });
    const vain = await newest('police');
    expect(Object.keys(recordIn(vain).shares ?? {})).toEqual(['ledger-police']);
    expect(openWords(vault, vain)).toEqual({ justification: 'a look around', question: null });
    await hub.ask('police', '{ freshness { publisher } }');
    expect(openWords(vault, await newest('police'))).toEqual({
      justification: null,
      question: { document: '{ freshness { publisher } }', operationName: null, variables: {} },
    });
    await hub.ask('police', byPnc, { justification: 'found' });
    const found = await newest('police');
    expect(Object.keys(recordIn(found).shares ?? {})).toEqual([person]);
    expect(openWords(vault, found)).toMatchObject({ justification: 'found', question: { document: byPnc } });
  });

  it('tells its own agency the reasons that its people gave', async () => {
    await hub.ask('police', byPnc, { justification: 'to be read again', user: 'reader' });
    await hub.settle();
    const { body } = await hub.ask(
      'police',
      '{ disclosures(first: 1) { edges { node { justification } } } }',
      {
        user: 'reader',
      },
    );
    expect(itemsOf(body.data?.disclosures?.edges)).toMatchObject([
      { node: { justification: 'to be read again' } },
    ]);
  });

  it('is refused a question without the reason that an agreement asks for', async () => {
    const before = (await records('housing')).length;
    const housing = { purpose: 'resettlement' };
    const byId = `{ offender(id: "${person}") { id } }`;
    const refused = await hub.ask('housing', byId, housing);
    expect(refused.body.errors?.[0]?.extensions?.code).toBe('justification-required');
    expect(refused.body.data).toBeUndefined();
    expect(await records('housing')).toHaveLength(before);
    const { body } = await hub.ask('housing', byId, { ...housing, justification: 'a bed for the night' });
    expect(body.data?.offender?.id).toBe(person);
    expect(recordIn(await newest('housing')).justificationRequired).toBe(true);
    expect((await hub.ask('youth', byId, housing)).body.errors).toBeUndefined();
    await hub.change('suspend', 'core');
    expect((await hub.ask('housing', byId, housing)).body).toEqual({ data: { offender: null } });
    await hub.change('resume', 'core');
  });

  it('lets nobody read why or what was asked about somebody once they are erased', async () => {
    const event = await newest('housing');
    const about = (await records('police')).find(({ metadata }) => metadata.includes(person));
    if (about === undefined) throw new Error('nobody was shown');
    vault.erase([person]);
    expect(openWords(vault, about)).toBe(ERASED);
    expect(recordIn(about).facts).not.toEqual([]);
    expect(openWords(vault, event)).toEqual({ justification: null, question: null });
  });
});
