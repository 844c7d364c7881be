import { type Recipient } from '../domain/agreement/recipient.js';

/**
 * One person of an agency for each way in which clauses of tests may tell people apart: the roles practitioner and
 * coordinator, responsibility, and an emergency only where one is open.
 */
export function everybodyOf(agency: string, isOpen: boolean): readonly Recipient[] {
  const roles = [[], ['practitioner'], ['coordinator'], ['practitioner', 'coordinator']];
  return roles.flatMap((held) =>
    [true, false].flatMap((responsible) =>
      (isOpen ? [true, false] : [false]).map((emergency) => ({
        agency,
        roles: held,
        responsible,
        emergency,
      })),
    ),
  );
}
