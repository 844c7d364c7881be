import { Invalid } from '../../../libs/contract/failure.js';
import { type TimelineOrder, type TimelinePlace } from '../../../libs/adapters/read-store/read-store.js';

/** A page's place in a timeline, and the position as of which the first page was read, so that paging stands still. */
export interface TimelineCursor extends TimelinePlace {
  readonly order: TimelineOrder;
  readonly asOf: number;
}

export function encodeCursor({ order, asOf, key, position }: TimelineCursor): string {
  return Buffer.from(JSON.stringify([order, asOf, key, position])).toString('base64url');
}

/** Reads a cursor; throws `Invalid` `cursor` when it is not one of ours for this order. */
export function decodeCursor(text: string, order: TimelineOrder): TimelineCursor {
  const [givenOrder, asOf, key, position, ...rest] = parsed(text);
  const numbers = [asOf, key, position].every((each) => Number.isSafeInteger(each));
  if (givenOrder !== order || !numbers || rest.length > 0) throw notOurs();
  return { order, asOf: Number(asOf), key: Number(key), position: Number(position) };
}

function parsed(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function notOurs(): Invalid {
  return new Invalid('cursor', 'after is not a cursor of this list in this order');
}

/** Checks a page size. */
export function pageSize(first: number): number {
  if (!Number.isInteger(first) || first < 1 || first > 200)
    throw new Invalid('page-size', 'first must be from 1 to 200');
  return first;
}

interface Edge {
  readonly cursor: string;
}

/** A page of a Relay connection (GraphQL Cursor Connections Specification §4). */
export function pageOf<Each extends Edge>(edges: readonly Each[], before: boolean, more: boolean) {
  const [startCursor, endCursor] = [edges[0]?.cursor ?? null, edges.at(-1)?.cursor ?? null];
  return { edges, pageInfo: { hasNextPage: more, hasPreviousPage: before, startCursor, endCursor } };
}
