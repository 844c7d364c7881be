/**
 * Why an identifier is refused. `empty`: no text; `format`: not one of the scheme's written forms;
 * `year`: a year in which it cannot have been issued; `check-character`: the check does not fit the rest;
 * `placeholder`: well formed, and known to stand for "none" (requirements §3.6).
 */
export type InvalidReason = 'empty' | 'format' | 'year' | 'check-character' | 'placeholder';

/** An identifier in its canonical form, with the year that gave it a century if one was needed; or the reason. */
export type Reading =
  { readonly value: string; readonly pivot?: number } | { readonly reason: InvalidReason };

const letters = 'ZABCDEFGHJKLMNPQRTUVWXY';

/**
 * The check letter that PNC, CRO and arrest summons numbers share: the decimal number modulo 23 picks one of 23
 * letters, which leave out I, O and S (requirements §3.6). `digits` holds decimal digits only, as many as you like.
 */
export function checkLetter(digits: string): string {
  return letters.charAt(Number(BigInt(digits) % 23n));
}
