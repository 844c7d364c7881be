import { type Freshness, type Hit, type People } from '../../../libs/adapters/read-store/read-store.js';
import { type SearchKind } from '../../../libs/contract/catalogue/entry.js';
import { Invalid } from '../../../libs/contract/failure.js';
import { type Picture } from './picture.js';
import { type Visibility } from './visibility.js';

const MOST_HITS = 5000;
/** SQLite's word for no limit. */
const ALL = -1;

export interface SearchTerm {
  readonly kind: SearchKind;
  readonly value: string;
}

export interface Match {
  readonly offender: string;
  readonly hits: readonly Hit[];
}

/** People who match every term, in order of hub id: first the terms that few match, then the others among those. */
export function matching(picture: Picture, terms: readonly SearchTerm[]): readonly Match[] {
  const searched = terms.map((term) => {
    if (term.value.length < 2)
      throw new Invalid('search-short', `${term.kind} must have at least 2 characters`);
    return { term, hits: hitsOf(picture, term, MOST_HITS) };
  });
  if (searched.length === 0)
    throw new Invalid('search-empty', 'search must name at least one thing to look for');
  const [first, ...others] = searched.toSorted((one, other) => one.hits.length - other.hits.length);
  if (first === undefined || first.hits.length >= MOST_HITS) {
    throw new Invalid('search-broad', 'too many match: add another term, or more of one');
  }
  return others.reduce<readonly Match[]>(
    (matches, { term, hits }) => {
      const among = matches.map(({ offender }) => offender);
      const more = byOffender(hits.length < MOST_HITS ? hits : hitsOf(picture, term, ALL, among));
      return matches.flatMap(({ offender, hits: known }) => {
        const also = more.get(offender);
        return also === undefined ? [] : [{ offender, hits: [...known, ...also] }];
      });
    },
    [...byOffender(first.hits)].map(([offender, hits]) => ({ offender, hits })),
  );
}

/** Hits of a term, each only through what the caller may see of that person, in order of hub id. */
function hitsOf(
  picture: Picture,
  { kind, value }: SearchTerm,
  limit: number,
  among?: readonly string[],
): readonly Hit[] {
  const found = sightings(picture, among).map(({ people, visibility }) =>
    picture.reader.search(kind, value, visibility.through[kind], people, limit),
  );
  return inOrder(found);
}

/** Hits of an identifier by its pseudonym, each only through what the caller may see of that person. */
export function identified(picture: Picture, pseudonym: string): readonly Hit[] {
  const found = sightings(picture).map(({ people, visibility }) =>
    picture.reader.byIdentifier(pseudonym, visibility.through.identifier, people),
  );
  return inOrder(found);
}

function inOrder(found: readonly (readonly Hit[])[]): readonly Hit[] {
  if (found.length === 1) return found[0] ?? [];
  return found.flat().sort((one, other) => (one.offender < other.offender ? -1 : 1));
}

/** Newest receipt of each publisher, and how many facts, of everybody as far as the caller may see them. */
export function freshnessOf(picture: Picture): readonly Freshness[] {
  const byPublisher = new Map<string, Freshness>();
  for (const { people, visibility } of sightings(picture)) {
    for (const { publisher, received, facts } of picture.reader.freshness(visibility.decisions, people)) {
      const known = byPublisher.get(publisher) ?? { received, facts: 0 };
      const newest = Math.max(known.received, received);
      byPublisher.set(publisher, { publisher, received: newest, facts: known.facts + facts });
    }
  }
  return [...byPublisher.values()].sort((one, other) => (one.publisher < other.publisher ? -1 : 1));
}

interface Sighting {
  readonly people: People;
  readonly visibility: Visibility;
}

/** Everybody, or these, by what the caller may see of them: nobody is looked for through what is not theirs. */
function sightings({ sight }: Picture, among?: readonly string[]): readonly Sighting[] {
  const exceptions = sight.exceptions();
  const except = new Set(exceptions.flatMap(({ people }) => people));
  const wanted = among === undefined ? undefined : new Set(among);
  return [
    {
      people:
        among === undefined
          ? { except: [...except] }
          : { among: among.filter((offender) => !except.has(offender)) },
      visibility: sight.ordinary,
    },
    ...exceptions.map(({ people, visibility }) => ({
      people: { among: people.filter((offender) => wanted?.has(offender) ?? true) },
      visibility,
    })),
  ];
}

/** Hits come in order of hub id, and so do the people. */
function byOffender(hits: readonly Hit[]): ReadonlyMap<string, readonly Hit[]> {
  const people = new Map<string, Hit[]>();
  for (const hit of hits) {
    const known = people.get(hit.offender);
    if (known === undefined) people.set(hit.offender, [hit]);
    else known.push(hit);
  }
  return people;
}
