import { type Picture } from '../query/picture.js';
import { type QueryContext } from '../query/query-context.js';

/** What may be an item: looked at anew, in the caller's picture of that very moment, whenever it is to be sent. */
export interface Candidate {
  /** Undefined when it is nothing to the caller (any more). Throws as a question is refused. */
  look(): Promise<Item | undefined>;
}

/** What is sent, as the named root field reads it. */
export interface Item {
  readonly context: QueryContext;
  readonly root: string;
  readonly value: object;
}

/** One open subscription, as what watches for it sees it. */
export interface Line {
  /** The caller's picture of this very moment. Throws what a question would be refused with. */
  picture(): Promise<Picture>;
  offer(candidate: Candidate): void;
  /** Ends the subscription; whoever takes its items gets the reason thrown. */
  end(reason: unknown): void;
}

/** Begins to watch for one subscription, and gives what ends that. */
export type Watch = (line: Line) => () => void;

/** Of what is made from this picture alone. */
export function itemOf(picture: Picture, root: string, value: object): Item {
  return { context: { asking: picture.asking, pictures: [picture] }, root, value };
}
