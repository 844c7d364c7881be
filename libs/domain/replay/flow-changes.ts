import { type Field } from '../../contract/catalogue/fields.js';
import { type Rules } from '../agreement/compile.js';
import { type Question } from '../agreement/conditions.js';
import { type Clause, type ClauseRef, type PermitClause, type Treatment } from '../agreement/document.js';
import { type Between, type Case, type Circumstance, plainQuestion } from './cases.js';
import { bearingInWords } from './clause-in-words.js';
import { inOneLine } from './terms.js';

/** Facts of one type reaching one agency for one purpose. */
export interface Flow extends Between {
  readonly purpose: string;
}

/**
 * A difference in what reaches a recipient: shared now and never before, no longer shared in any case, at best shown
 * otherwise, or in other cases than before; `prohibition` where nothing is shared, but where other agreements may not
 * share it either, or now may. The other kinds are differences of what clauses say of law, retention and reasons: they
 * change nothing that is shown.
 */
export type FlowChangeKind =
  'added' | 'removed' | 'treatment' | 'conditions' | 'prohibition' | keyof typeof lawful;

/** One difference in a flow, for the fields that it is the same for. */
export interface FlowChange extends Flow {
  readonly kind: FlowChangeKind;
  /** Paths, in schema order. */
  readonly fields: readonly string[];
  /** In words, a line for each clause that bears on these fields. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** A question that the two answer differently, every agreement being in force; null where only law differs. */
  readonly example: Question | null;
}

/** What one set of clauses says of a flow: nothing where no rules are. */
export interface Side {
  readonly rules: Rules | undefined;
  readonly clauses: ReadonlyMap<ClauseRef, Clause>;
}

export interface Compared {
  /** Of the type. */
  readonly fields: readonly Field[];
  readonly before: Side;
  readonly after: Side;
}

/** The cases that circumstances can be met in: `casesOf`, or what remembers its answers. */
export type Cases = (circumstances: readonly Circumstance[]) => readonly Case[];

/** The differences in one flow: fields on which the same clauses bear are told together. */
export function changesOf(flow: Flow, compared: Compared, cases: Cases): readonly FlowChange[] {
  return alike(compared).flatMap(({ fields, before, after }) => {
    const shown = shownOtherwise(flow, before, after, cases);
    const told = [...(shown === null ? [] : [shown]), ...lawOtherwise(before, after)];
    return told.map((change) => ({ ...flow, fields, ...change }));
  });
}

/** A clause that says something of a field. */
interface Bearing {
  readonly ref: ClauseRef;
  readonly clause: Clause;
  readonly does: Treatment | 'withhold';
  readonly circumstance: Circumstance;
  /** The circumstance as text: the same for clauses that apply in the same cases. */
  readonly when: string;
}

interface Alike {
  readonly fields: readonly string[];
  readonly before: readonly Bearing[];
  readonly after: readonly Bearing[];
}

function alike({ fields, before, after }: Compared): readonly Alike[] {
  const groups = new Map<string, Alike & { readonly fields: string[] }>();
  fields.forEach(({ path }, index) => {
    const [was, is] = [bearingOn(index, before), bearingOn(index, after)];
    const key = JSON.stringify([was, is].map((all) => all.map(({ ref, does }) => [ref, does])));
    const group = groups.get(key) ?? { fields: [], before: was, after: is };
    groups.set(key, group);
    group.fields.push(path);
  });
  return [...groups.values()];
}

function bearingOn(index: number, { rules, clauses }: Side): readonly Bearing[] {
  return (rules?.atoms ?? []).flatMap(({ clause: ref, effect, treatments, reach }) => {
    const [does, clause] = [treatments[index], clauses.get(ref)];
    if (does === undefined || clause === undefined) return [];
    const circumstance = { effect, conditions: clause.conditions ?? {}, reach };
    return [{ ref, clause, does, circumstance, when: JSON.stringify(circumstance) }];
  });
}

type Told = Pick<FlowChange, 'kind' | 'before' | 'after' | 'example'>;

/** What is shown in some case before and not after, or otherwise; null when the same is in every case. */
function shownOtherwise(
  flow: Flow,
  before: readonly Bearing[],
  after: readonly Bearing[],
  cases: Cases,
): Told | null {
  if (sayings(before) === sayings(after)) return null;
  const circumstances = distinct([...before, ...after]);
  const answers = cases([...circumstances.values()]).map(({ holds, change }) => {
    const holding = new Set([...circumstances.keys()].filter((_, index) => holds[index]));
    return { change, was: shown(before, holding), is: shown(after, holding) };
  });
  const differing = answers.find(({ was, is }) => was !== is);
  if (differing === undefined) return null;
  const kind = kindOf(best(answers.map(({ was }) => was)), best(answers.map(({ is }) => is)));
  const example = differing.change(plainQuestion(flow));
  return { kind, before: inWords(before), after: inWords(after), example };
}

function sayings(all: readonly Bearing[]): string {
  return [...new Set(all.map(({ when, does }) => `${does} ${when}`))].sort().join();
}

/** In an order of their own, so that it does not matter which side is which. */
function distinct(all: readonly Bearing[]): ReadonlyMap<string, Circumstance> {
  const sorted = all.toSorted((one, other) => (one.when < other.when ? -1 : 1));
  return new Map(sorted.map(({ when, circumstance }) => [when, circumstance]));
}

type Shown = Treatment | 'prohibited' | 'nothing';
const mostOpenFirst = ['clear', 'generalise', 'mask'] as const;

function shown(all: readonly Bearing[], holding: ReadonlySet<string>): Shown {
  const does = new Set(all.flatMap((each) => (holding.has(each.when) ? [each.does] : [])));
  return does.has('withhold') ? 'prohibited' : (mostOpenFirst.find((each) => does.has(each)) ?? 'nothing');
}

function best(all: readonly Shown[]): Treatment | undefined {
  return mostOpenFirst.find((each) => all.includes(each));
}

function kindOf(was: Treatment | undefined, is: Treatment | undefined): FlowChangeKind {
  if (was === undefined) return is === undefined ? 'prohibition' : 'added';
  if (is === undefined) return 'removed';
  return was === is ? 'conditions' : 'treatment';
}

function inWords(all: readonly Bearing[]): readonly string[] {
  return [...new Set(all.map(({ clause, does }) => bearingInWords(clause, does)))];
}

/** What a clause says that changes nothing of what is shown; undefined where it says nothing of the kind. */
type Saying = (clause: Clause) => string | undefined;

const lawful = {
  gateway: permission(({ gateway, onBehalfOf, publicInterest }) =>
    [gateway, onBehalfOf && `on behalf of ${onBehalfOf}`, publicInterest].filter(Boolean).join('; '),
  ),
  'lawful basis': permission(({ lawfulBasis, sensitive, criminalOffence }) =>
    [
      inOneLine(lawfulBasis),
      sensitive && `sensitive: ${inOneLine(sensitive)}`,
      criminalOffence && `criminal offences: ${criminalOffence}`,
    ]
      .filter(Boolean)
      .join('; '),
  ),
  retention: permission(({ retention }) => retention ?? 'not stated'),
  emergency: permission(({ conditions }) => conditions?.emergency && inOneLine(conditions.emergency)),
  reason: (clause: Clause) => (clause.effect === 'prohibit' ? clause.because : undefined),
} satisfies Readonly<Record<string, Saying>>;

function permission(say: (clause: PermitClause) => string | undefined): Saying {
  return (clause) => (clause.effect === 'permit' ? say(clause) : undefined);
}

/** Where both sides say something of a kind of law, and not the same. */
function lawOtherwise(before: readonly Bearing[], after: readonly Bearing[]): readonly Told[] {
  return Object.entries(lawful).flatMap(([kind, say]) => {
    const [was, is] = [saidBy(before, say), saidBy(after, say)];
    if (was.length === 0 || is.length === 0 || was.join() === is.join()) return [];
    return [{ kind: kind as keyof typeof lawful, before: was, after: is, example: null }];
  });
}

function saidBy(all: readonly Bearing[], say: Saying): readonly string[] {
  return [...new Set(all.flatMap(({ clause }) => say(clause) ?? []))].sort();
}
