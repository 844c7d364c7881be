import { hrtime, threadCpuUsage } from 'node:process';
import { encodeCursor } from '../../apps/hub/query/cursor.js';
import { type Random } from '../../libs/domain/demonstration/random.js';
import { type Observed } from './guessing.js';
import { HAPPENED, type Population, type Stranger } from './hidden-people.js';
import { type Answer, type RunningHub } from './running-hub.js';

/** A way of asking that is about either kind; it says what it asks, and about whom it is drawn by lot. */
export interface Probe {
  readonly name: string;
  readonly agency: string;
  readonly user: string;
  /** Operations sent one after the other, with their variables. */
  readonly asks: (hidden: boolean, drawn: Random) => readonly (readonly [query: string, variables: object])[];
}

const PURPOSE = 'reducing-reoffending';
const byId = `query ($id: ID!) { offender(id: $id) {
  id identity { familyName } circumstances { topic status } management { cohorts }
  timeline { edges { cursor node { id type fields { name value } } } pageInfo { hasNextPage endCursor } } } }`;
const byIdentifier = `query ($scheme: IdentifierScheme!, $value: String!) {
  offender(identifier: { scheme: $scheme, value: $value }) { id timeline { edges { cursor } } } }`;
const bySearch = `query ($search: OffenderSearch!, $after: String) {
  offenders(search: $search, first: 5, after: $after) {
    edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
const facts = `query ($id: ID!) { offender(id: $id) {
  identity { familyName givenName dateOfBirth } circumstances { topic status state } management { cohorts levels }
  timeline { edges { node { type fields { name status } notRecorded withheld { name status clause ask } } }
    pageInfo { hasNextPage hasPreviousPage } } } }`;
const page = `query ($id: ID!, $after: String!) { offender(id: $id) {
  timeline(after: $after) { edges { node { type } } pageInfo { hasNextPage } } } }`;
const emergencyById = `mutation ($id: ID!) {
  openEmergency(id: $id, reason: "a threat to a visiting officer") { team user isOpen isOverdue clauses } }`;
const emergencyByIdentifier = `mutation ($value: String!) {
  openEmergency(identifier: { scheme: pnc, value: $value }, reason: "a threat to a visiting officer") {
    team user isOpen isOverdue clauses } }`;

/** Every way of asking that could tell the two kinds apart. */
export function probesOf(population: Population): readonly Probe[] {
  const about =
    (ask: (person: Stranger) => readonly [string, object]): Probe['asks'] =>
    (hidden, drawn) => [ask(strangerIn(population, hidden, drawn))];
  const id = about((person) => [byId, { id: person.id }]);
  const by = (scheme: 'pnc' | 'noms' | 'nhs'): Probe['asks'] =>
    about((person) => [byIdentifier, { scheme, value: person[scheme] }]);
  const name = about((person) => [bySearch, { search: { familyName: person.family } }]);
  const person = about(({ family, dateOfBirth }) => [
    bySearch,
    { search: { familyName: family, dateOfBirth } },
  ]);
  const treatment = { agency: 'treatment', user: 'tess' };
  const housing = { agency: 'housing', user: 'hugh' };
  const probation = { agency: 'probation', user: 'ben' };
  return [
    { ...treatment, name: 'nothing in the file: by hub id', asks: id },
    { ...treatment, name: 'nothing in the file: by NHS number', asks: by('nhs') },
    { ...treatment, name: 'nothing in the file: by name', asks: name },
    { ...housing, name: 'for another purpose: by hub id', asks: id },
    { ...housing, name: 'for another purpose: by PNC number', asks: by('pnc') },
    { ...housing, name: 'for another purpose: by name and date of birth', asks: person },
    { ...probation, name: 'for other people: by hub id', asks: id },
    { ...probation, name: 'for other people: by PNC number', asks: by('pnc') },
    { ...probation, name: 'for other people: by name', asks: name },
    {
      ...probation,
      name: 'a page after a person',
      asks: about((each) => [bySearch, { search: { givenName: 'Qzed' }, after: each.id }]),
    },
    {
      ...housing,
      name: 'facts beside those shown',
      asks: (hidden, drawn) => [
        [facts, { id: drawn.pick(hidden ? population.withMore : population.plain).id }],
      ],
    },
    {
      ...housing,
      name: 'a field that was recorded',
      asks: (hidden, drawn) => [
        [facts, { id: drawn.pick(hidden ? population.withAddress : population.plain).id }],
      ],
    },
    {
      ...housing,
      name: 'a page after a fact',
      asks: (hidden, drawn) => {
        const { id, newest } = drawn.pick(population.withMore);
        return [[page, { id, after: cursorAt(hidden ? newest : newest + 1) }]];
      },
    },
  ];
}

/** Opening an emergency about either kind, and then asking. */
export function emergencyProbesOf(population: Population): readonly Probe[] {
  const eve = { agency: 'housing', user: 'eve' };
  const someone = (hidden: boolean, drawn: Random): Stranger => strangerIn(population, hidden, drawn);
  return [
    {
      ...eve,
      name: 'an emergency: by hub id',
      asks: (hidden, drawn) => {
        const { id } = someone(hidden, drawn);
        return [
          [emergencyById, { id }],
          [byId, { id }],
        ];
      },
    },
    {
      ...eve,
      name: 'an emergency: by PNC number',
      asks: (hidden, drawn) => {
        const { pnc } = someone(hidden, drawn);
        return [
          [emergencyByIdentifier, { value: pnc }],
          [byIdentifier, { scheme: 'pnc', value: pnc }],
        ];
      },
    },
  ];
}

function strangerIn({ hidden, unknown }: Population, isHidden: boolean, drawn: Random): Stranger {
  return drawn.pick(isHidden ? hidden : unknown);
}

/** A cursor as the hub makes them, of a place chosen by whoever asks. */
function cursorAt(position: number): string {
  const key = Date.parse(HAPPENED);
  return encodeCursor({ order: 'happened', asOf: Number.MAX_SAFE_INTEGER, key, position });
}

/** So many answers to each are not counted while the hub warms up. */
const WARMING = 20;

/** Sends so many of these probes, half of them about what is hidden, one at a time in random order. */
export async function observe(
  hub: RunningHub,
  probes: readonly Probe[],
  random: Random,
  count: number,
): Promise<readonly Observed[]> {
  const senders = await Promise.all(probes.map((probe) => senderOf(hub, probe)));
  const observed: Observed[] = [];
  for (const { send, hidden } of drawnUp(senders, random, WARMING)) await send(hidden, random);
  const each = Math.ceil(count / probes.length);
  for (const { send, hidden } of drawnUp(senders, random, each)) observed.push(await send(hidden, random));
  return observed;
}

type Send = (hidden: boolean, random: Random) => Promise<Observed>;

function drawnUp(senders: readonly Send[], random: Random, count: number) {
  const pairs = senders.flatMap((send) => Array.from({ length: Math.ceil(count / 2) }, () => send));
  return random.shuffle(
    pairs.flatMap((send) => [
      { send, hidden: true },
      { send, hidden: false },
    ]),
  );
}

async function senderOf(hub: RunningHub, probe: Probe): Promise<Send> {
  const { name, agency, user } = probe;
  const headers = {
    authorization: `Bearer ${await hub.token(agency, ['practitioner'], [PURPOSE], user)}`,
    'content-type': 'application/json',
    'x-purpose': PURPOSE,
  };
  return async (hidden, random) => {
    const bodies = probe
      .asks(hidden, random)
      .map(([query, variables]) => JSON.stringify({ query, variables }));
    const answers: Answer[] = [];
    const [begun, worked] = [hrtime.bigint(), threadCpuUsage()];
    for (const body of bodies) answers.push(await hub.request('POST', '/graphql', { headers, body }));
    const time = Number(hrtime.bigint() - begun);
    const { user, system } = threadCpuUsage(worked);
    const joined = (part: (answer: Answer) => unknown): string => answers.map(part).join(' ');
    return {
      probe: name,
      hidden,
      time,
      work: user + system,
      status: joined(({ status }) => status),
      size: joined(({ text }) => Buffer.byteLength(text)),
      text: joined(({ text }) => text),
      headers: joined((answer) => JSON.stringify({ ...answer.headers, date: undefined })),
    };
  };
}
