import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Agreements } from '../../apps/hub/agreements/agreements.js';
import { AGREEMENTS } from '../../apps/hub/agreements/agreements.tokens.js';
import { loadAgreements } from '../../apps/hub/demonstration-agreements.js';
import { concordat } from '../../apps/cli/program.js';
import { demonstration } from '../../libs/domain/demonstration/demonstration.js';
import { versions } from '../../libs/domain/agreement/register.js';
import { runHub, type RunningHub } from '../acceptance/running-hub.js';
import { replayed } from './replayed-log.js';

const PEOPLE = 4;
const made = [...demonstration({ seed: 5, people: PEOPLE })].filter(
  ({ expect: outcome }) => outcome === 'accepted',
);
const numbers = [
  ...new Set(
    made.flatMap(({ event: { subject } }) =>
      typeof subject === 'string' && subject.startsWith('pnc:') ? [subject.slice('pnc:'.length)] : [],
    ),
  ),
];
const everything = (pnc: string): string => `{
  offender(identifier: { scheme: pnc, value: "${pnc}" }) {
    id identity { familyName givenName dateOfBirth }
    circumstances { topic status state detail fact { id fields { name } } } management { cohorts levels }
    timeline(first: 50) { edges { node { id fields { name value } notRecorded withheld { name } superseded { by } } } }
  }
  offenders(search: { familyName: "synth" }) { edges { node { id } } }
}`;
const little = (pnc: string): string => `{ offender(identifier: { scheme: pnc, value: "${pnc}" }) {
  identity { familyName } circumstances { detail } management { cohorts } } }`;

let hub: RunningHub;
beforeAll(async () => {
  hub = await runHub();
  await loadAgreements(agreements(), hub.dir);
  await publish(made.slice(0, made.length / 2));
  await askAll();
  await hub.change('suspend', suspended());
  await askAll();
  await hub.change('resume', suspended());
  await publish(made.slice(made.length / 2));
  await askAll();
}, 120_000);
afterAll(() => hub.close());

const agreements = (): Agreements => hub.app.get<Agreements>(AGREEMENTS);

/** An agreement that shares with several. */
function suspended(): string {
  const all = versions(agreements().register());
  const [first] = all.toSorted((one, other) => other.document.parties.length - one.document.parties.length);
  return first?.document.reference ?? '';
}

async function publish(events: typeof made): Promise<void> {
  for (const { event } of events) {
    const source = String(event['source']).split('/')[1] ?? '';
    await hub.publish(source, event);
  }
}

/** Everybody asks about one person for every purpose that an agreement names them for, and less about another. */
async function askAll(): Promise<void> {
  const clauses = versions(agreements().register()).flatMap(({ document }) => document.clauses);
  const askers = clauses.flatMap(({ recipients, purposes }) =>
    recipients.flatMap((agency) => purposes.map((purpose) => `${agency} ${purpose}`)),
  );
  const [pnc = '', other = ''] = numbers;
  for (const asker of new Set(askers)) {
    const [agency = '', purpose = ''] = asker.split(' ');
    const ask = (query: string, role: 'practitioner' | 'coordinator') =>
      hub.ask(agency, query, { purpose, roles: [role], justification: 'for the test' });
    await ask(everything(pnc), 'practitioner');
    await ask(everything(pnc), 'coordinator');
    await ask(little(other), 'practitioner');
  }
}

describe('what a hub answers', () => {
  it('is found permitted by the replay, and nothing permitted withheld', async () => {
    const { replay, findings } = await replayed(hub.log);
    expect(findings).toEqual([]);
    expect(replay.disclosures).toBeGreaterThan(50);
    expect(replay.fields).toBeGreaterThan(1000);
  });

  it('is so for the command, too, with read models as they would be rebuilt', async () => {
    await hub.settle();
    const [out, err]: [string[], string[]] = [[], []];
    const terminal = {
      out: (line: string) => void out.push(line),
      err: (line: string) => void err.push(line),
      env: {},
      now: () => new Date(0),
      interactive: false,
    };
    const parameters = ['audit', 'replay', '--data', hub.dir, '--pictures', '--format', 'json'];
    expect(await concordat(parameters, terminal)).toBe(0);
    expect(JSON.parse(out.join('\n'))).toMatchObject({ findings: [], pictures: [] });
    expect(err[0]).toMatch(/: 0 not permitted, 0 withheld, 0 records at fault$/);
  });
});
