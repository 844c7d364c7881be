import { type PictureReader, type Tie } from '../../../libs/adapters/read-store/read-store.js';
import { type Asking } from './asking.js';
import { type Asker, type Visibilities, type Visibility } from './visibility.js';

/**
 * What somebody may see, person by person: for most people the same, for the few to whom they are tied (responsible for
 * the case, or with an emergency disclosure open) what clauses grant to who is.
 */
export interface Sight {
  /** Of everybody to whom nothing ties them. */
  readonly ordinary: Visibility;
  /** Of a person by hub id. */
  of(offender: string): Visibility;
  /** Who asks, as clauses look at them where that person is concerned. */
  asker(offender: string): Asker;
  /** The people of whom it may differ, by what may be seen of them. */
  exceptions(): readonly Exception[];
}

export interface Exception {
  readonly people: readonly string[];
  readonly visibility: Visibility;
}

const UNTIED: Tie = { responsible: false, emergency: false };

/** The caller's sight at a moment (epoch milliseconds): an emergency whose hours are over by then counts no more. */
export function sightOf(
  reader: Pick<PictureReader, 'tie' | 'ties'>,
  { caller: { user, roles }, purpose }: Asking,
  visibilities: Visibilities,
  now: number,
): Sight {
  const question = { user, purpose, at: now };
  const known = new Map<string, Asker>();
  let exceptions: readonly Exception[] | undefined;
  const asker = (offender: string): Asker => {
    const before = known.get(offender);
    if (before !== undefined) return before;
    const made = { roles, ...reader.tie(question, offender) };
    known.set(offender, made);
    return made;
  };
  const ordinary = visibilities.of({ roles, ...UNTIED });
  return {
    ordinary,
    asker,
    of: (offender) => (visibilities.looksAtTies ? visibilities.of(asker(offender)) : ordinary),
    exceptions: () =>
      (exceptions ??= visibilities.looksAtTies
        ? grouped(reader.ties(question), (tie) => visibilities.of({ roles, ...tie }))
        : []),
  };
}

function grouped(
  ties: ReadonlyMap<string, Tie>,
  visibilityFor: (tie: Tie) => Visibility,
): readonly Exception[] {
  const groups = new Map<Visibility, string[]>();
  for (const [offender, tie] of ties) {
    const visibility = visibilityFor(tie);
    const known = groups.get(visibility);
    if (known === undefined) groups.set(visibility, [offender]);
    else known.push(offender);
  }
  return [...groups].map(([visibility, people]) => ({ visibility, people }));
}
