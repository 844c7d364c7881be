import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type AskedWords } from '../../domain/disclosure/disclosure.js';
import { openWorld, type World } from '../../testing/world.js';
import { type LoggedEvent } from '../event-log/event-log.js';
import { ERASED } from '../key-vault/key-vault.js';
import { justificationOf, openWords, sealWords } from './question.js';

const place = { stream: 'disclosure-police', id: '6f0c7a6e-0000-4000-8000-000000000001' };
const people = ['P1', 'P2', 'P3'];
const words: AskedWords = {
  justification: 'Jörg was seen',
  question: { document: '{ x }', operationName: null, variables: { name: 'Zoë' } },
};

describe('what a caller wrote', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  async function sealed(keyIds: readonly string[] = people, given = words): Promise<LoggedEvent> {
    const { data, shares } = await sealWords(world.vault, place, keyIds, given);
    const metadata = JSON.stringify({ justification: null, shares });
    const leafHash = new Uint8Array(32);
    return { ...place, type: 'disclosure.made', metadata, data, position: 1, revision: 0, leafHash };
  }

  it.each([[['P1']], [['P1', 'P2']], [people]])('is opened with every key of %j', async (keyIds) => {
    const event = await sealed(keyIds);
    expect(openWords(world.vault, event)).toEqual(words);
    expect(justificationOf(world.vault, event)).toBe('Jörg was seen');
    expect(Buffer.from(event.data).includes('seen')).toBe(false);
  });

  it.each(people)('is closed for good when the key of %s alone is destroyed', async (person) => {
    const event = await sealed();
    world.vault.erase([person]);
    expect(openWords(world.vault, event)).toBe(ERASED);
    expect(justificationOf(world.vault, event)).toBeNull();
  });

  it('opens nowhere else, and with no share of another', async () => {
    const [event, other] = [await sealed(), await sealed()];
    const altered = expect.objectContaining({ code: 'sealed-altered' });
    expect(() => openWords(world.vault, { ...event, id: 'elsewhere' })).toThrow(altered);
    expect(() => openWords(world.vault, { ...event, data: other.data })).toThrow(altered);
    expect(() => openWords(world.vault, { ...event, metadata: other.metadata })).toThrow(altered);
  });

  it('is not opened by all shares but one', async () => {
    const event = await sealed();
    const { shares } = JSON.parse(event.metadata) as { readonly shares: Readonly<Record<string, string>> };
    for (const left of people) {
      const fewer = Object.fromEntries(Object.entries(shares).filter(([person]) => person !== left));
      const metadata = JSON.stringify({ shares: fewer });
      expect(() => openWords(world.vault, { ...event, metadata })).toThrow('altered');
    }
  });

  it('is not sealed when somebody was erased meanwhile', async () => {
    world.vault.erase(['P2']);
    await expect(sealed()).rejects.toMatchObject({ code: 'key-erased' });
  });

  it('stands in the clear in records of before', async () => {
    const event = { ...(await sealed()), metadata: JSON.stringify({ justification: 'said before' }) };
    expect(openWords(world.vault, event)).toBeUndefined();
    expect(justificationOf(world.vault, event)).toBe('said before');
  });
});
