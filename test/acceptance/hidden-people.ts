import { asnOf, crnOf, nhsOf, nomsOf, pncOf } from '../../libs/domain/demonstration/identifiers.js';
import { type Random } from '../../libs/domain/demonstration/random.js';
import { offenderIdFrom } from '../../libs/domain/identity/offender-id.js';
import { sampleData } from '../../libs/testing/samples.js';
import { coreAgreement, eventOf } from './fixtures.js';
import { itemsOf, type RunningHub } from './running-hub.js';

/** Somebody invented; whether the hub has heard of them shows nowhere in what they are like. */
export interface Stranger {
  readonly id: string;
  readonly pnc: string;
  readonly noms: string;
  readonly crn: string;
  readonly nhs: string;
  readonly family: string;
  readonly dateOfBirth: string;
}

/** Somebody of whom housing and probation see one charge. */
export interface Acquaintance {
  readonly id: string;
  /** Log position of the newest fact about them, granted or not. */
  readonly newest: number;
}

export interface Population {
  /** The hub has facts of them and those who ask are granted none, each for another reason. */
  readonly hidden: readonly Stranger[];
  readonly unknown: readonly Stranger[];
  /** Beside the charge, arrests that are not granted. */
  readonly withMore: readonly Acquaintance[];
  /** The charge says an address, which is not granted. */
  readonly withAddress: readonly Acquaintance[];
  readonly plain: readonly Acquaintance[];
}

const STRANGERS = 600;
const ACQUAINTANCES = 40;
const HIDDEN_ARRESTS = 12;
/** So many acquaintances have facts of every type that probation publishes: many kinds of decision to look through. */
const SUPERVISED = 5;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz'.split('');
/** When everything here happened. */
export const HAPPENED = '2025-05-03T10:00:00Z';

const clause = (id: string, to: string, rest: string): string => `  - id: ${id}
    effect: permit
    publishers: [police]
    recipients: [${to}]
    ${rest}
    reach: history
    gateway: Crime and Disorder Act 1998 s.115
    lawfulBasis: { part-3: DPA 2018 s.35(2)(b), uk-gdpr: UK GDPR Art 6(1)(e) }
    criminalOffence: DPA 2018 Schedule 1 paragraph 10
`;
const arrests = 'types: [police.arrest.recorded]\n    fields: { clear: [pnc, name, dateOfBirth] }';
const charges = 'types: [police.charge.laid]\n    fields: { clear: [chargedAt] }';
const ordinary = 'purposes: [reducing-reoffending]';

/** Housing knows arrests for another purpose; at probation they are for coordinators, the responsible, an emergency. */
const agreement = [
  coreAgreement
    .slice(0, coreAgreement.indexOf('  - id: '))
    .replace('aims: [offender-management]', 'aims: [offender-management, prevention-of-crime-and-disorder]')
    .replace('aims: [resettlement]', 'aims: [resettlement, prevention-of-crime-and-disorder]'),
  clause('other-purpose', 'housing', `purposes: [resettlement]\n    ${arrests}`),
  clause('charges', 'housing, probation', `${ordinary}\n    ${charges}`),
  clause('role', 'probation', `${ordinary}\n    ${arrests}\n    conditions: { role: [coordinator] }`),
  clause('case', 'probation', `${ordinary}\n    ${arrests}\n    conditions: { responsibility: case }`),
  clause(
    'dire',
    'probation, housing',
    `${ordinary}\n    types: [police.arrest.disposed]\n    fields: { clear: [disposal] }\n    conditions: { emergency: { hours: 8, reviewWithin: 72 } }`,
  ),
].join('');

/** Fills a hub, with strangers drawn by lot into known and unknown. */
export async function populate(hub: RunningHub, random: Random): Promise<Population> {
  await hub.bringIntoForce(agreement);
  const strangers = random.shuffle(Array.from({ length: STRANGERS }, (_, at) => strangerOf(at, random)));
  const known = strangers.slice(STRANGERS / 2);
  const hidden = await introduced(hub, known);
  const acquaintances = await acquainted(hub, random);
  await hub.settle();
  return { hidden, unknown: strangers.slice(0, STRANGERS / 2), ...acquaintances };
}

function strangerOf(index: number, random: Random): Stranger {
  const letters = (): string => Array.from({ length: 8 }, () => random.pick(ALPHABET)).join('');
  return {
    id: offenderIdFrom(Uint8Array.from({ length: 10 }, () => random.whole(0, 255))),
    pnc: pncOf(index, 0, 2001),
    noms: nomsOf(index, 0),
    crn: crnOf(index, 0),
    nhs: nhsOf(index, 0),
    family: `Qx${letters()}`,
    dateOfBirth: new Date(Date.UTC(1960, Math.floor(index / 26), 2 + (index % 26)))
      .toISOString()
      .slice(0, 10),
  };
}

/** Publishes of each arrests, a stay in prison, a treatment and who is responsible, and learns their hub ids. */
async function introduced(hub: RunningHub, people: readonly Stranger[]): Promise<readonly Stranger[]> {
  const receipts = await published(hub, 'police', people.map(arrestOf));
  for (let nth = 1; nth < HIDDEN_ARRESTS; nth++)
    await published(
      hub,
      'police',
      people.map((person, at) => arrestOf(person, 1000 * nth + at)),
    );
  await published(
    hub,
    'prison',
    people.map((person) =>
      aboutThem(person, 'prison.received', { ...named(person, 'Qzed'), pnc: person.pnc, noms: person.noms }),
    ),
  );
  await published(
    hub,
    'health',
    people.map((person) => aboutThem(person, 'health.attendance.recorded', { nhs: person.nhs })),
  );
  await published(
    hub,
    'hub',
    people.map((person) =>
      aboutThem(person, 'hub.leadProfessional.appointed', {
        crn: person.crn,
        agency: 'probation',
        user: 'anna',
      }),
    ),
  );
  return people.map((person, at) => ({ ...person, id: receipts[at]?.id ?? '' }));
}

async function acquainted(hub: RunningHub, random: Random): Promise<Omit<Population, 'hidden' | 'unknown'>> {
  const kinds = ['withMore', 'withAddress', 'plain'] as const;
  const people = random
    .shuffle(kinds.flatMap((kind) => Array.from({ length: ACQUAINTANCES }, () => kind)))
    .map((kind, at) => ({ kind, person: strangerOf(STRANGERS + at, random) }));
  const known = new Map<Stranger, Acquaintance>();
  const publish = async (about: readonly Stranger[], events: readonly object[]): Promise<void> => {
    const receipts = await published(hub, 'police', events);
    about.forEach((person, at) => known.set(person, receipts[at] ?? NOBODY));
  };
  await publish(
    people.map(({ person }) => person),
    people.map(({ kind, person }, at) => chargeOf(person, at, kind === 'withAddress')),
  );
  const supervised = people.slice(0, SUPERVISED).map(({ person }) => person);
  await published(hub, 'probation', supervised.flatMap(supervisionOf));
  const more = people.flatMap(({ kind, person }) => (kind === 'withMore' ? [person] : []));
  for (let nth = 1; nth <= HIDDEN_ARRESTS; nth++)
    await publish(
      more,
      more.map((person, at) => arrestOf(person, 1000 * (nth + 50) + at)),
    );
  const of = (wanted: (typeof kinds)[number]): readonly Acquaintance[] =>
    people.flatMap(({ kind, person }) => (kind === wanted ? [known.get(person) ?? NOBODY] : []));
  return { withMore: of('withMore'), withAddress: of('withAddress'), plain: of('plain') };
}

const NOBODY: Acquaintance = { id: '', newest: 0 };

function named({ family, dateOfBirth }: Stranger, given: string) {
  return { name: { family, given }, dateOfBirth };
}

function arrestOf(person: Stranger, at: number): object {
  const { pnc } = person;
  const data = { ...named(person, 'Qzed'), pnc, cro: undefined, asn: asnOf(at, 0, 0, 2025) };
  return aboutThem(person, 'police.arrest.recorded', data);
}

function chargeOf(person: Stranger, at: number, withAddress: boolean): object {
  const data = { ...named(person, 'Vis'), asn: asnOf(at, 0, 1, 2025) };
  return aboutThem(person, 'police.charge.laid', withAddress ? data : { ...data, address: undefined });
}

/** One fact of every type that probation publishes. */
function supervisionOf(person: Stranger): readonly object[] {
  const types = Object.keys(sampleData).filter((type) => type.startsWith('probation.'));
  return types.map((type) => {
    const sample = Object.keys(sampleData[type] ?? {});
    const identifiers = (['crn', 'pnc', 'noms'] as const).filter((scheme) => sample.includes(scheme));
    const data = Object.fromEntries(identifiers.map((scheme) => [scheme, person[scheme]]));
    return aboutThem(person, type, data);
  });
}

function aboutThem({ pnc }: Stranger, type: string, data: object): object {
  return eventOf(type, data, { subject: `pnc:${pnc}` });
}

/** Publishes a batch; gives for each event whom it is about. Fails when one was not accepted. */
async function published(
  hub: RunningHub,
  agency: string,
  events: readonly object[],
): Promise<readonly Acquaintance[]> {
  const { body } = await hub.publish(agency, events);
  return itemsOf(body).map((receipt) => {
    const { outcome, offender, position } = receipt;
    if (String(outcome) !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(receipt)}`);
    return { id: String(offender), newest: Number(position) };
  });
}
