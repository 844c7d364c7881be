import { type Case, caseOf } from '../casework/case.js';
import { type Held } from '../casework/held.js';
import { type ReadFact, standingOf } from '../casework/read-fact.js';
import { wordIn } from '../casework/read-data.js';
import { type Offence } from './person-history-offence.js';
import { custodyOf } from './person-history-custody.js';
import { offencesOf } from './person-history-offences.js';
import { providersOf } from './person-history-providers.js';

export type { Offence };

/** A person as reports count them: casework, and what the agencies say of them, over time. */
export interface PersonHistory {
  readonly offender: string;
  readonly case: Case;
  /** Dates (`1990-04-17`) or months of birth claimed by standing facts. */
  readonly born: readonly string[];
  /** `female` or `male`; null where nobody knows. */
  readonly sex: string | null;
  readonly custody: readonly Held<'custody'>[];
  /** Who supervises, as probation names it: `CRC`, `NPS`, `Probation Service`; labels of the past stay. */
  readonly providers: readonly Held<string>[];
  readonly offences: readonly Offence[];
  /** Every standing fact, in log order. */
  readonly facts: readonly ReadFact[];
}

const sexes = ['female', 'male'] as const;

/**
 * The history that a person's facts, in log order, add up to. What was corrected or retracted does not count, so a late
 * or corrected outcome restates it. Total: what a fact does not say is left out. Of claims of a sex the newest counts.
 */
export function historyOf(offender: string, facts: readonly ReadFact[]): PersonHistory {
  const standing = standingOf(facts);
  return {
    offender,
    case: caseOf(facts),
    born: bornIn(standing),
    sex: standing.map(({ data }) => wordIn(data, 'sex', sexes)).findLast((sex) => sex !== null) ?? null,
    custody: custodyOf(standing),
    providers: providersOf(standing),
    offences: offencesOf(standing),
    facts: standing,
  };
}

function bornIn(facts: readonly ReadFact[]): readonly string[] {
  const claims = facts.map(({ data }) => data['dateOfBirth']);
  return [
    ...new Set(claims.filter((claim) => typeof claim === 'string' && /^\d{4}-\d{2}(-\d{2})?$/.test(claim))),
  ] as string[];
}
