import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Command } from 'commander';
import { addDemoCommand } from '../../apps/cli/demo.js';
import { type Agreements } from '../../apps/hub/agreements/agreements.js';
import { AGREEMENTS } from '../../apps/hub/agreements/agreements.tokens.js';
import { loadAgreements } from '../../apps/hub/demonstration-agreements.js';
import { demonstration } from '../../libs/domain/demonstration/demonstration.js';
import { runHub, type RunningHub } from './running-hub.js';

interface Ran {
  readonly code: number;
  readonly out: readonly string[];
  readonly err: readonly string[];
}

/** Runs `concordat demo`; throws what the command throws. */
async function demo(parameters: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const [out, err]: [string[], string[]] = [[], []];
  let code = -1;
  const program = new Command().exitOverride();
  const terminal = {
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
    env,
    now: () => new Date('2026-06-01T12:00:00Z'),
    interactive: false,
  };
  addDemoCommand(program, terminal, (ended) => void (code = ended));
  await program.parseAsync(['demo', ...parameters], { from: 'user' });
  return { code, out, err };
}

describe('concordat demo', () => {
  it('prints the events, one a line', async () => {
    const { code, out } = await demo(['--people', '3', '--seed', '9']);
    const made = [...demonstration({ seed: 9, people: 3 })].map(({ event }) => JSON.stringify(event));
    expect({ code, out }).toEqual({ code: 0, out: made });
  });

  it.each([
    ['--seed', 'many'],
    ['--people', '0'],
    ['--until', '2026-02-30'],
  ])('refuses %s %s', async (option, value) => {
    await expect(demo([option, value])).rejects.toMatchObject({ kind: 'invalid' });
  });
});

describe('the demonstration in a hub', () => {
  const size = ['--people', '20', '--seed', '5'];
  let hub: RunningHub;
  let url: string;
  let first: Ran;
  const publish = (): Promise<Ran> =>
    demo([...size, '--publish', '--url', url], {
      CONCORDAT_DATA: hub.dir,
      CONCORDAT_TOKEN: 'of no use here',
    });

  beforeAll(async () => {
    hub = await runHub();
    await loadAgreements(hub.app.get<Agreements>(AGREEMENTS), hub.dir);
    await hub.app.listen(0, '127.0.0.1');
    url = await hub.app.getUrl();
    first = await publish();
    await hub.settle();
  }, 60_000);
  afterAll(() => hub.close());

  it('is answered as expected', () => {
    const expected = [...demonstration({ seed: 5, people: 20 })].map((each) => each.expect);
    const count = (outcome: string): number => expected.filter((each) => each === outcome).length;
    const told = `${expected.length} events: ${count('accepted')} accepted, ${count('duplicate')} duplicate, ${count('quarantined')} quarantined, ${count('rejected')} rejected`;
    expect(first).toEqual({ code: 0, out: [], err: [told, 'all as expected'] });
  });

  it('may be published again and changes nothing', async () => {
    const head = await hub.log.head();
    const again = await publish();
    expect(again.err).toEqual([expect.stringContaining(' 0 accepted, '), 'all as expected']);
    expect(await hub.log.head()).toBe(head);
  });

  /** Somebody who has left prison and has been placed. */
  const somebody = (): string => {
    const events = [...demonstration({ seed: 5, people: 20 })].map(({ event }) => event);
    const personIn = (event: Readonly<Record<string, unknown>> | undefined): string =>
      String(event?.['id']).split('-').slice(0, 2).join('-');
    const released = new Set(events.filter(({ type }) => type === 'prison.released').map(personIn));
    const placed = events.find(
      (event) => event['type'] === 'housing.placement.started' && released.has(personIn(event)),
    );
    const arrested = events.find(
      (event) => event['type'] === 'police.arrest.recorded' && personIn(event) === personIn(placed),
    );
    return String(arrested?.['subject']).slice('pnc:'.length);
  };

  const seenBy = async (agency: string, purpose: string): Promise<string> => {
    const query = `{ offender(identifier: {scheme: pnc, value: "${somebody()}"}) { timeline(first: 100) { edges { node { type } } } } }`;
    return (await hub.ask(agency, query, { purpose })).text;
  };

  it('shows a placement to police and housing, and the arrest to police alone', async () => {
    const police = await seenBy('police', 'reducing-reoffending');
    const housing = await seenBy('housing', 'resettlement');
    expect(police).toContain('police.arrest.recorded');
    expect(police).toContain('housing.placement.started');
    expect(housing).toContain('housing.placement.started');
    expect(housing).toContain('prison.released');
    expect(housing).not.toContain('police.');
  });
});
