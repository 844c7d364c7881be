import { type Conditions } from './document.js';
import { type Recipient } from './recipient.js';

/** What of an asking person some clauses look at; whoever does not differ in it is decided alike. */
export interface Attention {
  /** Roles that a clause names, sorted. */
  readonly roles: readonly string[];
  readonly responsibility: boolean;
  readonly emergency: boolean;
}

export const NOTHING_PERSONAL: Attention = { roles: [], responsibility: false, emergency: false };

/** The attention of some clauses and one more with these conditions. */
export function attention(before: Attention, conditions: Conditions | undefined): Attention {
  return {
    roles: [...new Set([...before.roles, ...(conditions?.role ?? [])])].sort(),
    responsibility: before.responsibility || conditions?.responsibility !== undefined,
    emergency: before.emergency || conditions?.emergency !== undefined,
  };
}

/** Everybody of one agency whom clauses cannot tell apart, and one of them to decide for. */
export interface Audience {
  readonly key: string;
  readonly recipient: Recipient;
}

/** The audiences of an agency: one for each combination of what is looked at; those in an emergency only while there is one. */
export function audiencesOf(agency: string, looksAt: Attention, hasEmergency: boolean): readonly Audience[] {
  const audiences: Audience[] = [];
  for (const emergency of looksAt.emergency && hasEmergency ? [false, true] : [false]) {
    for (const responsible of looksAt.responsibility ? [false, true] : [false]) {
      for (const roles of subsets(looksAt.roles)) {
        const recipient = { agency, roles, responsible, emergency };
        audiences.push({ key: audienceKey(looksAt, recipient), recipient });
      }
    }
  }
  return audiences;
}

/** Which audience somebody belongs to, as far as it is looked at: empty for everybody alike. */
export function audienceKey(looksAt: Attention, recipient: Omit<Recipient, 'agency'>): string {
  return [
    ...looksAt.roles.filter((role) => recipient.roles.includes(role)),
    ...(looksAt.responsibility && recipient.responsible ? ['responsible'] : []),
    ...(looksAt.emergency && recipient.emergency ? ['emergency'] : []),
  ].join('+');
}

function subsets(roles: readonly string[]): readonly (readonly string[])[] {
  return roles.reduce<readonly (readonly string[])[]>(
    (sets, role) => [...sets, ...sets.map((set) => [...set, role])],
    [[]],
  );
}
