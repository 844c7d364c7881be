/** Who asks, as far as clauses look at it: the agency, and what of the asking person a condition may need. */
export interface Recipient {
  readonly agency: string;
  readonly roles: readonly string[];
  /** The asking person is responsible for the case. */
  readonly responsible: boolean;
  /** The asking person has an emergency disclosure open about the person. */
  readonly emergency: boolean;
}

/** Anybody of an agency: no role, no case, no emergency. */
export function anybodyOf(agency: string): Recipient {
  return { agency, roles: [], responsible: false, emergency: false };
}
