import { type VisibleFact } from '../../../libs/adapters/read-store/read-store.js';
import { isWatched, watchedAs, type WatchedKind } from '../../../libs/domain/casework/watched.js';
import { type CommittedFact } from '../projector/commits.js';
import { type FactView } from '../query/fact-view.js';
import { OffenderView } from '../query/offender-view.js';
import { type Picture } from '../query/picture.js';
import { clearValues, factIn, factViewOf } from '../query/picture-facts.js';

/** `MINE`: whom the caller is responsible for. `AGENCY`: also everybody whom the caller's own picture shows as managed. */
export const scopes = ['MINE', 'AGENCY'] as const;
export type Scope = (typeof scopes)[number];

/** Something watched for that has come to a caller's picture, as GraphQL reads it. */
export interface Sighting {
  readonly kind: WatchedKind;
  readonly offender: OffenderView;
  readonly fact: FactView;
  readonly happened: FactView['happened'];
  /** When the hub received what it is about (RFC 3339): the fact, or what takes it back. */
  readonly at: string;
  /** Id of the fact that this one corrects, where the caller may see that too. */
  readonly corrects: string | null;
  /** Whether the fact was taken back: it, or what made it of this kind, no longer stands. */
  readonly retracted: boolean;
  readonly handlingConditions: string | null;
}

/** Whether a fact may be something to see: by its type, or because it takes back what was. */
export function mayBeSighted({ type, supersedes }: CommittedFact): boolean {
  return supersedes !== null || isWatched(type);
}

/**
 * What a fact is to whoever this picture belongs to, at this moment; undefined when it is nothing to them. A fact that
 * was superseded meanwhile is none; what supersedes it may be, and comes after it. What was never told needs no taking back.
 */
export function sight(
  picture: Picture,
  scope: Scope,
  committed: CommittedFact,
  wasTold: (position: number) => boolean,
): Sighting | undefined {
  const { offender, supersedes, received } = committed;
  const isMine = picture.sight.asker(offender).responsible;
  if (scope === 'MINE' && !isMine) return undefined;
  const fact = factIn(picture, committed);
  const former = supersedes === null ? undefined : supersededFact(picture, offender, supersedes);
  const isTakenBack = former?.superseded?.position === committed.position && wasTold(former.position);
  const news = fact?.superseded === null ? told(picture, fact) : undefined;
  const seen = news ?? (isTakenBack ? told(picture, former) : undefined);
  if (seen === undefined) return undefined;
  const view = new OffenderView(picture, offender);
  if (!isMine && !view.isManaged) return undefined;
  const shown = factViewOf(picture, seen.fact);
  shown.tell(seen.told);
  return {
    kind: seen.kind,
    offender: view,
    fact: shown,
    happened: shown.happened,
    at: new Date(received).toISOString(),
    corrects: news === undefined ? null : (former?.id ?? null),
    retracted: news === undefined,
    handlingConditions: shown.handlingConditions,
  };
}

function told(picture: Picture, fact: VisibleFact) {
  const watched = watchedAs(fact.type, clearValues(picture, fact));
  return watched && { ...watched, fact };
}

/** SQLite's word for no limit. */
const ALL = -1;

/** A fact of the person by its id, when the picture shows it. */
function supersededFact(
  { reader, sight: sightOfAll, asOf }: Picture,
  offender: string,
  id: string,
): VisibleFact | undefined {
  return reader
    .timeline({
      offender,
      decisions: sightOfAll.of(offender).decisions,
      order: 'received',
      types: undefined,
      asOf,
      after: undefined,
      limit: ALL,
    })
    .find((fact) => fact.id === id);
}
