import { type SearchKind } from '../../contract/catalogue/entry.js';
import { type Moment } from '../../contract/moment.js';
import { type Grants, type PictureRow } from '../../domain/picture/project.js';

/** That a later fact of the same source corrects or retracts this one. */
export interface Supersession {
  readonly by: string;
  /** Log position of the fact that does it. */
  readonly position: number;
  readonly kind: 'corrected' | 'retracted';
}

/** A line of an agency's own ledger: what one of its users was shown. Details lie in the log at `position`. */
export interface LedgerLine {
  readonly agency: string;
  readonly position: number;
  readonly at: number;
  readonly user: string;
  readonly purpose: string;
  readonly offenders: readonly string[];
  /** How many facts were shown; none makes it a consultation. */
  readonly facts: number;
}

/**
 * Writes every agency's read model. Nothing is visible before `commit`, which stores the changes and the checkpoint
 * of each model in one transaction; repeating a write is harmless.
 */
export interface ReadModelWriter {
  /** The least checkpoint of all models: following the log from here repeats at most what some already have. */
  checkpoint(): number;
  /** The greatest checkpoint of all models: a log that ends before it is not the one they were made from. */
  furthest(): number;
  /** Says which event of the log the next writes come from: a model that has taken it in already ignores them. */
  from(position: number): void;
  put(row: PictureRow, supersession: Supersession | undefined): void;
  /** Whether an agency's row of a fact stands as these grants (JSON text) would write it; absent grants: no row. */
  stands(agency: string, position: number, grants: string | undefined): boolean;
  remove(agency: string, position: number): void;
  /** Marks a fact of a publisher, wherever it is visible, as superseded. */
  supersede(publisher: string, id: string, supersession: Supersession): void;
  note(line: LedgerLine): void;
  commit(checkpoint: number): void;
  close(): void;
}

/** A fact as it lies in one agency's read model. */
export interface VisibleFact {
  readonly position: number;
  readonly id: string;
  readonly offender: string;
  readonly type: string;
  readonly version: number;
  readonly publisher: string;
  readonly happened: Moment;
  /** Where it stands when ordered by when it happened. */
  readonly happenedKey: number;
  readonly recorded: string | null;
  readonly received: number;
  readonly superseded: Supersession | null;
  /** Which grants decide: looked up with `grants`. */
  readonly decision: number;
  /** JSON object of values by field path. */
  readonly values: string;
}

export type TimelineOrder = 'happened' | 'received';

/** Place in a timeline, after which a page starts: the sort key, then the position. */
export interface TimelinePlace {
  readonly key: number;
  readonly position: number;
}

export interface TimelineQuestion {
  readonly offender: string;
  readonly decisions: readonly number[];
  readonly order: TimelineOrder;
  readonly types: readonly string[] | undefined;
  readonly asOf: number;
  readonly after: TimelinePlace | undefined;
  readonly limit: number;
}

export interface LatestQuestion {
  readonly offender: string;
  readonly types: readonly string[];
  readonly decisions: readonly number[];
  readonly until: number;
  /** A negative one is no limit. */
  readonly limit: number;
}

/** JSON of the pairs of decision and field path through which a lookup may find anybody. */
export type Through = string;

/** A person whom a lookup hit, through a field of facts that were decided so. */
export interface Hit {
  readonly offender: string;
  readonly decision: number;
  readonly path: string;
}

/** Reads one agency's read model, and can open nothing else. Newest first everywhere. */
export interface PictureReader {
  /** All distinct grants of this model, by number. */
  grants(): ReadonlyMap<number, Grants>;
  timeline(question: TimelineQuestion): readonly VisibleFact[];
  /** Everybody who has this identifier, through whichever field: the caller keeps the hits that count. */
  byIdentifier(pseudonym: string): readonly Hit[];
  /** People of whom a value of this kind begins so, in order of hub id, at most `limit` hits; of some people only. */
  search(
    kind: SearchKind,
    beginning: string,
    through: Through,
    limit: number,
    among?: readonly string[],
  ): readonly Hit[];
  /** The decision of the fact at a position, undefined when it is not here. */
  decisionAt(position: number): number | undefined;
  hasAny(offender: string, decisions: readonly number[]): boolean;
  /** Facts of these types that stand and had happened by a moment (epoch milliseconds), newest first. */
  latest(question: LatestQuestion): readonly VisibleFact[];
  /** Newest receipt of each publisher, epoch milliseconds. */
  freshness(
    decisions: readonly number[],
  ): readonly { readonly publisher: string; readonly received: number; readonly facts: number }[];
  ledger(
    user: string | undefined,
    before: number | undefined,
    limit: number,
  ): readonly Omit<LedgerLine, 'agency'>[];
  close(): void;
}
