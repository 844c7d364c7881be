import type Database from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import { OWN_RECORD } from '../../../libs/domain/agreement/decision.js';
import { type Concern, type ConcernedFact, type Telling } from '../../../libs/domain/correction/cause.js';
import { type DisclosedFact, type Disclosure } from '../../../libs/domain/disclosure/disclosure.js';

const MOST_WAYS = 10_000;

/** A fact's log position, and the number of the way in which it was shown. */
type ToldFact = readonly [fact: number, way: number];
type TellingRow = Omit<Telling, 'fact' | 'shown'> & { readonly facts: string };

/**
 * Who was shown which facts of whom, and what stopped being right. How a fact was shown is nearly always how one like it
 * was: each such text is kept once, as a way.
 */
export function prepareTellings(db: Database.Database) {
  const putFact = db.prepare('INSERT OR IGNORE INTO fact VALUES (?, ?)');
  const offenderOf = db.prepare<[string], string>('SELECT offender FROM fact WHERE id = ?').pluck();
  const putWay = db.prepare('INSERT OR IGNORE INTO way (doc) VALUES (?)');
  const way = db.prepare<[string], number>('SELECT number FROM way WHERE doc = ?').pluck();
  const wayOf = db.prepare<[number], string>('SELECT doc FROM way WHERE number = ?').pluck();
  const putDisclosure = db.prepare('INSERT OR IGNORE INTO disclosure VALUES (?, ?, ?, ?, ?)');
  const putTelling = db.prepare('INSERT OR IGNORE INTO telling VALUES (?, ?, ?)');
  const tellings = db.prepare<[string], TellingRow>(
    `SELECT telling.disclosure, agency, user, at, as_of AS asOf, facts
     FROM telling JOIN disclosure ON disclosure.position = telling.disclosure
     WHERE telling.offender = ? ORDER BY telling.disclosure`,
  );
  const putConcern = db.prepare('INSERT OR REPLACE INTO concern VALUES (?, ?)');
  const concerns = db
    .prepare<[number], string>('SELECT doc FROM concern WHERE position > ? ORDER BY position')
    .pluck();
  const newestConcern = db.prepare<[], number | null>('SELECT max(position) FROM concern').pluck();
  const ways = new LRUCache<string, number>({ max: MOST_WAYS });

  function numberOf(shown: DisclosedFact['shown']): number {
    const doc = JSON.stringify(shown);
    const known = ways.get(doc);
    if (known !== undefined) return known;
    putWay.run(doc);
    const number = way.get(doc) ?? 0;
    ways.set(doc, number);
    return number;
  }

  function shownIn(number: number): DisclosedFact['shown'] {
    return JSON.parse(wayOf.get(number) ?? '{}') as DisclosedFact['shown'];
  }

  return {
    noteFact: (id: string, offender: string): void => void putFact.run(id, offender),
    offenderOf: (id: string): string | undefined => offenderOf.get(id),
    /** Notes what one answer showed, but for an agency's own record. */
    noteDisclosure(position: number, { agency, user, at, asOf, facts }: Disclosure): void {
      const others = facts.filter(({ shown }) => !Object.hasOwn(shown, OWN_RECORD));
      if (others.length === 0) return;
      putDisclosure.run(position, agency, user, at, asOf);
      for (const [offender, theirs] of Map.groupBy(others, (fact) => fact.offender)) {
        const told = theirs.map((fact): ToldFact => [fact.position, numberOf(fact.shown)]);
        putTelling.run(offender, position, JSON.stringify(told));
      }
    },
    /** Everybody to whom some facts of a person were shown, oldest first. */
    tellings: (offender: string, facts: readonly Pick<ConcernedFact, 'position'>[]): readonly Telling[] => {
      const wanted = new Set(facts.map(({ position }) => position));
      return tellings
        .all(offender)
        .flatMap(({ facts: told, ...telling }) =>
          (JSON.parse(told) as readonly ToldFact[])
            .filter(([fact]) => wanted.has(fact))
            .map(([fact, number]) => ({ ...telling, fact, shown: shownIn(number) })),
        );
    },
    noteConcern: (concern: Concern): void =>
      void putConcern.run(concern.cause.position, JSON.stringify(concern)),
    /** Position of the newest of them, 0 when there is none. */
    newestConcern: (): number => newestConcern.get() ?? 0,
    /** What stopped being right after a position. */
    concernsAfter: (position: number): readonly Concern[] =>
      concerns.all(position).map((doc) => JSON.parse(doc) as Concern),
    /** Forgets the numbers of texts that a rolled back transaction had given. */
    forget: (): void => ways.clear(),
  };
}
