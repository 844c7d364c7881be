import { dayOf } from '../agreement/time.js';
import { isSurelyYounger } from './age-at.js';
import { type Day, workingDaysAfter } from './calendar-day.js';

export const drugTestBases = ['arrest', 'charge'] as const;
export type DrugTestBasis = (typeof drugTestBases)[number];

/** The law on tests for Class A drugs in police detention, as it was from one day until another. */
export interface DrugTestLaw {
  readonly id: string;
  /** The first and the last day of it, both included. */
  readonly inForce: { readonly from: Day; readonly to?: Day };
  /** Whole years at the test, by what it follows on. */
  readonly leastAge: Readonly<Record<DrugTestBasis, number>>;
  /** Either of these allows a test. */
  readonly grounds: readonly ('trigger-offence' | 'inspector-authority')[];
  /** Working days within which a laboratory confirms a result that is disputed. */
  readonly confirmWithin: number;
  /** The only purposes for which results and samples may be disclosed, by paragraph of s.63B(7). */
  readonly purposes: Readonly<Record<'a' | 'b' | 'c' | 'd', string>>;
  /** What must follow a positive result. */
  readonly assessments: readonly ('initial' | 'follow-up')[];
  readonly source: string;
  readonly verified: boolean;
}

/** R37. That the version begins on the day on which tests on arrest did is general knowledge; what it says was read. */
export const drugTestLaws: readonly DrugTestLaw[] = [
  {
    id: 'PACE-63B@2005-12-01',
    inForce: { from: '2005-12-01' },
    leastAge: { arrest: 18, charge: 14 },
    grounds: ['trigger-offence', 'inspector-authority'],
    confirmWithin: 5,
    purposes: {
      a: 'a decision on bail',
      b: 'decisions on supervision while detained or on bail',
      c: 'on conviction, the sentence, supervision and release',
      d: 'ensuring appropriate advice and treatment',
    },
    assessments: ['initial', 'follow-up'],
    source: 'Police and Criminal Evidence Act 1984 s.63B; Drugs Act 2005 ss.9, 10 (R37)',
    verified: true,
  },
];

export interface DrugTest {
  readonly basis: DrugTestBasis;
  /** Claims of the birth, dates or months. */
  readonly born: readonly string[];
  /** When the sample was taken, epoch milliseconds. */
  readonly takenAt: number;
  /** Home Office code; null when none is named. */
  readonly triggerOffence: string | null;
  readonly inspectorAuthority: string | null;
}

export interface DrugTestFault {
  readonly fault: 'no-law' | 'under-age' | 'no-ground';
  /** Null where no law was in force. */
  readonly law: string | null;
}

/** The law on drug tests at a moment, epoch milliseconds (R37). */
export function drugTestLawAt(at: number, laws = drugTestLaws): DrugTestLaw | undefined {
  const day = dayOf(at);
  return laws.find(({ inForce: { from, to } }) => from <= day && (to === undefined || day <= to));
}

/** What is wrong with a test by the law of its day: the person surely too young for its basis, or nothing that allows it (R37). */
export function drugTestFaults(test: DrugTest, laws = drugTestLaws): readonly DrugTestFault[] {
  const law = drugTestLawAt(test.takenAt, laws);
  if (law === undefined) return [{ fault: 'no-law', law: null }];
  const isTooYoung = isSurelyYounger(test.born, law.leastAge[test.basis], test.takenAt);
  return [
    ...(isTooYoung ? [{ fault: 'under-age', law: law.id } as const] : []),
    ...(hasGround(test, law) ? [] : [{ fault: 'no-ground', law: law.id } as const]),
  ];
}

function hasGround({ triggerOffence, inspectorAuthority }: DrugTest, { grounds }: DrugTestLaw): boolean {
  return (
    (grounds.includes('trigger-offence') && triggerOffence !== null) ||
    (grounds.includes('inspector-authority') && inspectorAuthority !== null)
  );
}

/** The last day on which a laboratory may confirm a disputed result of a sample; undefined when no law says so (R37). */
export function confirmationDue(takenAt: number, laws = drugTestLaws): Day | undefined {
  const law = drugTestLawAt(takenAt, laws);
  return law === undefined ? undefined : workingDaysAfter(dayOf(takenAt), law.confirmWithin);
}
