import { ofType, type Step, textIn, textsIn } from './read-data.js';

export const things = ['benefits', 'support', 'monitoring', 'information-sharing'] as const;
export type Told = (typeof things)[number];
export const tellingFormats = ['in-person', 'letter', 'telephone', 'electronic'] as const;
export type TellingFormat = (typeof tellingFormats)[number];

/** What the person was told, and how (recommendation 10 of the 2020 inspection, R15). */
export interface Informed {
  readonly at: number;
  readonly noticeVersion: string | null;
  readonly told: readonly string[];
  readonly format: string | null;
  readonly language: string | null;
  readonly by: readonly string[];
}

export function informedOf(steps: readonly Step[]): readonly Informed[] {
  return ofType(steps, 'hub.subject.informed').map(({ id, at, data }) => ({
    at,
    noticeVersion: textIn(data, 'noticeVersion'),
    told: textsIn(data, 'told'),
    format: textIn(data, 'format'),
    language: textIn(data, 'language'),
    by: [id],
  }));
}

/** Whether it was about sharing; a notice of which nobody says what it told was. */
export function isInformedOfSharing({ told }: Informed): boolean {
  return told.length === 0 || told.includes('information-sharing');
}
