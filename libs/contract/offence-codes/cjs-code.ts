/** What the eighth character of a CJS offence code says about how the offence was committed. */
type Inchoate = 'attempt' | 'aid-and-abet' | 'conspiracy' | 'incitement';

/** A CJS offence code taken apart (requirements §3.7). */
interface CjsCode {
  readonly code: string;
  /** Two letters of the act (`TH` Theft Act), or `COML` for the common law. */
  readonly actPrefix: string;
  /** Last two digits of the act's year; null for the common law. */
  readonly year: string | null;
  /** Three digits: the offence within the act. */
  readonly reason: string;
  readonly inchoate: Inchoate | null;
  /** Act and year: the first four characters. */
  readonly statuteCode: string;
}

const inchoates: Readonly<Record<string, Inchoate>> = {
  A: 'attempt',
  B: 'aid-and-abet',
  C: 'conspiracy',
  I: 'incitement',
};

/**
 * Reads a CJS offence code: two letters, two digits of the year, three digits (`TH68010`), or `COML` and three
 * digits; then perhaps A, B, C or I. Undefined for anything else; nothing is trimmed or repaired.
 */
export function parseCjsCode(code: string): CjsCode | undefined {
  const match = /^(?:([A-Z]{2})(\d{2})|(COML))(\d{3})([ABCI])?$/.exec(code);
  if (match === null) return undefined;
  const [, act, year, commonLaw, reason = '', suffix] = match;
  return {
    code,
    actPrefix: commonLaw ?? act ?? '',
    year: year ?? null,
    reason,
    inchoate: suffix === undefined ? null : (inchoates[suffix] ?? null),
    statuteCode: code.slice(0, 4),
  };
}
