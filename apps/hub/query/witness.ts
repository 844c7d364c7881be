import { type DisclosedFact } from '../../../libs/domain/disclosure/disclosure.js';

/** A field of an answer: one that is withheld does not count as shown. */
export interface AnsweredField {
  readonly name: string;
  readonly status: 'SHARED' | 'GENERALISED' | 'MASKED' | 'WITHHELD';
  readonly clause: string | null;
}

/** Notes, for one answer, every fact and field that goes into it. */
export interface Witness {
  /** A fact is in the answer, if only by its existence. */
  saw(position: number, offender: string): void;
  /** Fields of a fact are in the answer. */
  read(position: number, fields: readonly AnsweredField[]): void;
  /** A person is in the answer, or was asked for by hub id and is visible. */
  met(offender: string): void;
  facts(): readonly DisclosedFact[];
  offenders(): readonly string[];
}

interface Noted {
  readonly offender: string;
  readonly fields: Set<string>;
  readonly clauses: Set<string>;
}

export function openWitness(): Witness {
  const facts = new Map<number, Noted>();
  const offenders = new Set<string>();
  return {
    saw(position, offender) {
      offenders.add(offender);
      if (!facts.has(position)) facts.set(position, { offender, fields: new Set(), clauses: new Set() });
    },
    read(position, fields) {
      const noted = facts.get(position);
      for (const { name, status, clause } of fields) {
        if (status === 'WITHHELD') continue;
        noted?.fields.add(name);
        if (clause !== null) noted?.clauses.add(clause);
      }
    },
    met: (offender) => void offenders.add(offender),
    offenders: () => [...offenders].sort(),
    facts: () =>
      [...facts].map(([position, { offender, fields, clauses }]) => ({
        position,
        offender,
        fields: [...fields],
        clauses: [...clauses],
      })),
  };
}
