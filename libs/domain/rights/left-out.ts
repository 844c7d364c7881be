import { entryOf } from '../../contract/catalogue/catalogue.js';
import { type SensitivityClass } from '../../contract/catalogue/entry.js';
import { fieldsOf } from '../../contract/catalogue/fields.js';
import { namesField } from './field-name.js';
import { type HeldFact, type HeldField } from './held.js';
import { type AccessGround, type AccessRestriction } from './rights.js';

/** What is left out of every subject's copy until somebody decides otherwise. The first rule that covers it is named. */
export interface LeavingOutRule {
  readonly id: string;
  readonly ground: AccessGround;
  readonly reason: string;
  /** Whole facts of the types that have a field of this class: their very existence would tell. */
  readonly typesWith?: SensitivityClass;
  /** Whole facts that the publisher handles so. */
  readonly handling?: 'C';
  /** Fields, named as restrictions name them. */
  readonly fields?: readonly string[];
}

/** The rules as data (R17; R51 for graded intelligence, R53 for limited access). */
export const leavingOutRules: readonly LeavingOutRule[] = [
  {
    id: 'intelligence',
    typesWith: 'INTEL',
    ground: 'b',
    reason: 'graded intelligence: to know of it, or that there is none, would prejudice detection',
  },
  {
    id: 'limited-access',
    typesWith: 'LAO',
    ground: 'e',
    reason: 'limited access protects people near the case, and its reason speaks of them',
  },
  {
    id: 'handling-conditions',
    handling: 'C',
    ground: 'b',
    reason: 'the publisher shares it only with conditions: ask it before anything is given',
  },
  { id: 'victims', fields: ['class:VIC'], ground: 'e', reason: 'data about victims' },
  { id: 'guardians', fields: ['guardian'], ground: 'e', reason: 'data about a parent or guardian' },
];

/** A restriction with its reason as it was recorded. */
export interface ReasonedRestriction extends AccessRestriction {
  readonly reason: string | null;
}

/** Why something is left out, and who said so. */
export interface Because {
  readonly ground: AccessGround;
  readonly reason: string | null;
  /** `rule <id>`, or `restriction <id>`. */
  readonly by: string;
}

/** One thing that is left out of the subject's copy: a fact, some of its fields, or that an agency was shown it. */
export interface LeftOut extends Because {
  readonly fact: HeldFact;
  /** Paths; empty when the whole fact is. */
  readonly fields: readonly string[];
  /** Empty unless only that these were shown it is. */
  readonly recipients: readonly string[];
}

/** What remains for the subject, and what does not. */
export interface Sifted {
  readonly facts: readonly HeldFact[];
  readonly leftOut: readonly LeftOut[];
  /** Whether that an agency was shown something of a fact is left out. */
  readonly hidesRecipient: (position: number, agency: string) => boolean;
}

type Weighed = Pick<LeftOut, 'fields'> & Because;

/**
 * Takes out of what is held what the rules and the restrictions leave out (R17). What corrects or retracts something
 * left out is left out like it, because it would tell of it.
 */
export function sift(held: readonly HeldFact[], restrictions: readonly ReasonedRestriction[]): Sifted {
  const before = new Map<string, readonly Weighed[]>();
  const leftOut: LeftOut[] = [];
  const facts: HeldFact[] = [];
  for (const fact of held) {
    const inherited = before.get(fact.corrects ?? fact.retracts ?? '') ?? [];
    const weighed = [...ruled(fact), ...restricted(fact, restrictions), ...alsoHere(fact, inherited)];
    before.set(fact.id, weighed);
    leftOut.push(...weighed.map((each) => ({ ...each, fact, recipients: [] })));
    const fields = fact.fields.filter(({ path }) => !weighed.some((each) => each.fields.includes(path)));
    const isWhole = weighed.some((each) => each.fields.length === 0);
    if (!isWhole && (fields.length > 0 || fact.fields.length === 0)) facts.push({ ...fact, fields });
  }
  const hiding = restrictions.filter(({ scope }) => scope.recipients !== undefined);
  leftOut.push(...held.flatMap((fact) => hidden(fact, hiding)));
  const hides = ({ fact, recipients }: LeftOut, position: number, agency: string): boolean =>
    fact.position === position && recipients.includes(agency);
  return {
    facts,
    leftOut,
    hidesRecipient: (position, agency) => leftOut.some((each) => hides(each, position, agency)),
  };
}

function ruled(fact: HeldFact): readonly Weighed[] {
  const entry = entryOf(fact.type, fact.version);
  const classes = entry === undefined ? [] : fieldsOf(entry).map((field) => field.class);
  const covers = ({ typesWith, handling }: LeavingOutRule): boolean =>
    (typesWith !== undefined && classes.includes(typesWith)) ||
    (handling !== undefined && fact.handling === handling);
  const whole = leavingOutRules.find(covers);
  if (whole !== undefined) return [{ ...becauseOf(whole), fields: [] }];
  return leavingOutRules.flatMap((rule) => partOf(fact, rule.fields ?? [], becauseOf(rule)));
}

function becauseOf({ id, ground, reason }: LeavingOutRule): Because {
  return { ground, reason, by: `rule ${id}` };
}

function partOf(fact: HeldFact, names: readonly string[], because: Because): readonly Weighed[] {
  const isNamed = (field: HeldField): boolean => names.some((name) => namesField(name, field));
  const fields = fact.fields.filter(isNamed).map(({ path }) => path);
  return fields.length === 0 ? [] : [{ ...because, fields }];
}

function restricted(fact: HeldFact, restrictions: readonly ReasonedRestriction[]): readonly Weighed[] {
  return restrictions.flatMap((restriction) => {
    const { scope } = restriction;
    if (scope.recipients !== undefined || !isAbout(fact, restriction)) return [];
    const because = becauseRestricted(restriction);
    return scope.fields === undefined ? [{ ...because, fields: [] }] : partOf(fact, scope.fields, because);
  });
}

function becauseRestricted({ id, ground, reason }: ReasonedRestriction): Because {
  return { ground, reason, by: `restriction ${id}` };
}

function isAbout({ type, position }: HeldFact, { scope }: AccessRestriction): boolean {
  const { types, facts } = scope;
  if (types === undefined && facts === undefined) return true;
  return (types?.includes(type) ?? false) || (facts?.includes(position) ?? false);
}

/** Of what is left out of the fact that this one puts right, what this one has too. */
function alsoHere(fact: HeldFact, inherited: readonly Weighed[]): readonly Weighed[] {
  return inherited.flatMap(({ fields, ...because }) =>
    fields.length === 0 ? [{ ...because, fields }] : partOf(fact, fields, because),
  );
}

function hidden(fact: HeldFact, restrictions: readonly ReasonedRestriction[]): readonly LeftOut[] {
  return restrictions
    .filter((each) => isAbout(fact, each))
    .map((each) => ({
      ...becauseRestricted(each),
      fact,
      fields: [],
      recipients: each.scope.recipients ?? [],
    }));
}
