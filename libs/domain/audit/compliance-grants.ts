import { audiencesOf } from '../agreement/audience.js';
import { rulesFor, type Table } from '../agreement/compile.js';
import { type FactInQuestion } from '../agreement/conditions.js';
import { type Decision, type FieldDecision } from '../agreement/decision.js';
import { evaluate } from '../agreement/evaluate.js';
import { type Recipient } from '../agreement/recipient.js';
import { type Register } from '../agreement/register.js';
import { type OffenderState } from '../casework/offender-state.js';
import { type Disclosure, type ShownFields } from '../disclosure/disclosure.js';
import { type ClearFact, kindOf } from '../picture/grants.js';

/** A disclosure as it was recorded: older records do not tell the roles of whoever asked. */
export type RecordedDisclosure = Disclosure & { readonly roles?: readonly string[] };

/** An answer as the log holds it. */
export interface RecordedAnswer {
  readonly position: number;
  readonly disclosure: RecordedDisclosure;
}

/** What decisions rested on at one place of the log. */
export interface Footing {
  readonly register: Register;
  readonly table: Table;
  readonly state: (offender: string) => OffenderState;
  /** Whether the person was erased: there is nothing more to show. */
  readonly isErased: (offender: string) => boolean;
}

/** The log up to an answer, as far as its permission rests on it; everything is clear metadata. */
export interface Ground {
  /** The footing after the event at a position, or the present one for a later position. */
  at(position: number): Footing;
  /** The fact at a position before the answer. */
  fact(position: number): ClearFact | undefined;
  /** The facts about a person before the answer. */
  factsOf(offender: string): Iterable<ClearFact>;
}

/** What an asker is granted of one fact. */
export interface Granted {
  readonly shares: boolean;
  readonly field: (path: string) => FieldDecision | undefined;
}

const outcomes: Readonly<Record<FieldDecision['outcome'], number>> = {
  withhold: 0,
  mask: 1,
  generalise: 2,
  clear: 3,
};

/** How much of a field an outcome lets out: 0 nothing, 1 that there may be one, 2 a coarser value, 3 all. */
export function openness(decision: Pick<FieldDecision, 'outcome'> | undefined): number {
  return decision === undefined ? 0 : outcomes[decision.outcome];
}

/** How open a field must have been granted to be shown so: that there is none is more than a mask tells. */
export const openAtLeast: Readonly<Record<keyof ShownFields, number>> = {
  mask: 1,
  absent: 2,
  generalise: 2,
  clear: 3,
};

/** How the asker of a recorded answer is taken to be other than the record says. */
export type Supposed = Partial<Omit<Recipient, 'agency'>>;

/**
 * What the asker of a recorded answer is granted of a fact on a footing. A record that does not tell the asker's roles
 * leaves several possibilities, one for each set of roles that clauses tell apart. What is granted must be so at the
 * moment of the answer, and still at that of the newest event of the agreements, if that is later.
 */
export function possibleGrants(
  footing: Footing,
  fact: ClearFact,
  disclosure: RecordedDisclosure,
  supposed: Supposed = {},
): readonly Granted[] {
  const { metadata } = fact;
  if (metadata.retracts !== null || footing.isErased(metadata.offender)) return [NOTHING_GRANTED];
  const { table, register } = footing;
  const { agency, purpose, at } = disclosure;
  const state = footing.state(metadata.offender);
  const question = questionOf(fact);
  const moments = at < register.asOf ? [at, register.asOf] : [at];
  return rolesPossible(table, fact, disclosure).map((roles) =>
    leastOf(
      moments.map((moment) => {
        const recipient = { agency, roles, ...tieOf(state, disclosure, moment), ...supposed };
        return evaluate(table, question, recipient, purpose, state, moment);
      }),
    ),
  );
}

const questions = new WeakMap<ClearFact, FactInQuestion>();

function questionOf(fact: ClearFact): FactInQuestion {
  const known = questions.get(fact);
  if (known !== undefined) return known;
  const made = { ...fact.metadata, type: fact.type };
  questions.set(fact, made);
  return made;
}

const NOTHING_GRANTED: Granted = { shares: false, field: () => undefined };

function rolesPossible(
  table: Table,
  fact: ClearFact,
  { agency, purpose, roles }: RecordedDisclosure,
): readonly (readonly string[])[] {
  if (roles !== undefined) return [roles];
  const looksAt = rulesFor(table, kindOf(fact))?.get(agency)?.get(purpose)?.looksAt;
  const told = { roles: looksAt?.roles ?? [], responsibility: false, emergency: false };
  return audiencesOf(agency, told, false).map(({ recipient }) => recipient.roles);
}

function tieOf({ responsible, emergencies }: OffenderState, asker: Disclosure, moment: number) {
  const { agency, user, purpose } = asker;
  return {
    responsible: responsible.includes(`${agency}:${user}`),
    emergency: emergencies.some(
      (each) =>
        each.agency === agency && each.user === user && each.purpose === purpose && each.until > moment,
    ),
  };
}

/** What is granted by every one of some decisions. */
function leastOf(decisions: readonly Decision[]): Granted {
  const all = decisions.map(byPath);
  const only = all.length === 1 ? all[0] : undefined;
  return {
    shares: decisions.every(({ shares }) => shares),
    field: (path) => {
      if (only !== undefined) return only.get(path);
      const found = all.map((fields) => fields.get(path));
      return found.reduce((least, each) => (openness(each) < openness(least) ? each : least));
    },
  };
}

const indexed = new WeakMap<Decision, ReadonlyMap<string, FieldDecision>>();

function byPath(decision: Decision): ReadonlyMap<string, FieldDecision> {
  const known = indexed.get(decision);
  if (known !== undefined) return known;
  const fields = new Map(decision.fields.map((field) => [field.path, field]));
  indexed.set(decision, fields);
  return fields;
}
