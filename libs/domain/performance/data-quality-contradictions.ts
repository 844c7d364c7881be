import { startIn, textIn, wordIn } from '../casework/read-data.js';
import { beganAt, type ReadFact } from '../casework/read-fact.js';
import { drugTestBases, drugTestFaults } from '../law/drug-test.js';
import { recallOutcome } from '../silence/release.js';
import { type PersonHistory } from './history.js';

/** A rule by which facts about one person cannot all be right. */
export interface ContradictionRule {
  readonly id:
    | 'born-disagrees'
    | 'released-never-received'
    | 'recall-release-differs'
    | 'no-such-recall'
    | 'drug-test-unlawful'
    | 'placements-overlap';
  readonly version: number;
  readonly from: string;
  readonly title: string;
  readonly source: string;
}

export const contradictionRules: readonly ContradictionRule[] = [
  rule('born-disagrees', 'Dates of birth disagree', 'DPA 2018 s.38(4) (R8)'),
  rule('released-never-received', 'Released without having been received', 'custody is a sequence of both'),
  rule('recall-release-differs', 'Release date of a recall is not that of the law', 'CJA 2003 s.255BA (R39)'),
  rule('no-such-recall', 'The law of its day has no such recall of that person', 'CJA 2003 s.255A (R39)'),
  rule('drug-test-unlawful', 'Drug test under age or on no ground', 'PACE 1984 s.63B (R37)'),
  rule('placements-overlap', 'Housed in two placements at once', 'a placement ends before the next begins'),
];

function rule(id: ContradictionRule['id'], title: string, source: string): ContradictionRule {
  return { id, version: 1, from: '1970-01-01', title, source };
}

export interface Contradiction {
  readonly rule: ContradictionRule['id'];
  readonly offender: string;
  /** Agencies that published the facts. */
  readonly agencies: readonly string[];
  /** Log event ids. */
  readonly by: readonly string[];
}

type Found = readonly (readonly ReadFact[])[];

/** What contradicts itself or the law in a person's standing facts (recommendation 8 of the 2020 inspection, R5, R8). */
export function contradictionsIn(
  history: PersonHistory,
  rules: readonly ContradictionRule[] = contradictionRules,
): readonly Contradiction[] {
  return rules.flatMap(({ id }) =>
    foundBy(id, history).map((facts) => ({
      rule: id,
      offender: history.offender,
      agencies: [...new Set(facts.map(({ publisher }) => publisher))].toSorted(),
      by: facts.map((fact) => fact.id),
    })),
  );
}

function foundBy(id: ContradictionRule['id'], history: PersonHistory): Found {
  switch (id) {
    case 'born-disagrees':
      return disagreeingBirths(history);
    case 'released-never-received':
      return releasedUnreceived(history);
    case 'recall-release-differs':
      return returns(history).filter(([fact]) => fact !== undefined && isOtherRelease(fact, history));
    case 'no-such-recall':
      return returns(history).filter(
        ([fact]) => fact && recallOutcome(fact, history.facts, history.born)?.outcome === 'no-such-recall',
      );
    case 'drug-test-unlawful':
      return ofType(history, 'police.drugTest.performed')
        .filter((test) => isUnlawful(test, history))
        .map((test) => [test]);
    case 'placements-overlap':
      return overlappingPlacements(history);
  }
}

function ofType({ facts }: PersonHistory, ...types: readonly string[]): readonly ReadFact[] {
  return facts
    .filter(({ type }) => types.includes(type))
    .toSorted((one, other) => beganAt(one) - beganAt(other));
}

/** A month agrees with every day in it. */
function disagreeingBirths({ facts }: PersonHistory): Found {
  const claims = facts.flatMap((fact) => {
    const born = textIn(fact.data, 'dateOfBirth');
    return born === null ? [] : [{ fact, born }];
  });
  const [longest] = claims.toSorted((one, other) => other.born.length - one.born.length);
  const isAgreed = claims.every(({ born }) => longest?.born.startsWith(born));
  return isAgreed ? [] : [claims.map(({ fact }) => fact)];
}

function releasedUnreceived(history: PersonHistory): Found {
  const movements = ofType(history, 'prison.received', 'prison.released');
  const [first] = movements;
  return first?.type === 'prison.released' ? [[first]] : [];
}

function returns(history: PersonHistory): Found {
  return ofType(history, 'probation.recall.returnedToCustody').map((fact) => [fact]);
}

function isOtherRelease(returned: ReadFact, { facts, born }: PersonHistory): boolean {
  const derived = recallOutcome(returned, facts, born);
  const stated = textIn(returned.data, 'expectedRelease');
  return stated !== null && derived?.outcome === 'known' && derived.day !== stated;
}

function isUnlawful(test: ReadFact, { born }: PersonHistory): boolean {
  const basis = wordIn(test.data, 'basis', drugTestBases);
  if (basis === null) return false;
  const takenAt = startIn(test.data, 'sampleTakenAt') ?? beganAt(test);
  const triggerOffence = textIn(test.data, 'triggerOffence');
  const inspectorAuthority = textIn(test.data, 'inspectorAuthority');
  return drugTestFaults({ basis, born, takenAt, triggerOffence, inspectorAuthority }).length > 0;
}

interface Placement {
  readonly fact: ReadFact;
  readonly from: number;
  readonly to: number;
}

function overlappingPlacements(history: PersonHistory): Found {
  const ends = ofType(history, 'housing.placement.ended');
  const placements = ofType(history, 'housing.placement.started').map((fact) => placementOf(fact, ends));
  return placements.flatMap((one, nth) =>
    placements
      .slice(nth + 1)
      .filter((other) => one.from < other.to && other.from < one.to)
      .map((other) => [one.fact, other.fact]),
  );
}

/** From the day of arrival to that of departure, by its reference, without one of the same day on; a month counts from its end. */
function placementOf(fact: ReadFact, ends: readonly ReadFact[]): Placement {
  const from = startIn(fact.data, 'arrivedOn') ?? fact.happened.to ?? beganAt(fact);
  const reference = textIn(fact.data, 'placementRef');
  const end = ends.find((each) =>
    reference === null ? endedAt(each) >= from : textIn(each.data, 'placementRef') === reference,
  );
  return { fact, from, to: end === undefined ? Infinity : endedAt(end) };
}

function endedAt(fact: ReadFact): number {
  return startIn(fact.data, 'departedOn') ?? beganAt(fact);
}
