import { Invalid } from '../../../libs/contract/failure.js';
import { type ClauseRef } from '../../../libs/domain/agreement/document.js';
import {
  type ConfirmedLookup,
  type DisclosedFact,
  type ShownFields,
} from '../../../libs/domain/disclosure/disclosure.js';

/** How a field came into an answer. */
export type ShownAs = keyof ShownFields;

export interface AnsweredField {
  readonly path: string;
  readonly as: ShownAs;
  readonly clause: ClauseRef;
}

/** Notes, for one answer, every person, fact and field that goes into it, and what was asked about. */
export interface Witness {
  sought(what: string): void;
  /** A person was found by a value that the caller had: the answer confirms it. */
  confirmed(lookup: ConfirmedLookup): void;
  /** A person is in the answer. */
  met(offender: string): void;
  /** A fact is in the answer, if only by its existence. Throws `Invalid` `answer-too-large`. */
  saw(position: number, offender: string): void;
  /** Fields of a fact are in the answer. */
  read(position: number, fields: readonly AnsweredField[]): void;
  noted(): Noted;
}

export interface Noted {
  readonly sought: readonly string[];
  readonly confirmed: readonly ConfirmedLookup[];
  readonly offenders: readonly string[];
  readonly facts: readonly DisclosedFact[];
}

/** No answer holds more facts than this, whatever its page sizes multiply to. */
const MOST_FACTS = 5000;

type Shown = Map<ClauseRef, Partial<Record<ShownAs, Set<string>>>>;

export function openWitness(): Witness {
  const sought = new Set<string>();
  const confirmed: ConfirmedLookup[] = [];
  const offenders = new Set<string>();
  const facts = new Map<number, { readonly offender: string; readonly shown: Shown }>();
  return {
    sought: (what) => void sought.add(what),
    confirmed(lookup) {
      offenders.add(lookup.offender);
      confirmed.push(lookup);
    },
    met: (offender) => void offenders.add(offender),
    saw(position, offender) {
      offenders.add(offender);
      if (facts.has(position)) return;
      if (facts.size >= MOST_FACTS)
        throw new Invalid('answer-too-large', 'the answer would be too large: ask for less');
      facts.set(position, { offender, shown: new Map() });
    },
    read(position, fields) {
      const shown = facts.get(position)?.shown;
      if (shown !== undefined) fields.forEach((field) => add(shown, field));
    },
    noted: () => ({
      sought: [...sought],
      confirmed,
      offenders: [...offenders].sort(),
      facts: [...facts].map(([position, { offender, shown }]) => ({
        position,
        offender,
        shown: plain(shown),
      })),
    }),
  };
}

function add(shown: Shown, { path, as, clause }: AnsweredField): void {
  const under = shown.get(clause) ?? {};
  shown.set(clause, under);
  (under[as] ??= new Set()).add(path);
}

function plain(shown: Shown): DisclosedFact['shown'] {
  return Object.fromEntries(
    [...shown].map(([clause, under]) => [
      clause,
      Object.fromEntries(Object.entries(under).map(([as, paths]) => [as, [...paths]])),
    ]),
  );
}
