import { type ElementNumber, keyElements } from '../../governance/key-elements.js';

/** Where something is said: a log event of a fact or of governance, an agreement version, a document outside. */
export interface Evidence {
  readonly kind: 'fact' | 'governance' | 'agreement' | 'document';
  readonly ref: string;
}

/** One thing looked at, and the evidence of it. */
export type Item = readonly Evidence[];

/** What a figure counts; only `people`, `facts` and `minutes` say something about people. */
export type Unit =
  | 'people'
  | 'facts'
  | 'minutes'
  | 'agencies'
  | 'agreements'
  | 'acts'
  | 'answers'
  | 'pathways'
  | 'subjects'
  | 'milliseconds'
  | 'hours';

/** What was measured: so many of so many. */
export interface Measure {
  readonly what: string;
  readonly unit: Unit;
  /** Null: nothing is known of it. */
  readonly counted: number | null;
  /** Null where nothing is counted of a whole. */
  readonly of: number | null;
  readonly holds: boolean;
  /** What is not there where it does not hold; names agencies and documents, never people or their number. */
  readonly missing: string;
  readonly evidence: Item;
  /** Of minutes: the place, among the measures of the element, of the one that counts the people they are about. */
  readonly about?: number;
  /** Of facts: how many people they are about, those that are so and those that are not. */
  readonly people?: People;
}

export interface People {
  readonly so: number;
  readonly notSo: number;
  readonly all: number;
}

export type Outcome = 'met' | 'not-met' | 'outside';

/** What the log says of one key delivery element. */
export interface ElementResult {
  readonly element: ElementNumber;
  readonly title: string;
  readonly outcome: Outcome;
  /** What was measured, with its figures. */
  readonly measure: string;
  readonly measures: readonly Measure[];
  readonly missing: readonly string[];
  readonly evidence: Item;
}

/** An element is met when something was measured and every measure holds: never by default. */
export function resultOf(element: ElementNumber, measures: readonly Measure[]): ElementResult {
  const isMet = measures.length > 0 && measures.every(({ holds }) => holds);
  return {
    ...titled(element),
    outcome: isMet ? 'met' : 'not-met',
    measure: measures.map(worded).join('; '),
    measures,
    missing: measures.filter(({ holds }) => !holds).map(({ missing }) => missing),
    evidence: distinct(measures.flatMap(({ evidence }) => evidence)),
  };
}

/** An element of which the system cannot know; `evidence` are the documents that speak of it. */
export function outside(element: ElementNumber, why: string, evidence: Item): ElementResult {
  return { ...titled(element), outcome: 'outside', measure: why, measures: [], missing: [], evidence };
}

function titled(element: ElementNumber): Pick<ElementResult, 'element' | 'title'> {
  return { element, title: keyElements.find((each) => each.element === element)?.title ?? element };
}

function worded({ what, unit, counted, of }: Measure): string {
  const figure = counted === null ? 'not known' : of === null ? String(counted) : `${counted} of ${of}`;
  return `${what}: ${figure} ${unit}`;
}

export interface Sample {
  readonly what: string;
  readonly unit: Unit;
  readonly missing: string;
  /** What is as it should be. */
  readonly good: readonly Item[];
  /** What is not. */
  readonly bad?: readonly Item[];
  /** How many good ones there must be; 1 when absent. */
  readonly least?: number;
  /** The share of all that must be good; all when absent. */
  readonly share?: number;
  readonly people?: People;
}

/** A measure that holds when enough is as it should be, in number and in share; of nothing, it does not. */
export function measured({
  what,
  unit,
  missing,
  good,
  bad = [],
  least = 1,
  share = 1,
  people,
}: Sample): Measure {
  const of = good.length + bad.length;
  const holds = good.length >= least && good.length >= share * of;
  const evidence = distinct([...good, ...bad].flat());
  return {
    ...{ what, unit, counted: good.length, of, holds, missing, evidence },
    ...(people !== undefined && { people }),
  };
}

/** Sorts into a sample's good and bad ones. */
export function sorted<T>(
  all: readonly T[],
  isGood: (each: T) => boolean,
  itemOf: (each: T) => Item,
): Pick<Sample, 'good'> & { readonly bad: readonly Item[] } {
  return {
    good: all.filter(isGood).map(itemOf),
    bad: all.filter((each) => !isGood(each)).map(itemOf),
  };
}

/** Sorts what people did, or what was said of them, and counts the people. */
export function sortedDeeds<T>(
  all: readonly T[],
  isGood: (each: T) => boolean,
  itemOf: (each: T) => Item,
  offenderOf: (each: T) => string,
): ReturnType<typeof sorted<T>> & { readonly people: People } {
  const numberOf = (some: readonly T[]): number => new Set(some.map(offenderOf)).size;
  const people = {
    so: numberOf(all.filter(isGood)),
    notSo: numberOf(all.filter((each) => !isGood(each))),
    all: numberOf(all),
  };
  return { ...sorted(all, isGood, itemOf), people };
}

/** The facts with these log event ids. */
export function facts(ids: readonly string[]): Item {
  return ids.map((ref) => ({ kind: 'fact', ref }));
}

/** The acts of governance with these log event ids. */
export function acts(held: readonly { readonly by: readonly string[] }[]): Item {
  return held.flatMap(({ by }) => by).map((ref) => ({ kind: 'governance', ref }));
}

function distinct(item: Item): Item {
  return [...new Map(item.map((each) => [`${each.kind} ${each.ref}`, each])).values()];
}
