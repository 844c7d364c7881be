import { type ReadFact } from '../casework/read-fact.js';
import { type Offence } from './person-history-offence.js';
import { type Mention, mentionsIn, type Verdict, verdictIn } from './person-history-mentions.js';

const steps: Readonly<Record<Offence['stage'], number>> = {
  arrested: 0,
  charged: 1,
  proven: 2,
  'not-proven': 2,
  withdrawn: 2,
};

/**
 * The offences that standing facts in log order speak of, each once. Two facts mean the same offence when they share a
 * reference (arrest, prosecution case, hearing, imported record) and either its sequence there or its code and, where
 * both say it, its date. Its stage is the furthest that any of them tells of; of two ends the later fact's.
 */
export function offencesOf(facts: readonly ReadFact[]): readonly Offence[] {
  const known: Mention[][] = [];
  for (const fact of facts) {
    const taken = new Set<Mention[]>();
    for (const mention of mentionsIn(fact)) taken.add(filed(known, taken, mention));
  }
  const order = new Map(facts.map(({ id }, index) => [id, index]));
  const verdicts = facts.flatMap((fact) => verdictIn(fact) ?? []);
  return known.map((mentions) => offenceOf(mentions, verdicts, order));
}

/** The offence that a mention is of; no two mentions of one fact are of the same. */
function filed(known: Mention[][], taken: ReadonlySet<Mention[]>, mention: Mention): Mention[] {
  const open = known.filter(
    (each) => !taken.has(each) && each.some((other) => shareReference(other, mention)),
  );
  const found =
    open.find((each) => each.some((other) => isSameCount(other, mention))) ??
    open.find((each) => each.every((other) => mayBeSame(other, mention)));
  if (found !== undefined) {
    found.push(mention);
    return found;
  }
  const made = [mention];
  known.push(made);
  return made;
}

function shareReference(one: Pick<Mention, 'references'>, other: Pick<Mention, 'references'>): boolean {
  return one.references.some((reference) => other.references.includes(reference));
}

/** The same place in the same list of offences: an amended charge may give it another code. */
function isSameCount(one: Mention, other: Mention): boolean {
  return one.sequence !== null && one.sequence === other.sequence && shareReference(one, other);
}

function mayBeSame(one: Mention, other: Mention): boolean {
  const agree = (a: number | null, b: number | null): boolean => a === null || b === null || a === b;
  return (
    one.cjsCode === other.cjsCode &&
    agree(one.sequence, other.sequence) &&
    agree(one.committed, other.committed)
  );
}

function offenceOf(
  mentions: readonly Mention[],
  all: readonly Verdict[],
  order: ReadonlyMap<string, number>,
): Offence {
  const reached = mentions.reduce((most, { stage }) => Math.max(most, steps[stage]), 0);
  const verdicts = all.filter(
    (verdict) => concerns(verdict, mentions) && !(verdict.onArrestsOnly && reached > 0),
  );
  const said = [...mentions, ...verdicts].toSorted(
    (one, other) => (order.get(one.fact) ?? 0) - (order.get(other.fact) ?? 0),
  );
  const furthest = said.reduce((best, each) => (steps[each.stage] >= steps[best.stage] ? each : best));
  const newest = <K extends 'cjsCode' | 'hoCode' | 'committed'>(field: K): Mention[K] | null =>
    mentions.findLast((mention) => mention[field] !== null)?.[field] ?? null;
  return {
    key: keyOf(mentions),
    cjsCode: newest('cjsCode'),
    hoCode: newest('hoCode'),
    stage: furthest.stage,
    committed: newest('committed') ?? Math.min(...mentions.map(({ at }) => at)),
    by: [...new Set(said.map(({ fact }) => fact))],
  };
}

function concerns(verdict: Verdict, mentions: readonly Mention[]): boolean {
  const { sequences } = verdict;
  return mentions.some(
    (mention) =>
      shareReference(verdict, mention) &&
      (sequences === null || (mention.sequence !== null && sequences.includes(mention.sequence))),
  );
}

/** The first mention of it, by fact and code; later facts leave it as it is. */
function keyOf([first]: readonly Mention[]): string {
  return [first?.fact, first?.cjsCode, first?.sequence, first?.committed].join(' ');
}
