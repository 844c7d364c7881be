import { type FactMetadata } from '../../contract/fact.js';
import { type ClauseRef, type Treatment } from '../agreement/document.js';
import { OWN_RECORD } from '../agreement/decision.js';
import { type Disclosure, type ShownFields } from '../disclosure/disclosure.js';
import { type Grants, OWN } from '../picture/grants.js';

/**
 * Which clock a moment is read on: what the hub had received by then, what had happened by then (as far as is known
 * now), or what answers had shown by then.
 */
export const clocks = ['received', 'happened', 'disclosed'] as const;
export type AuditClock = (typeof clocks)[number];

/** One field that an agency could see: how, for which purpose, who of the agency, and under which clause. */
export interface KnownField {
  readonly path: string;
  readonly as: Treatment | 'absent';
  /** `own-record` where an agency published the fact itself. */
  readonly purpose: string;
  /** Who of the agency: empty for anybody, or roles, `responsible` and `emergency` joined by `+`. */
  readonly audience: string;
  readonly clause: ClauseRef;
}

/** One fact that an agency could see something of: the names of its fields, never their values. */
export interface KnownFact {
  readonly position: string;
  readonly type: string;
  readonly publisher: string;
  /** As its publisher wrote it, null when unknown. */
  readonly happened: string | null;
  readonly received: string;
  readonly superseded: { readonly kind: string; readonly position: string } | null;
  readonly fields: readonly KnownField[];
}

/** What an agency could see of a person at a moment on a clock. */
export interface Knowledge {
  readonly agency: string;
  readonly person: string;
  readonly at: string;
  readonly clock: AuditClock;
  readonly facts: readonly KnownFact[];
}

/** Whether a fact had happened by a moment; one of unknown time by when the hub received it, because no later. */
export function happenedBy(
  { happened, received }: Pick<FactMetadata, 'happened' | 'received'>,
  at: number,
): boolean {
  return (happened.from ?? received) <= at;
}

/** The fields that grants give to an agency, as far as the fact holds them. */
export function grantedFields(
  grants: Grants,
  { fields }: Pick<FactMetadata, 'fields'>,
): readonly KnownField[] {
  const held = new Set(fields);
  return Object.entries(grants).flatMap(([purpose, { audiences }]) =>
    Object.entries(audiences).flatMap(([audience, decisions]) =>
      decisions.flatMap(({ path, outcome, clause }) =>
        outcome === 'withhold' || !held.has(path)
          ? []
          : [{ path, as: outcome, purpose: purpose === OWN ? OWN_RECORD : purpose, audience, clause }],
      ),
    ),
  );
}

/** The fields of a person's facts that an answer held, by position of the fact. */
export function disclosedFields(
  { purpose, facts }: Pick<Disclosure, 'purpose' | 'facts'>,
  person: string,
): readonly (readonly [position: number, field: KnownField])[] {
  return facts
    .filter(({ offender }) => offender === person)
    .flatMap(({ position, shown }) =>
      Object.entries(shown).flatMap(([clause, ways]) =>
        Object.entries(ways).flatMap(([as, paths]) =>
          paths.map((path) => {
            const field = { path, as: as as keyof ShownFields, purpose, audience: '', clause };
            return [position, field] as const;
          }),
        ),
      ),
    );
}

/** What one of two agencies, moments or clocks has beyond the other, field by field. */
export interface KnowledgeDifference {
  readonly one: KnowledgeSide;
  readonly other: KnowledgeSide;
  readonly fields: readonly FieldDifference[];
  /** Facts that are superseded in one of the two alone. */
  readonly superseded: readonly SupersededDifference[];
}

export type KnowledgeSide = Pick<Knowledge, 'agency' | 'at' | 'clock'>;

export interface FieldDifference extends Omit<KnownField, 'as' | 'clause'> {
  /** Log position of the fact. */
  readonly position: string;
  readonly type: string;
  readonly publisher: string;
  /** Seen from the one to the other. */
  readonly change: 'gained' | 'lost' | 'changed';
  readonly before: Shape | null;
  readonly after: Shape | null;
}

export type Shape = Pick<KnownField, 'as' | 'clause'>;

export interface SupersededDifference {
  readonly position: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Compares what was known of one person; empty where nothing differs. */
export function differenceOf(one: Knowledge, other: Knowledge): KnowledgeDifference {
  const [before, after] = [byKey(one), byKey(other)];
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  return {
    one: sideOf(one),
    other: sideOf(other),
    fields: keys.flatMap((key) => changeOf(before.get(key), after.get(key))),
    superseded: supersededIn(one, other),
  };
}

function sideOf({ agency, at, clock }: Knowledge): KnowledgeSide {
  return { agency, at, clock };
}

interface Known {
  readonly fact: KnownFact;
  readonly field: KnownField;
}

function byKey({ facts }: Knowledge): ReadonlyMap<string, Known> {
  return new Map(
    facts.flatMap((fact) =>
      fact.fields.map((field) => {
        const key = [fact.position, field.path, field.purpose, field.audience].join(' ');
        return [key, { fact, field }] as const;
      }),
    ),
  );
}

function changeOf(before: Known | undefined, after: Known | undefined): readonly FieldDifference[] {
  const known = after ?? before;
  if (known === undefined || isSame(before?.field, after?.field)) return [];
  const { position, type, publisher } = known.fact;
  const { path, purpose, audience } = known.field;
  const change = before === undefined ? 'gained' : after === undefined ? 'lost' : 'changed';
  const shapes = { before: shapeOf(before?.field), after: shapeOf(after?.field) };
  return [{ position, type, publisher, path, purpose, audience, change, ...shapes }];
}

function isSame(one: Shape | undefined, other: Shape | undefined): boolean {
  return one?.as === other?.as && one?.clause === other?.clause;
}

function shapeOf(field: KnownField | undefined): Shape | null {
  return field === undefined ? null : { as: field.as, clause: field.clause };
}

function supersededIn(one: Knowledge, other: Knowledge): readonly SupersededDifference[] {
  const after = new Map(other.facts.map((fact) => [fact.position, fact]));
  return one.facts.flatMap(({ position, superseded }) => {
    const fact = after.get(position);
    const [was, is] = [superseded?.kind ?? null, fact?.superseded?.kind ?? null];
    return fact === undefined || was === is ? [] : [{ position, before: was, after: is }];
  });
}
