import { type OffenderState, type OpenEmergency } from '../casework/offender-state.js';

/** Who of an agency's own people has a tie to a person, by the issuer's names, in order. */
export interface Ties {
  readonly responsible: readonly string[];
  /** Who has an emergency disclosure open about the person, for what purpose, until when: epoch milliseconds. */
  readonly emergencies: readonly Omit<OpenEmergency, 'agency'>[];
}

/** The ties of an agency's own people to a person in this state; those of other agencies are none of its business. */
export function tiesOf(state: OffenderState, agency: string): Ties {
  const prefix = `${agency}:`;
  const responsible = state.responsible.flatMap((each) =>
    each.startsWith(prefix) ? [each.slice(prefix.length)] : [],
  );
  const last = new Map<string, Omit<OpenEmergency, 'agency'>>();
  for (const { agency: opener, user, purpose, until } of state.emergencies) {
    const key = `${user} ${purpose}`;
    if (opener === agency && until > (last.get(key)?.until ?? 0)) last.set(key, { user, purpose, until });
  }
  const emergencies = [...last].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, each]) => each);
  return { responsible: [...new Set(responsible)].sort(), emergencies };
}
