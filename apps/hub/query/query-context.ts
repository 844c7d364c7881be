import { type Asking } from './asking.js';
import { type Picture } from './picture.js';
import { type Pictures } from './pictures.js';

/** What resolvers find as the GraphQL context: the question, and the pictures that its answer is made from. */
export interface QueryContext {
  readonly asking: Asking;
  readonly pictures: Picture[];
}

/** Opens the caller's picture for one root field, and lets the record know of it. */
export async function openPicture(pictures: Pictures, context: QueryContext): Promise<Picture> {
  const picture = await pictures.open(context.asking);
  context.pictures.push(picture);
  return picture;
}
