import { type Case } from '../casework/case.js';
import { type Held } from '../casework/held.js';
import { type ReadFact } from '../casework/read-fact.js';

/** One offence of the person's, however many facts speak of it (arrest, charge, import, outcome). */
export interface Offence {
  /** Tells it from every other of the same person. */
  readonly key: string;
  readonly cjsCode: string | null;
  readonly hoCode: string | null;
  /** The furthest it has come. */
  readonly stage: 'arrested' | 'charged' | 'proven' | 'not-proven' | 'withdrawn';
  /** When it was committed, as far as anybody says; else when it was first recorded. Epoch milliseconds. */
  readonly committed: number;
  /** Log event ids. */
  readonly by: readonly string[];
}

/** A person as reports count them: casework, and what the agencies say of them, over time. */
export interface PersonHistory {
  readonly offender: string;
  readonly case: Case;
  /** Dates (`1990-04-17`) or months of birth claimed by standing facts. */
  readonly born: readonly string[];
  readonly sex: string | null;
  readonly custody: readonly Held<'custody'>[];
  /** Who supervises, as probation names it: `CRC`, `NPS`, `Probation Service`; labels of the past stay. */
  readonly providers: readonly Held<string>[];
  readonly offences: readonly Offence[];
  /** Every standing fact, in log order. */
  readonly facts: readonly ReadFact[];
}
