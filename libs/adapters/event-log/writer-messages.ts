import type { AppendResult, ExpectedRevision, NewEvent } from './event-log.js';

/** An append on its way to the writer thread; `size` is the length of an event's data in bytes. */
export interface AppendRequest {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly (Omit<NewEvent, 'data'> & { readonly size: number })[];
}

/** Appends in their order of arrival; the data of all their events lies end to end in one buffer. */
export interface AppendMessage {
  readonly requests: readonly AppendRequest[];
  readonly data: Uint8Array;
}

export type AppendOutcome = AppendResult | { readonly outcome: 'partial-repeat' };
