/**
 * The log is the truth (design §5). A position is opaque and ordered: later events have greater positions.
 * `BEFORE_FIRST` precedes every event.
 */
export type Position = number;
export const BEFORE_FIRST: Position = 0;

/** An event as it is handed to the log. `metadata` is clear JSON text without personal data; `data` may be sealed. */
export interface NewEvent {
  /** UUID; the same id is the same event for ever, whichever stream it is sent to. */
  readonly id: string;
  readonly type: string;
  readonly metadata: string;
  readonly data: Uint8Array;
}

export interface LoggedEvent extends NewEvent {
  readonly position: Position;
  readonly stream: string;
  /** Place within the stream, from 0. */
  readonly revision: number;
  /** RFC 6962 leaf hash (32 bytes) over the stored bytes: see `leaf-hash.ts`. */
  readonly leafHash: Uint8Array;
}

/** `any`: do not check; `none`: the stream must not exist yet; a number: its last revision must be this one. */
export type ExpectedRevision = 'any' | 'none' | number;

export type AppendResult =
  | {
      readonly outcome: 'appended' | 'repeated';
      readonly positions: readonly Position[];
      readonly revision: number;
    }
  | { readonly outcome: 'conflict'; readonly currentRevision: number };

/**
 * Six calls, shaped on EventStoreDB. The promises are the tests of `event-log.contract.ts`:
 * acknowledged means durable and readable; an append with an expected revision wins or reports the current
 * revision (-1 for an absent stream); repeating an append with the same event ids changes nothing and returns the
 * first positions; a partial repeat throws `Conflict` `partial-repeat`; `follow` delivers every event once, in order.
 */
export interface EventLog {
  append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<AppendResult>;
  /** Events of a stream from a revision on (inclusive). */
  readStream(stream: string, from?: number): AsyncIterable<LoggedEvent>;
  /** Events after a position (exclusive), up to the head at the moment of the call. */
  readAll(after: Position): AsyncIterable<LoggedEvent>;
  /** Events after a position: first catches up, then stays live until `signal` aborts or the log closes. */
  follow(after: Position, signal?: AbortSignal): AsyncIterable<LoggedEvent>;
  /** The position of the newest durable event, `BEFORE_FIRST` when there is none. */
  head(): Promise<Position>;
  close(): Promise<void>;
}
