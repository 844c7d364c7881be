import { type Hit, type PictureReader } from '../../../libs/adapters/read-store/read-store.js';
import { type IdentifierScheme, type SearchKind } from '../../../libs/contract/catalogue/entry.js';
import { Invalid } from '../../../libs/contract/failure.js';
import { OWN_RECORD } from '../../../libs/domain/agreement/decision.js';
import { type Register } from '../../../libs/domain/agreement/register.js';
import { isOffenderId } from '../../../libs/domain/identity/offender-id.js';
import { foldTerm } from '../../../libs/domain/picture/project.js';
import { type Asking, requireRole } from './asking.js';
import { OffenderView } from './offender-view.js';
import { type Picture } from './picture.js';
import { identified, matching, type SearchTerm } from './search.js';
import { sightOf } from './sight.js';
import { STALE_AFTER, staleNode, unlessSilent } from './stale-node.js';
import { contactOf, mayTell } from './telling.js';
import { visibilitiesOf } from './visibility.js';

/** How far a process has followed the log. */
export interface Progress {
  position(): number;
  lastHeard(): number;
  reach(position: number, timeout: number): Promise<void>;
}

export interface PicturesParts {
  /** Opens the read model of one agency. */
  readonly open: (agency: string) => PictureReader;
  readonly register: () => Register;
  /** When the passing of time next changes what the agreements say or ends an emergency (epoch milliseconds), and what makes it do so. */
  readonly due: () => number;
  readonly elapse: () => Promise<void>;
  readonly progress: Progress;
  /** Position that a read model must have reached before it may answer: see `fence.ts`. */
  readonly fence: () => number;
  readonly pseudonym: (scheme: IdentifierScheme, value: string) => string;
  /** A searched text as it may stand in the record. */
  readonly searchPseudonym: (kind: SearchKind, value: string) => string;
  readonly clock: () => number;
}

const FENCE_TIMEOUT = 10_000;

/** A page of people, in order of hub id. */
export interface People {
  readonly people: readonly OffenderView[];
  readonly more: boolean;
}

export interface Pictures {
  /** The picture of the caller's own agency, and of no other. Waits until it is safe to answer, or refuses. */
  open(asking: Asking): Promise<Picture>;
  offender(picture: Picture, id: string): OffenderView | null;
  byIdentifier(picture: Picture, scheme: IdentifierScheme, value: string): OffenderView | null;
  /** Everybody for whose case the caller is responsible, as far as anything of them is shown. */
  caseload(picture: Picture, after: string | undefined, limit: number): People;
  search(picture: Picture, terms: readonly SearchTerm[], after: string | undefined, limit: number): People;
  close(): void;
}

export function openPictures(parts: PicturesParts): Pictures {
  const readers = new Map<string, ReturnType<typeof opened>>();
  const opened = (agency: string) => {
    const reader = parts.open(agency);
    return { reader, visibilities: visibilitiesOf(agency, reader, parts.register) };
  };
  const of = (agency: string) => {
    const known = readers.get(agency) ?? opened(agency);
    readers.set(agency, known);
    return known;
  };
  return {
    async open(asking) {
      const now = await safeMoment(parts);
      const { progress, fence, register, due, clock } = parts;
      const { caller, purpose } = asking;
      const { reader, visibilities } = of(caller.agency);
      const seen = { register: register(), fence: fence(), due: due() };
      const sight = sightOf(reader, asking, visibilities(purpose, now), now);
      return {
        asking,
        reader,
        now,
        sight,
        asOf: progress.position(),
        stands: () =>
          register() === seen.register && fence() === seen.fence && (now >= seen.due || clock() < seen.due),
        mayTell: (type, offender) =>
          mayTell(seen.register, type, { agency: caller.agency, ...sight.asker(offender) }, purpose, now),
        contact: (publisher) => contactOf(seen.register, publisher, caller.agency, now),
      };
    },
    offender(picture, id) {
      requireRole(picture.asking, 'practitioner', 'coordinator');
      picture.asking.witness.sought(`offender:${isOffenderId(id) ? id : 'no hub id'}`);
      return offenderView(picture, id);
    },
    byIdentifier(picture, scheme, value) {
      requireRole(picture.asking, 'practitioner', 'coordinator');
      const pseudonym = parts.pseudonym(scheme, value);
      picture.asking.witness.sought(`${scheme}:${pseudonym}`);
      const hits = identified(picture, pseudonym);
      const [first, ...others] = hits;
      if (first === undefined || others.some(({ offender }) => offender !== first.offender)) return null;
      confirm(picture, first.offender, hits);
      return new OffenderView(picture, first.offender);
    },
    caseload(picture, after, limit) {
      const { asking, reader, sight, now } = picture;
      requireRole(asking, 'practitioner', 'coordinator');
      requireCursor(after);
      asking.witness.sought('caseload');
      const { caller, purpose } = asking;
      const ties = [...reader.ties({ user: caller.user, purpose, at: now })];
      const found = ties
        .flatMap(([offender, { responsible }]) => (responsible ? [offender] : []))
        .filter((offender) => after === undefined || offender > after)
        .filter((offender) => reader.hasAny(offender, sight.of(offender).decisions))
        .sort();
      const page = found.slice(0, limit);
      return { people: page.map((id) => new OffenderView(picture, id)), more: found.length > limit };
    },
    search(picture, terms, after, limit) {
      requireRole(picture.asking, 'practitioner', 'coordinator');
      requireCursor(after);
      const folded = terms.map(({ kind, value }) => ({ kind, value: foldTerm(value) }));
      for (const { kind, value } of folded) {
        picture.asking.witness.sought(`${kind}:${parts.searchPseudonym(kind, value)}`);
      }
      const found = matching(picture, folded).filter(
        ({ offender }) => after === undefined || offender > after,
      );
      const page = found.slice(0, limit);
      page.forEach(({ offender, hits }) => confirm(picture, offender, hits));
      return {
        people: page.map(({ offender }) => new OffenderView(picture, offender)),
        more: found.length > limit,
      };
    },
    close: () => readers.forEach(({ reader }) => reader.close()),
  };
}

/**
 * Waits until what is due by now is in the log, and what takes something away is in the read models; gives the moment
 * of the answer. Throws `Unavailable` when that takes too long, or the log has not been heard from.
 */
async function safeMoment({ progress, fence, clock, due, elapse }: PicturesParts): Promise<number> {
  const isStale = (): boolean => clock() - progress.lastHeard() > STALE_AFTER;
  if (isStale()) throw staleNode();
  if (clock() >= due()) await unlessSilent(elapse());
  if (progress.position() < fence()) await progress.reach(fence(), FENCE_TIMEOUT);
  if (isStale()) throw staleNode();
  return clock();
}

function requireCursor(after: string | undefined): void {
  if (after !== undefined && !isOffenderId(after))
    throw new Invalid('cursor', 'after is not a cursor of this list');
}

/** The same null for a person unknown to the hub and for one of whom nothing is granted (design §8). */
function offenderView(picture: Picture, id: string): OffenderView | null {
  return picture.reader.hasAny(id, picture.sight.of(id).decisions) ? new OffenderView(picture, id) : null;
}

/** Notes that the answer confirms what the caller looked somebody up by. */
function confirm({ sight, asking }: Picture, offender: string, hits: readonly Hit[]): void {
  const { shown } = sight.of(offender);
  for (const path of new Set(hits.map((hit) => hit.path))) {
    const through = hits.filter((hit) => hit.path === path).map(({ decision }) => shown.get(decision));
    const clauses = through.flatMap(
      (each) => each?.shared.find((field) => field.path === path)?.clause ?? OWN_RECORD,
    );
    asking.witness.confirmed({ offender, path, clauses: [...new Set(clauses)] });
  }
}
