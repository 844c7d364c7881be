import { type Random } from './random.js';

/*
 * Names put together from pieces, so that they are nobody's and look it.
 */

const given = [
  ['Quil', 'Zem', 'Brim', 'Tavo', 'Oxa', 'Fenna', 'Yond', 'Plim', 'Dray', 'Vesk', 'Halo', 'Jurn'],
  ['dax', 'mira', 'wick', 'bo', 'linda', 'tor', 'vane', 'pip', 'roo', 'zel', 'nip', 'thea'],
] as const;

const family = [
  [
    'Thistle',
    'Copper',
    'Marble',
    'Lantern',
    'Pebble',
    'Walnut',
    'Button',
    'Kettle',
    'Bramble',
    'Ribbon',
    'Teapot',
  ],
  [
    'quark',
    'snork',
    'wozzle',
    'fribble',
    'drumble',
    'plunk',
    'zither',
    'grommit',
    'twang',
    'noggin',
    'spindle',
  ],
] as const;

const roads = ['Nowhere', 'Pretend', 'Imaginary', 'Makebelieve', 'Invented', 'Fictional'] as const;
const kinds = ['Row', 'Street', 'Walk', 'Terrace', 'Gardens'] as const;
const LETTERS = 'ABDEFGHJLNPQRSTUWXYZ';

export interface InventedName {
  readonly family: string;
  readonly given: string;
}

export function nameOf(random: Random): InventedName {
  return { family: joined(random, family), given: joined(random, given) };
}

/** Somebody who works for an agency, who is not a person of the demonstration. */
export function workerOf(random: Random): string {
  return `Worker ${joined(random, given)}`;
}

/** An address in a place that is not, with a postcode of the reserved district ZZ99. */
export function addressOf(random: Random): { readonly lines: readonly string[]; readonly postcode: string } {
  const letter = (): string => random.pick(LETTERS.split(''));
  return {
    lines: [`${random.whole(1, 180)} ${random.pick(roads)} ${random.pick(kinds)}`, 'Examplebury'],
    postcode: `ZZ99 ${random.whole(1, 9)}${letter()}${letter()}`,
  };
}

function joined(random: Random, [first, second]: readonly [readonly string[], readonly string[]]): string {
  return `${random.pick(first)}${random.pick(second)}`;
}
