import { type Hit, type PictureReader } from '../../../libs/adapters/read-store/read-store.js';
import { agencyOf } from '../../../libs/contract/agency.js';
import { type IdentifierScheme, type SearchKind } from '../../../libs/contract/catalogue/entry.js';
import { Invalid, Unavailable } from '../../../libs/contract/failure.js';
import { OWN_RECORD } from '../../../libs/domain/agreement/decision.js';
import { matchesType } from '../../../libs/domain/agreement/compile.js';
import { inForce, type Register } from '../../../libs/domain/agreement/register.js';
import { isOffenderId } from '../../../libs/domain/identity/offender-id.js';
import { foldTerm } from '../../../libs/domain/picture/project.js';
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
  /** A searched text as it may stand in the record. */
  readonly searchPseudonym: (kind: SearchKind, value: string) => string;
  readonly clock: () => number;
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
  ): { readonly people: readonly OffenderView[]; readonly more: boolean };
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
      const { progress, fence, register, clock } = parts;
      if (progress.position() < fence()) await progress.reach(fence(), FENCE_TIMEOUT);
      const now = clock();
      if (now - progress.lastHeard() > STALE_AFTER) {
        throw new Unavailable(
          'stale-node',
          'the hub has not heard from its log and will not answer from memory',
        );
      }
      const { reader, visibility } = of(asking.caller.agency);
      const seen = { register: register(), fence: fence() };
      return {
        asking,
        reader,
        now,
        visibility: visibility(asking.purpose, now),
        asOf: progress.position(),
        stands: () => register() === seen.register && fence() === seen.fence,
        mayTell: (type) => mayTell(seen.register, type, asking, now),
        contact: (publisher) => contactOf(seen.register, publisher, asking, now),
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
      const hits = picture.reader.byIdentifier(pseudonym).filter(picture.visibility.opens);
      const [first, ...others] = hits;
      if (first === undefined || others.some(({ offender }) => offender !== first.offender)) return null;
      confirm(picture, first.offender, hits);
      return new OffenderView(picture, first.offender);
    },
    search(picture, terms, after, limit) {
      requireRole(picture.asking, 'practitioner', 'coordinator');
      if (after !== undefined && !isOffenderId(after))
        throw new Invalid('cursor', 'after is not a cursor of this list');
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

/** The same null for a person unknown to the hub and for one of whom nothing is granted (design §8). */
function offenderView(picture: Picture, id: string): OffenderView | null {
  return picture.reader.hasAny(id, picture.visibility.decisions) ? new OffenderView(picture, id) : null;
}

/** Notes that the answer confirms what the caller looked somebody up by. */
function confirm({ visibility, asking }: Picture, offender: string, hits: readonly Hit[]): void {
  for (const path of new Set(hits.map((hit) => hit.path))) {
    const through = hits
      .filter((hit) => hit.path === path)
      .map(({ decision }) => visibility.shown.get(decision));
    const clauses = through.flatMap(
      (shown) => shown?.shared.find((field) => field.path === path)?.clause ?? OWN_RECORD,
    );
    asking.witness.confirmed({ offender, path, clauses: [...new Set(clauses)] });
  }
}

interface Match {
  readonly offender: string;
  readonly hits: readonly Hit[];
}

/** People who match every term, in order of hub id: first the terms that few match, then the others among those. */
function matching({ reader, visibility }: Picture, terms: readonly SearchTerm[]): readonly Match[] {
  const searched = terms.map(({ kind, value }) => {
    if (value.length < 2) throw new Invalid('search-short', `${kind} must have at least 2 characters`);
    return { kind, value, hits: reader.search(kind, value, visibility.through, MOST_HITS) };
  });
  if (searched.length === 0)
    throw new Invalid('search-empty', 'search must name at least one thing to look for');
  const [first, ...others] = searched.toSorted((one, other) => one.hits.length - other.hits.length);
  if (first === undefined || first.hits.length >= MOST_HITS) {
    throw new Invalid('search-broad', 'too many match: add another term, or more of one');
  }
  return others.reduce<readonly Match[]>(
    (matches, { kind, value, hits }) => {
      const among = matches.map(({ offender }) => offender);
      const more = byOffender(
        hits.length < MOST_HITS ? hits : reader.search(kind, value, visibility.through, -1, among),
      );
      return matches.flatMap(({ offender, hits: known }) => {
        const also = more.get(offender);
        return also === undefined ? [] : [{ offender, hits: [...known, ...also] }];
      });
    },
    [...byOffender(first.hits)].map(([offender, hits]) => ({ offender, hits })),
  );
}

/** Hits come in order of hub id, and so do the people. */
function byOffender(hits: readonly Hit[]): ReadonlyMap<string, readonly Hit[]> {
  const people = new Map<string, Hit[]>();
  for (const hit of hits) {
    const known = people.get(hit.offender);
    if (known === undefined) people.set(hit.offender, [hit]);
    else known.push(hit);
  }
  return people;
}

function mayTell(register: Register, type: string, { caller, purpose }: Asking, now: number): boolean {
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
function contactOf(register: Register, publisher: string, { caller }: Asking, now: number): string | null {
  for (const { document } of inForce(register, now)) {
    const contact = document.parties.find(({ agency }) => agency === publisher)?.contact;
    if (contact !== undefined && document.parties.some(({ agency }) => agency === caller.agency))
      return contact;
  }
  return null;
}
