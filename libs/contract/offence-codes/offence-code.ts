import { type OffenceClass, offenceClasses } from './extract.js';

/** One offence of the Home Office classification. */
export interface OffenceCode {
  /** `CCC/SS`: class and subclass, zero padded (requirements §3.7). */
  readonly hoCode: string;
  readonly group: string;
  readonly category: string;
  readonly description: string;
  /** The CJS offence codes that a loaded list counts under it. The project's own extract names none. */
  readonly cjsCodes?: readonly string[];
}

/** Looks an offence up by its Home Office or CJS code; undefined when the list does not hold it. */
export type OffenceLookup = (code: string) => OffenceCode | undefined;

/** True for `CCC/SS`, three and two digits (requirements §3.7). */
export function isHoCode(text: string): boolean {
  return /^\d{3}\/\d{2}$/.test(text);
}

/** The offence of a Home Office code in the project's own extract. */
export const offenceByHoCode: OffenceLookup = (hoCode) => extract.get(hoCode);

/** Every offence of the project's own extract, by code. */
export function extractedOffences(): readonly OffenceCode[] {
  return [...extract.values()];
}

/**
 * True for the offences that the Neighbourhood Crime IOM Strategy targets: burglary, robbery, theft from the
 * person, vehicle crime; not shoplifting, other theft, handling or going equipped (requirements §3.5, §3.7).
 */
export function isNeighbourhoodCrime(hoCode: string): boolean {
  return extract.has(hoCode) && offenceClasses[hoCode.slice(0, 3)]?.neighbourhood === true;
}

const extract: ReadonlyMap<string, OffenceCode> = new Map(
  Object.entries(offenceClasses)
    .flatMap(([number, offenceClass]) => offencesOf(number, offenceClass))
    .map((offence) => [offence.hoCode, offence]),
);

function offencesOf(number: string, { group, category, subclasses }: OffenceClass): readonly OffenceCode[] {
  return Object.entries(subclasses)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([subclass, description]) => ({ hoCode: `${number}/${subclass}`, group, category, description }));
}
