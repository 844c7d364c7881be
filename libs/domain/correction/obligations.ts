import { type Concern, type Scope, type Telling } from './cause.js';
import { type CorrectionOpened, mergeShown, type ShownFact, sorted } from './correction.js';
import { deadline } from './deadline.js';

/** The id of the obligation of one recipient for one cause, a UUID: the same whenever it is worked out again. */
export type Identify = (causeEvent: string, recipient: string) => string;

/**
 * Who is to be told of what, given everything that was shown of the facts concerned: one obligation for each agency but
 * the publisher of the fact, naming the fields it was shown (R9, R20). Who was answered from a picture that knew of the
 * cause already was told by that answer, which marks the fact. `at` (epoch milliseconds) is when the obligation arises.
 */
export function obligations(
  { cause, offender, facts, scope }: Concern,
  tellings: readonly Telling[],
  identify: Identify,
  at: number,
): readonly CorrectionOpened[] {
  const concerned = new Map(facts.map((fact) => [fact.position, fact]));
  const untold = tellings.filter(
    (telling) =>
      telling.asOf < cause.position &&
      isWithin(scope, telling) &&
      telling.agency !== (concerned.get(telling.fact)?.publisher ?? telling.agency),
  );
  return [...Map.groupBy(untold, ({ agency }) => agency)].sort(byName).map(([recipient, theirs]) => {
    const positions = new Set(theirs.map(({ fact }) => fact));
    const theirFacts = facts.filter(({ position }) => positions.has(position));
    return {
      type: 'correction.opened',
      id: identify(cause.event, recipient),
      cause,
      offender,
      recipient,
      passedOn: null,
      publishers: sorted(theirFacts.map(({ publisher }) => publisher)),
      shown: mergeShown(theirs.map((each) => shownOf(each, concerned.get(each.fact)?.type ?? '', scope))),
      users: sorted(theirs.map(({ user }) => user)),
      ...deadline(at),
      at,
    };
  });
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}

/** In an emergency's scope is what its user was shown under its clauses while it was open, and no other field. */
function isWithin(scope: Scope | null, { agency, user, at, shown }: Telling): boolean {
  if (scope === null) return true;
  const { clauses, from, to } = scope;
  if (agency !== scope.agency || user !== scope.user || at < from || at > to) return false;
  return clauses.some((clause) => Object.hasOwn(shown, clause));
}

function shownOf({ fact, disclosure, shown }: Telling, type: string, scope: Scope | null): ShownFact {
  const under = Object.entries(shown).filter(([clause]) => scope?.clauses.includes(clause) ?? true);
  return {
    position: fact,
    type,
    fields: sorted(under.flatMap(([, ways]) => Object.values(ways).flat())),
    clauses: sorted(under.map(([clause]) => clause)),
    disclosures: [disclosure],
  };
}
