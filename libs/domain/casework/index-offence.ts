import { isNeighbourhoodCrime } from '../../contract/offence-codes/offence-code.js';
import { type Verdict } from './cohort-rules.js';
import { type Data, numberIn, recordsIn, startIn, textIn } from './read-data.js';
import { beganAt, type ReadFact } from './read-fact.js';

export type HomeOfficeCodeOf = (cjsCode: string) => string | undefined;

/** An offence that one fact says somebody was charged with, found guilty of, or cleared of. */
interface Accusation {
  readonly fact: string;
  readonly says: 'charged' | 'proven' | 'cleared';
  readonly at: number;
  readonly cjsCode: string | null;
  readonly hoCode: string | null;
  /** The case of the prosecution, and the place of the offence in it. */
  readonly case: string | null;
  readonly sequence: number | null;
}

/**
 * Whether each offence that is proven or charged is a neighbourhood crime (requirements §3.7). A charge that was
 * withdrawn, amended to something else or ended without a conviction does not count; neither does what is older than
 * `since`, epoch milliseconds.
 */
export function indexOffences(
  facts: readonly ReadFact[],
  since: number,
  homeOfficeCodeOf: HomeOfficeCodeOf,
): readonly Verdict[] {
  const all = facts.flatMap(accusationsIn);
  const standing = all.filter((one) => one.says !== 'cleared' && !all.some((other) => clears(other, one)));
  return standing.map((one) => {
    const hoCode = one.hoCode ?? codeOf(one.cjsCode, homeOfficeCodeOf);
    if (one.at < since) return { met: 'no', fact: one.fact };
    if (hoCode === undefined) return { met: 'unknown', fact: one.fact };
    return { met: isNeighbourhoodCrime(hoCode) ? 'yes' : 'no', fact: one.fact };
  });
}

/** An attempt (`TH68010A`) is counted with what was attempted. */
function codeOf(cjsCode: string | null, homeOfficeCodeOf: HomeOfficeCodeOf): string | undefined {
  if (cjsCode === null) return undefined;
  return homeOfficeCodeOf(cjsCode) ?? homeOfficeCodeOf(cjsCode.slice(0, 7));
}

/** A charge is cleared by a later finding on it, or by the withdrawal of its case; a conviction by neither. */
function clears(other: Accusation, one: Accusation): boolean {
  if (other.says !== 'cleared' || one.says !== 'charged' || other.at < one.at) return false;
  if (other.cjsCode === null) return other.case === one.case && mayBe(other.sequence, one.sequence);
  return other.cjsCode === one.cjsCode && mayBe(other.case, one.case) && other.fact !== one.fact;
}

function mayBe<V>(one: V | null, other: V | null): boolean {
  return one === null || other === null || one === other;
}

function accusationsIn(fact: ReadFact): readonly Accusation[] {
  const offences = recordsIn(fact.data, 'offences');
  switch (fact.type) {
    case 'police.charge.laid':
      return offences.map((each) => accusation(fact, 'charged', chargedAt(fact, each), each));
    case 'police.charge.amended':
      return offences.length === 0
        ? []
        : [...amended(fact), ...offences.map((each) => recharged(fact, each))];
    case 'police.charge.withdrawn':
      return withdrawn(fact);
    case 'court.hearing.resulted':
    case 'court.outcome.recorded':
      return offences.flatMap((each) => found(fact, each, startIn(fact.data, 'hearingDay')));
    case 'police.pncOutcome.imported':
      return offences.flatMap((each) => imported(fact, each));
    default:
      return [];
  }
}

/** What an amendment charges takes the place of the whole charge. */
function amended(fact: ReadFact): readonly Accusation[] {
  return [accusation(fact, 'cleared', beganAt(fact) - 1, {})];
}

function recharged(fact: ReadFact, offence: Data): Accusation {
  return accusation(fact, 'charged', beganAt(fact), offence);
}

function withdrawn(fact: ReadFact): readonly Accusation[] {
  const named = fact.data['sequences'];
  const sequences: readonly unknown[] = Array.isArray(named) && named.length > 0 ? named : [null];
  return sequences.map((sequence) => accusation(fact, 'cleared', beganAt(fact), { sequence }));
}

function found(fact: ReadFact, offence: Data, day: number | null): readonly Accusation[] {
  const adjudication = textIn(offence, 'adjudication');
  const convicted = startIn(offence, 'convictionDate');
  const at = convicted ?? startIn(offence, 'decidedOn') ?? day ?? beganAt(fact);
  if (adjudication === 'Guilty' || (adjudication === null && convicted !== null))
    return [accusation(fact, 'proven', at, offence)];
  return adjudication === null ? [] : [accusation(fact, 'cleared', at, offence)];
}

function imported(fact: ReadFact, offence: Data): readonly Accusation[] {
  const recordedOn = startIn(fact.data, 'recordedOn');
  const kind = textIn(fact.data, 'record');
  if (kind === 'charge') return [accusation(fact, 'charged', recordedOn ?? beganAt(fact), offence)];
  return kind === 'outcome' ? found(fact, offence, recordedOn) : [];
}

function chargedAt(fact: ReadFact, offence: Data): number {
  return startIn(offence, 'chargedOn') ?? startIn(fact.data, 'chargedAt') ?? beganAt(fact);
}

function accusation(fact: ReadFact, says: Accusation['says'], at: number, offence: Data): Accusation {
  return {
    ...{ fact: fact.id, says, at, case: textIn(fact.data, 'ptiUrn') },
    cjsCode: textIn(offence, 'cjsCode'),
    hoCode: textIn(offence, 'hoCode'),
    sequence: numberIn(offence, 'sequence'),
  };
}
