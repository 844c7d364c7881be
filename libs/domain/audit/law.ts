import { startOf } from '../agreement/decide.js';

/** One version of the law on logging (DPA 2018 s.62), and what it asks of a log about why somebody was shown something. */
export interface LoggingLaw {
  /** Stands in records: `dpa-2018-s62@<date>`. */
  readonly id: string;
  readonly citation: string;
  /** Calendar date (Europe/London) from which it governs. */
  readonly from: string;
  /** Whether a log must hold the justification of a consultation or disclosure. */
  readonly justification: 'required' | 'not-required';
  /** How sure that is. */
  readonly standing: string;
}

/** Oldest first (R27). An agreement may ask for a justification whatever the law says, and LEDS does (R57). */
export const loggingLaws: readonly LoggingLaw[] = [
  {
    id: 'dpa-2018-s62@2018-05-25',
    citation: 'Data Protection Act 2018 s.62',
    from: '2018-05-25',
    justification: 'required',
    standing: 'as enacted: s.62(2)(a) and (3)(a) name the justification',
  },
  {
    id: 'dpa-2018-s62@2025-08-20',
    citation: 'Data Protection Act 2018 s.62 as amended by the Data (Use and Access) Act 2025 s.82',
    from: '2025-08-20',
    justification: 'not-required',
    standing: 'from the date of the first commencement regulations; that they reach s.82 is to be confirmed',
  },
];

/** The version of the law that governs at a moment (epoch milliseconds); undefined before there was any (R27). */
export function loggingLawAt(at: number): LoggingLaw | undefined {
  return loggingLaws.findLast(({ from }) => startOf(from) <= at);
}
