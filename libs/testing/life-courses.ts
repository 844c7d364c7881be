import { type DemonstrationEvent } from '../domain/demonstration/demonstration.js';

export type Data = Readonly<Record<string, unknown>>;

/** A fact of the demonstration that the hub was given. */
export interface Fact {
  readonly id: string;
  readonly type: string;
  readonly time: string;
  readonly data: Data;
}

/** The facts of each person that still stand, in the order in which they happened. */
export function coursesOf(all: Iterable<DemonstrationEvent>): ReadonlyMap<string, readonly Fact[]> {
  const accepted = [...all].filter((each) => each.expect === 'accepted').map(({ event }) => event);
  const gone = new Set(accepted.flatMap(({ corrects, retracts }) => [corrects, retracts]));
  const people = new Map<string, Fact[]>();
  for (const event of accepted) {
    if (event['retracts'] !== undefined || gone.has(event['id'])) continue;
    const fact = factOf(event);
    const person = fact.id.split('-').slice(0, 2).join('-');
    people.set(person, [...(people.get(person) ?? []), fact]);
  }
  for (const facts of people.values()) facts.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
  return people;
}

function factOf({ id, type, time, data }: Data): Fact {
  return { id: id as string, type: type as string, time: time as string, data: data as Data };
}

/** Those of some types. */
export function ofTypes(facts: readonly Fact[], ...types: readonly string[]): readonly Fact[] {
  return facts.filter(({ type }) => types.includes(type));
}
