import { type ReadFact } from '../domain/casework/read-fact.js';
import { type GovernanceAct } from '../domain/governance/act.js';
import { keyElements } from '../domain/governance/key-elements.js';
import { type Partnership } from './partnership.js';

/** What becomes of a partnership's record. */
export type Change = (before: Partnership) => Partnership;

/** Takes things away by their names. */
export const without =
  (...names: readonly string[]): Change =>
  ({ people, acts, receipts, ...rest }) => ({
    ...rest,
    people: Object.fromEntries(
      Object.entries(people).map(([person, facts]) => [
        person,
        facts.filter(({ id }) => !names.includes(id)),
      ]),
    ),
    acts: Object.fromEntries(Object.entries(acts).filter(([name]) => !names.includes(name))),
    receipts: Object.fromEntries(Object.entries(receipts).filter(([name]) => !names.includes(name))),
  });

/** Changes the data of a fact. */
export const changing =
  (id: string, change: ReadFact['data']): Change =>
  (before) => ({
    ...before,
    people: Object.fromEntries(
      Object.entries(before.people).map(([person, facts]) => [
        person,
        facts.map((fact) => (fact.id === id ? { ...fact, data: { ...fact.data, ...change } } : fact)),
      ]),
    ),
  });

/** Adds facts about a person. */
export const adding =
  (person: string, ...facts: readonly ReadFact[]): Change =>
  (before) => ({
    ...before,
    people: { ...before.people, [person]: [...(before.people[person] ?? []), ...facts] },
  });

/** Adds an act, or changes one. */
export const act =
  (name: string, change: object): Change =>
  (before) => ({ ...before, acts: { ...before.acts, [name]: { ...before.acts[name], ...change } as never } });

/** A self-assessment with the same score throughout, but for those given. */
export function assessed(
  assessment: string,
  on: string,
  score: number,
  others: Readonly<Record<string, number>> = {},
): GovernanceAct {
  const statements = keyElements.map(({ element }) => ({
    ...{ element, score: others[element] ?? score, author: 'the board', on },
    evidence: 'https://example.org/evidence',
  }));
  return { type: 'governance.selfAssessed', on, assessment, statements };
}
