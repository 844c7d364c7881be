import { agencyOf } from '../../contract/agency.js';
import { entryIn } from '../agreement/compile.js';
import { type ClauseRef } from '../agreement/document.js';
import { type DisclosedFact, type ShownFields } from '../disclosure/disclosure.js';
import { type ClearFact, kindOf } from '../picture/grants.js';
import { type Finding, finding, type Found } from './compliance-finding.js';
import {
  type Granted,
  type Ground,
  openAtLeast,
  openness,
  possibleGrants,
  type RecordedAnswer,
  type RecordedDisclosure,
} from './compliance-grants.js';
import { toldTogether } from './compliance-left-out.js';
import { type Refusal, refusalOf } from './compliance-reason.js';

/** One fact of an answer, and what its asker was granted of it. */
interface Weighed {
  readonly answer: RecordedAnswer;
  readonly ground: Ground;
  readonly told: DisclosedFact;
  readonly fact: ClearFact;
  /** As the log stood when the answer was recorded. */
  readonly granted: readonly Granted[];
  /** As it stood where the read models had followed to. */
  readonly followed: () => readonly Granted[];
}

/** What is wrong with one fact of an answer: with each of its fields, or with telling of the fact at all. */
export function factFindings(
  ground: Ground,
  answer: RecordedAnswer,
  told: DisclosedFact,
): readonly Finding[] {
  const { disclosure, position } = answer;
  const fact = told.position < position ? ground.fact(told.position) : undefined;
  const reason = factFault(fact, told);
  if (fact === undefined || reason !== undefined) return [toldOf({ answer, told }, reason ?? 'no-such-fact')];
  const weighed: Weighed = {
    answer,
    ground,
    told,
    fact,
    granted: possibleGrants(ground.at(position), fact, disclosure),
    followed: () => possibleGrants(ground.at(disclosure.asOf), fact, disclosure),
  };
  const fields = Object.entries(told.shown).flatMap(([clause, under]) => underClause(weighed, clause, under));
  if (fields.length > 0) return fields;
  if (weighed.granted.some(({ shares }) => shares)) return leftOut(weighed);
  const isBare = Object.keys(told.shown).length === 0;
  if (isBare && isAuditors(disclosure)) return [];
  const isOvertaken = weighed.followed().some(({ shares }) => shares);
  return [toldOf(weighed, isOvertaken ? 'overtaken' : 'nothing-granted')];
}

function toldOf(inAnswer: InAnswer, reason: Refusal): Finding {
  return factFinding(inAnswer, { kind: 'not-permitted', reason, shown: 'exists' });
}

type InAnswer = Pick<Weighed, 'answer' | 'told'>;

function factFinding({ answer, told: { position, offender } }: InAnswer, found: Found): Finding {
  return finding(answer, { fact: position, offender, ...found });
}

function factFault(fact: ClearFact | undefined, { offender }: DisclosedFact): Refusal | undefined {
  if (fact === undefined) return 'no-such-fact';
  if (fact.metadata.offender !== offender) return 'other-person';
  return fact.metadata.retracts === null ? undefined : 'retraction';
}

function underClause(weighed: Weighed, clause: ClauseRef, under: ShownFields): readonly Finding[] {
  const ways = Object.entries(under) as [keyof ShownFields, readonly string[]][];
  return ways.flatMap(([as, paths]) =>
    paths.flatMap((path) => {
      const found = notPermitted(weighed, clause, as, path) ?? withheld(weighed, as, path);
      if (found === undefined) return [];
      const permitted = permittedOf(weighed, path);
      return [factFinding(weighed, { ...found, field: path, shown: as, clause, permitted })];
    }),
  );
}

function permittedOf({ granted }: Weighed, path: string): Finding['permitted'] {
  const most = granted
    .map(({ field }) => field(path))
    .sort((one, other) => openness(other) - openness(one))[0];
  return most === undefined || openness(most) === 0 ? null : { outcome: most.outcome, clause: most.clause };
}

function notPermitted(
  weighed: Weighed,
  clause: ClauseRef,
  as: keyof ShownFields,
  path: string,
): Found | undefined {
  const { answer, ground, fact, granted, followed } = weighed;
  const need = openAtLeast[as];
  const isOpen = (each: Granted): boolean => openness(each.field(path)) >= need;
  const isUnder = (each: Granted): boolean => isOpen(each) && each.field(path)?.clause === clause;
  if (granted.some(isUnder)) return undefined;
  const kind = 'not-permitted';
  if (granted.some(isOpen)) {
    const isMoreOpen = granted.every((each) => openness(each.field(path)) > need);
    return isMoreOpen || followed().some(isUnder) ? undefined : { kind, reason: 'other-clause' };
  }
  if (followed().some(isUnder)) return { kind, reason: 'overtaken' };
  const shown = { disclosure: answer.disclosure, fact, clause, path, need };
  return { kind, reason: refusalOf(ground.at(answer.position), shown, granted) };
}

function withheld(
  { fact, granted, followed }: Weighed,
  as: keyof ShownFields,
  path: string,
): Found | undefined {
  const kind = 'withheld';
  if (as === 'absent')
    return fact.metadata.fields.includes(path) ? { kind, reason: 'told-absent' } : undefined;
  const isMoreOpen = (each: Granted): boolean => openness(each.field(path)) > openAtLeast[as];
  return granted.every(isMoreOpen) && followed().every(isMoreOpen)
    ? { kind, reason: 'less-open' }
    : undefined;
}

/** Fields that the answer should hold because it holds others that are only ever told together with them. */
function leftOut(weighed: Weighed): readonly Finding[] {
  const { answer, ground, told, fact, granted, followed } = weighed;
  const { metadata } = fact;
  const entry = entryIn(ground.at(answer.position).table, kindOf(fact));
  if (entry === undefined || !toldTogether(entry, told.shown)) return [];
  const shown = new Set(Object.values(told.shown).flatMap((under) => Object.values(under).flat()));
  const isOpen = (path: string) => (each: Granted) => openness(each.field(path)) > 0;
  const missing = metadata.fields.filter(
    (path) => !shown.has(path) && granted.every(isOpen(path)) && followed().every(isOpen(path)),
  );
  return missing.map((path) => {
    const permitted = permittedOf(weighed, path);
    const clause = permitted?.clause ?? null;
    return factFinding(weighed, {
      kind: 'withheld',
      reason: 'left-out',
      field: path,
      shown: 'nothing',
      clause,
      permitted,
    });
  });
}

/** An auditor is told that people and facts exist by office, not by agreement; values are not for auditors. */
export function isAuditors({ agency }: RecordedDisclosure): boolean {
  return agencyOf(agency)?.kind === 'auditor';
}
