import { type Attention, type Audience } from '../agreement/audience.js';

/** Some of the audiences of an agency, among all that there are. */
export interface Audiences {
  readonly looksAt: Attention;
  readonly all: readonly Audience[];
  readonly concerned: readonly Audience[];
}

type Has = (audience: Audience) => boolean;

/** Who the concerned are: `anybody`, those with or without one thing that is looked at, or each audience by itself. */
export function inWords({ looksAt, all, concerned }: Audiences): string {
  if (concerned.length === all.length) return 'anybody';
  const marks = marksOf(looksAt);
  for (const [name, has] of marks) {
    if (isExactly(concerned, all.filter(has))) return name;
    if (
      isExactly(
        concerned,
        all.filter((each) => !has(each)),
      )
    )
      return `not ${name}`;
  }
  return concerned
    .map((each) => marks.map(([name, has]) => (has(each) ? name : `not ${name}`)).join(', '))
    .join('; ');
}

function marksOf({ roles, responsibility, emergency }: Attention): readonly (readonly [string, Has])[] {
  return [
    ...roles.map((role) => [role, ({ recipient }: Audience) => recipient.roles.includes(role)] as const),
    ...(responsibility
      ? [['responsible for the case', ({ recipient }: Audience) => recipient.responsible] as const]
      : []),
    ...(emergency ? [['in an emergency', ({ recipient }: Audience) => recipient.emergency] as const] : []),
  ];
}

function isExactly(some: readonly Audience[], others: readonly Audience[]): boolean {
  return some.length === others.length && some.every((each) => others.includes(each));
}
