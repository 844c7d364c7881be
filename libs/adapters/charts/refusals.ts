import { type FieldDecision } from '../../domain/agreement/decision.js';
import { type ClauseRef } from '../../domain/agreement/document.js';
import { type Ground, possibleGrants, type RecordedAnswer } from '../../domain/audit/compliance-grants.js';
import { bars, type Chart } from './chart.js';

interface Held {
  answers: number;
  facts: number;
  fields: number;
}

/** Counts what clauses kept back from facts of which an answer told something. */
export interface Refusals {
  /** `ground` is the log up to the answer; `concerns` says of which facts (log positions) of the answer. */
  add(ground: Ground, answer: RecordedAnswer, concerns: (position: number) => boolean): void;
  chart(): Chart;
}

export function openRefusals(): Refusals {
  const counts = new Map<ClauseRef, Held>();
  return {
    add(ground, answer, concerns) {
      const told = new Set<ClauseRef>();
      const shown = answer.disclosure.facts.filter(({ position }) => concerns(position));
      for (const { position } of shown) {
        const refused = refusedIn(ground, answer, position);
        for (const [clause, fields] of refused) {
          const held = counts.get(clause) ?? { answers: 0, facts: 0, fields: 0 };
          counts.set(clause, held);
          held.fields += fields;
          held.facts += 1;
          if (!told.has(clause)) held.answers += 1;
          told.add(clause);
        }
      }
    },
    chart: () => chartOf(counts),
  };
}

/**
 * By clause: how many fields that a fact holds the clause prohibits to the asker, decided again as the log stood at the
 * answer. Of somebody whose roles the record does not tell, only what is prohibited whatever they were.
 */
function refusedIn(
  ground: Ground,
  { position, disclosure }: RecordedAnswer,
  at: number,
): ReadonlyMap<ClauseRef, number> {
  const fact = ground.fact(at);
  const refused = new Map<ClauseRef, number>();
  if (fact === undefined || fact.metadata.publisher === disclosure.agency) return refused;
  const granted = possibleGrants(ground.at(position), fact, disclosure);
  for (const path of fact.metadata.fields) {
    const [clause, ...others] = granted.map(({ field }) => prohibitedBy(field(path)));
    if (clause == null || others.some((other) => other == null)) continue;
    refused.set(clause, (refused.get(clause) ?? 0) + 1);
  }
  return refused;
}

function prohibitedBy(decision: FieldDecision | undefined): ClauseRef | null {
  return decision?.outcome === 'withhold' && decision.reason === 'prohibited' ? decision.clause : null;
}

function chartOf(counts: ReadonlyMap<ClauseRef, Held>): Chart {
  const rows = [...counts].sort(([a, one], [b, other]) => other.fields - one.fields || (a < b ? -1 : 1));
  return {
    id: 'refusals',
    title: 'Refusals by clause',
    note:
      'Fields that a prohibiting clause kept back from a fact of which the answer told something else: decided again as ' +
      'the log stood then, and counted for each answer. What no clause permits is kept back without one, and what was ' +
      'kept back whole is in no record of an answer; neither is counted here.',
    headings: ['clause', 'answers', 'facts', 'fields'],
    rows: rows.map(([clause, { answers, facts, fields }]) => [clause, answers, facts, fields]),
    drawing: bars(
      rows.map(([label, { fields }]) => ({ label, figure: fields })),
      'fields',
    ),
  };
}
