import { OWN_RECORD } from '../agreement/decision.js';
import { type ClauseRef } from '../agreement/document.js';
import { SUBJECT } from '../identity/named-person.js';
import { type ClearFact } from '../picture/grants.js';
import {
  type Granted,
  type Ground,
  openness,
  possibleGrants,
  type RecordedAnswer,
} from './compliance-grants.js';

/** Whether a fact, as it is granted, gives what an answer told. */
type Gives = (fact: ClearFact, granted: Granted) => boolean;

export interface ToldOf {
  readonly offender: string;
  readonly reason: 'nothing-granted' | 'overtaken' | 'other-clause';
}

/** The people of an answer of whose facts nothing was granted to its asker: they ought not to have been in it (design §8). */
export function peopleWithout(
  ground: Ground,
  answer: RecordedAnswer,
  people: readonly string[],
): readonly ToldOf[] {
  const gives: Gives = (_, { shares }) => shares;
  return people.flatMap((offender) => {
    if (isGiven(ground, answer, answer.position, offender, gives)) return [];
    const isOvertaken = isGiven(ground, answer, answer.disclosure.asOf, offender, gives);
    return [{ offender, reason: isOvertaken ? 'overtaken' : 'nothing-granted' }];
  });
}

export interface ConfirmedTo extends ToldOf {
  readonly path: string;
  readonly clause: ClauseRef | null;
}

/** The lookups that an answer confirmed under a clause which let the asker see no such value of the person. */
export function confirmedWithout(ground: Ground, answer: RecordedAnswer): readonly ConfirmedTo[] {
  return answer.disclosure.confirmed.flatMap(({ offender, path, clauses }) => {
    const named: readonly (ClauseRef | null)[] = clauses.length === 0 ? [null] : clauses;
    return named.flatMap((clause) => {
      const reason = lookupFault(ground, answer, { offender, path, clause });
      return reason === undefined ? [] : [{ offender, path, clause, reason }];
    });
  });
}

type Lookup = Omit<ConfirmedTo, 'reason'>;

function lookupFault(
  ground: Ground,
  answer: RecordedAnswer,
  { offender, path, clause }: Lookup,
): ToldOf['reason'] | undefined {
  const { agency, asOf } = answer.disclosure;
  const under: Gives = (fact, granted) =>
    isOwnSubject(fact, agency, path, clause) ||
    (isClear(fact, granted, path) && granted.field(path)?.clause === clause);
  if (isGiven(ground, answer, answer.position, offender, under)) return undefined;
  const isFollowed = isGiven(ground, answer, asOf, offender, under);
  const isOpen = isGiven(ground, answer, answer.position, offender, (fact, granted) =>
    isClear(fact, granted, path),
  );
  if (isOpen) return isFollowed ? undefined : 'other-clause';
  return isFollowed ? 'overtaken' : 'nothing-granted';
}

/** A lookup counts through what is seen in the clear, and through what an agency's own record names as its subject. */
function isOwnSubject(
  { metadata: { publisher, retracts } }: ClearFact,
  agency: string,
  path: string,
  clause: ClauseRef | null,
): boolean {
  return clause === OWN_RECORD && path === SUBJECT && publisher === agency && retracts === null;
}

function isClear({ metadata }: ClearFact, { field }: Granted, path: string): boolean {
  return metadata.fields.includes(path) && openness(field(path)) === 3;
}

/** Whether any fact about a person gives what was told, as the log stood at a position. */
function isGiven(
  ground: Ground,
  { disclosure }: RecordedAnswer,
  position: number,
  offender: string,
  gives: Gives,
): boolean {
  const footing = ground.at(position);
  for (const fact of ground.factsOf(offender)) {
    if (possibleGrants(footing, fact, disclosure).some((granted) => gives(fact, granted))) return true;
  }
  return false;
}
