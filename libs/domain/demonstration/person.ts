import { birthday, DAY, dateOf, type Minute, startOfDay, yearOf } from './calendar.js';
import { crnOf, croOf, nhsOf, nomsOf, pncOf, ycrnOf } from './identifiers.js';
import { addressOf, type InventedName, nameOf } from './names.js';
import { type OffendingKind } from './offences.js';
import { type Random } from './random.js';

export type Level = 'Standard' | 'Enhanced' | 'Priority';

/** Where a life course has arrived when it ends. A child is supervised by the youth offending service. */
type Ending = 'custody' | 'licence' | 'order' | 'unsupervised' | 'child';

export interface Profile {
  readonly level: Level;
  readonly ending: Ending;
}

/**
 * How many of 380 people have each level and ending. Priority is as published for 31/03/2016 (tables 6.2 to 6.4):
 * 270, of whom 155 in custody and, of the 115 in the community, 93 statutorily managed. Enhanced and Standard are
 * 110 together, their endings not published.
 */
const partnership: readonly (Profile & { readonly people: number })[] = [
  { level: 'Priority', ending: 'custody', people: 155 },
  { level: 'Priority', ending: 'licence', people: 56 },
  { level: 'Priority', ending: 'order', people: 37 },
  { level: 'Priority', ending: 'unsupervised', people: 22 },
  { level: 'Enhanced', ending: 'custody', people: 28 },
  { level: 'Enhanced', ending: 'licence', people: 24 },
  { level: 'Enhanced', ending: 'order', people: 32 },
  { level: 'Enhanced', ending: 'unsupervised', people: 10 },
  { level: 'Enhanced', ending: 'child', people: 10 },
  { level: 'Standard', ending: 'order', people: 2 },
  { level: 'Standard', ending: 'unsupervised', people: 4 },
];

/** The size of one area's partnership (table 6.2, the cells added up). */
export const AREA_SIZE = 380;

/** The profiles of an area of `size` people, in the published proportions, in random order. */
export function profilesOf(random: Random, size: number): readonly Profile[] {
  let people = 0;
  const inOrder = partnership.flatMap((profile) => {
    const from = Math.round((people * size) / AREA_SIZE);
    people += profile.people;
    const to = Math.round((people * size) / AREA_SIZE);
    return Array.from({ length: to - from }, () => profile);
  });
  return random.shuffle(inOrder);
}

/** The seven pathways of the needs assessment. */
export const pathways = [
  'accommodation',
  'education-training-employment',
  'health',
  'drugs-alcohol',
  'finance-benefit-debt',
  'children-families',
  'attitudes-thinking-behaviour',
] as const;
export type Pathway = (typeof pathways)[number];

/** Prevalence among 67 first assessments, and the mean score when scored, in tenths (table 6.5). */
const prevalence: Readonly<Record<Pathway, readonly [identified: number, mean: number]>> = {
  accommodation: [47, 55],
  'education-training-employment': [46, 55],
  health: [13, 56],
  'drugs-alcohol': [61, 58],
  'finance-benefit-debt': [57, 61],
  'children-families': [34, 55],
  'attitudes-thinking-behaviour': [67, 68],
};

/** A person of the demonstration: nobody. */
export interface Person extends Profile {
  readonly index: number;
  /** Sets one seed's identifiers apart from another's. */
  readonly offset: number;
  readonly name: InventedName;
  readonly born: Minute;
  readonly sex: 'female' | 'male';
  readonly address: ReturnType<typeof addressOf>;
  readonly pnc: string;
  readonly cro: string;
  readonly noms: string;
  readonly crn: string;
  readonly nhs: string;
  readonly ycrn: string;
  readonly offending: OffendingKind;
  /** The score of each pathway with a need at the first assessment, 1 to 10. */
  readonly needs: ReadonlyMap<Pathway, number>;
}

/** An invented person, at the place where life courses begin. */
export function personOf(
  random: Random,
  profile: Profile,
  index: number,
  offset: number,
  start: Minute,
): Person {
  const born = bornOf(random, profile, start);
  const known = Math.min(yearOf(start), yearOf(born) + random.whole(13, 18));
  return {
    ...profile,
    index,
    offset,
    name: nameOf(random),
    born,
    sex: random.chance(0.1) ? 'female' : 'male',
    address: addressOf(random),
    pnc: pncOf(index, offset, known),
    cro: croOf(index, offset, known),
    noms: nomsOf(index, offset),
    crn: crnOf(index, offset),
    nhs: nhsOf(index, offset),
    ycrn: ycrnOf(index, offset),
    offending: random.chance(0.6) ? 'neighbourhood' : random.chance(0.6) ? 'theft' : 'violence',
    needs: needsOf(random),
  };
}

/** Ages at the start, of children such that some come of age on the way; never a first of January (requirements §3.6). */
function bornOf(random: Random, { ending }: Profile, start: Minute): Minute {
  const band = random.whole(1, 20);
  const [least, most] =
    ending === 'child'
      ? [14, 16]
      : band <= 5
        ? [18, 22]
        : band <= 14
          ? [23, 34]
          : band <= 18
            ? [35, 44]
            : [45, 60];
  const born = birthday(start, -random.whole(least, most)) - random.whole(1, 364) * DAY;
  const day = startOfDay(dateOf(born));
  return dateOf(day).endsWith('-01-01') ? day - DAY : day;
}

function needsOf(random: Random): ReadonlyMap<Pathway, number> {
  const scored = pathways.filter((pathway) => random.chance(prevalence[pathway][0] / 67));
  return new Map(scored.map((pathway) => [pathway, scoreOf(random, prevalence[pathway][1])]));
}

/** A score whose mean is `tenths` / 10, two to either side. */
function scoreOf(random: Random, tenths: number): number {
  const mean = Math.floor(tenths / 10) + (random.whole(0, 9) < tenths % 10 ? 1 : 0);
  return Math.min(10, mean + random.whole(-2, 2));
}
