import { type SearchKind } from '../../contract/catalogue/entry.js';
import { type Moment } from '../../contract/moment.js';
import { type Grants } from '../../domain/picture/grants.js';
import { type PictureRow } from '../../domain/picture/project.js';
import { type Ties } from '../../domain/picture/ties.js';

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
  /** Removes everything about a person from every model, but for the lines of the ledger, which name nobody. */
  erase(offender: string): void;
  /** Marks a fact of a publisher, wherever it is visible, as superseded. */
  supersede(publisher: string, id: string, supersession: Supersession): void;
  note(line: LedgerLine): void;
  /** Says who of an agency has a tie to a person now, in place of whoever had. */
  tie(agency: string, offender: string, ties: Ties): void;
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
  /** Conditions of its publisher that travel with every field (R51). */
  readonly handlingConditions: string | null;
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

/** Which user of the agency asks, for what purpose, at which moment (epoch milliseconds). */
export interface TieQuestion {
  readonly user: string;
  readonly purpose: string;
  readonly at: number;
}

/** What ties a user to a person: an emergency only for the purpose it was opened for. */
export interface Tie {
  readonly responsible: boolean;
  readonly emergency: boolean;
}

/** Of whom something is asked: of these people, or of all but these. */
export type People = { readonly among: readonly string[] } | { readonly except: readonly string[] };

/** What people are looked up by. */
export type LookupKind = SearchKind | 'identifier';

/** JSON of the pairs of decision and field path through which a lookup may find anybody. */
export type Through = string;

/** A person whom a lookup hit, through a field of facts that were decided so. */
export interface Hit {
  readonly offender: string;
  readonly decision: number;
  readonly path: string;
}

/** How recent what is known of some people from a publisher is: epoch milliseconds, and how many facts. */
export interface Freshness {
  readonly publisher: string;
  readonly received: number;
  readonly facts: number;
}

/**
 * Reads one agency's read model, and can open nothing else. Newest first everywhere. What lies in it under other
 * decisions than those asked for is not touched, so that how long an answer takes doesn't tell that it is there.
 */
export interface PictureReader {
  /** All distinct grants of this model, by number. */
  grants(): ReadonlyMap<number, Grants>;
  timeline(question: TimelineQuestion): readonly VisibleFact[];
  /** Of these people, those who have this identifier, in order of hub id. */
  byIdentifier(pseudonym: string, through: Through, people: People): readonly Hit[];
  /** Of these people, those of whom a value of this kind begins so, in order of hub id, at most `limit` hits. */
  search(
    kind: SearchKind,
    beginning: string,
    through: Through,
    people: People,
    limit: number,
  ): readonly Hit[];
  /** Whom the fact at a position is about and how it was decided, undefined when it is not here. */
  factAt(position: number): Pick<VisibleFact, 'offender' | 'decision'> | undefined;
  tie(question: TieQuestion, offender: string): Tie;
  /** Everybody to whom the user is tied, by hub id. */
  ties(question: TieQuestion): ReadonlyMap<string, Tie>;
  hasAny(offender: string, decisions: readonly number[]): boolean;
  /** Facts of these types that stand and had happened by a moment (epoch milliseconds), newest first. */
  latest(question: LatestQuestion): readonly VisibleFact[];
  /** Newest receipt of each publisher, epoch milliseconds. */
  freshness(decisions: readonly number[], people: People): readonly Freshness[];
  ledger(
    user: string | undefined,
    before: number | undefined,
    limit: number,
  ): readonly Omit<LedgerLine, 'agency'>[];
  close(): void;
}
