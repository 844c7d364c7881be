import { type PictureReader } from '../../../libs/adapters/read-store/read-store.js';
import { agencyOf } from '../../../libs/contract/agency.js';
import { type IdentifierScheme, type SearchKind } from '../../../libs/contract/catalogue/entry.js';
import { Invalid, Unavailable } from '../../../libs/contract/failure.js';
import { matchesType } from '../../../libs/domain/agreement/compile.js';
import { inForce, type Register } from '../../../libs/domain/agreement/register.js';
import { foldTerm, OWN } from '../../../libs/domain/picture/project.js';
import { type Asking, requireRole } from './asking.js';
import { OffenderView } from './offender-view.js';
import { type Picture } from './picture.js';
import { visibilityOf } from './visibility.js';

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
  readonly progress: Progress;
  /** Position that a read model must have reached before it may answer: see `fence.ts`. */
  readonly fence: () => number;
  readonly pseudonym: (scheme: IdentifierScheme, value: string) => string;
}

/** A node that has not heard from the log for this long (ms) refuses to answer (design §8). */
export const STALE_AFTER = 5000;
const FENCE_TIMEOUT = 10_000;
const MOST_HITS = 5000;

export interface SearchTerm {
  readonly kind: SearchKind;
  readonly value: string;
}

export interface Pictures {
  /** The picture of the caller's own agency, and of no other. Waits until it is safe to answer, or refuses. */
  open(asking: Asking): Promise<Picture>;
  offender(picture: Picture, id: string): OffenderView | null;
  byIdentifier(picture: Picture, scheme: IdentifierScheme, value: string): OffenderView | null;
  search(
    picture: Picture,
    terms: readonly SearchTerm[],
    after: string | undefined,
    limit: number,
  ): readonly OffenderView[];
  close(): void;
}

export function openPictures(parts: PicturesParts): Pictures {
  const readers = new Map<string, { reader: PictureReader; visibility: ReturnType<typeof visibilityOf> }>();
  const of = (agency: string) => {
    const known = readers.get(agency);
    if (known !== undefined) return known;
    const reader = parts.open(agency);
    const opened = { reader, visibility: visibilityOf(reader, parts.register) };
    readers.set(agency, opened);
    return opened;
  };
  return {
    async open(asking) {
      if (parts.progress.position() < parts.fence()) await parts.progress.reach(parts.fence(), FENCE_TIMEOUT);
      if (asking.now - parts.progress.lastHeard() > STALE_AFTER) {
        throw new Unavailable(
          'stale-node',
          'the hub has not heard from its log and will not answer from memory',
        );
      }
      const { reader, visibility } = of(asking.caller.agency);
      return {
        asking,
        reader,
        visibility: visibility(asking.purpose, asking.now),
        asOf: reader.checkpoint(),
        mayTell: (type) => mayTell(parts.register(), type, asking),
        contact: (publisher) => contactOf(parts.register(), publisher, asking),
      };
    },
    offender(picture, id) {
      requireRole(picture.asking, 'practitioner', 'coordinator');
      return offenderView(picture, id);
    },
    byIdentifier(picture, scheme, value) {
      requireRole(picture.asking, 'practitioner', 'coordinator');
      const hits = picture.reader
        .byIdentifier(parts.pseudonym(scheme, value))
        .filter((hit) => isClear(picture, hit));
      const offender = hits[0]?.offender;
      return offender === undefined ? null : new OffenderView(picture, offender);
    },
    search(picture, terms, after, limit) {
      requireRole(picture.asking, 'practitioner', 'coordinator');
      return matching(picture, terms)
        .filter((id) => after === undefined || id > after)
        .slice(0, limit)
        .flatMap((id) => offenderView(picture, id) ?? []);
    },
    close: () => readers.forEach(({ reader }) => reader.close()),
  };
}

/** The same null for a person unknown to the hub and for one of whom nothing is granted (design §8). */
function offenderView(picture: Picture, id: string): OffenderView | null {
  return picture.reader.hasAny(id, picture.visibility.decisions) ? new OffenderView(picture, id) : null;
}

/** A lookup counts only through a field that the caller sees in the clear; own records count with every identifier. */
function isClear(
  picture: Picture,
  { decision, path }: { readonly decision: number; readonly path: string },
): boolean {
  const shown = picture.visibility.shown.get(decision);
  return (
    shown !== undefined &&
    (shown.clear.has(path) || picture.reader.grants().get(decision)?.[OWN] !== undefined)
  );
}

/** People who match every term, in order of hub id. */
function matching(picture: Picture, terms: readonly SearchTerm[]): readonly string[] {
  if (terms.length === 0)
    throw new Invalid('search-empty', 'search must name at least one thing to look for');
  const found = terms.map(({ kind, value }) => {
    const folded = foldTerm(value);
    if (folded.length < 2) throw new Invalid('search-short', `${kind} must have at least 2 characters`);
    const hits = picture.reader.search(kind, folded, MOST_HITS);
    if (hits.length >= MOST_HITS) throw new Invalid('search-broad', 'too many match: add another term');
    return new Set(hits.filter((hit) => isClear(picture, hit)).map(({ offender }) => offender));
  });
  const [first, ...others] = found;
  return [...(first ?? [])].filter((id) => others.every((other) => other.has(id))).sort();
}

function mayTell(register: Register, type: string, { caller, purpose, now }: Asking): boolean {
  if (agencyOf(caller.agency)?.kind === type.split('.')[0]) return true;
  return inForce(register, now).some(({ document }) =>
    document.clauses.some(
      (clause) =>
        clause.effect === 'permit' &&
        clause.recipients.includes(caller.agency) &&
        clause.purposes.includes(purpose) &&
        matchesType(clause, type),
    ),
  );
}

/** Whom the caller asks about a publisher's data: the contact in an agreement in force between the two. */
function contactOf(register: Register, publisher: string, { caller, now }: Asking): string | null {
  for (const { document } of inForce(register, now)) {
    const contact = document.parties.find(({ agency }) => agency === publisher)?.contact;
    if (contact !== undefined && document.parties.some(({ agency }) => agency === caller.agency))
      return contact;
  }
  return null;
}
