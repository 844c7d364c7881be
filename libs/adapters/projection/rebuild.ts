import { type FactMetadata, isFactStream } from '../../contract/fact.js';
import { isDisclosure } from '../../domain/disclosure/disclosure.js';
import { type Position } from '../event-log/event-log.js';
import { noteDisclosure, type Projection, putFact, putTies } from './projection.js';
import { standingAt } from './standing.js';

const EVENTS_PER_COMMIT = 5000;

/**
 * Builds the read models from nothing, up to a position: first what everything rests on, then every fact once. It
 * takes another way than `applyEvent` to the same rows, which is what makes comparing the two worth something.
 */
export async function rebuild(
  projection: Projection,
  upTo: Position,
  progress?: (position: Position) => void,
): Promise<void> {
  const standing = await standingAt(projection.log, upTo);
  for (const [offender] of standing.offenders()) putTies(projection, standing, offender);
  let last = 0;
  let pending = 0;
  for await (const event of projection.log.readAll(0)) {
    if (event.position > upTo) break;
    projection.models.from(event.position);
    if (isFactStream(event.stream))
      putFact(projection, standing, event, JSON.parse(event.metadata) as FactMetadata);
    else if (isDisclosure(event.type)) noteDisclosure(projection, event);
    last = event.position;
    if (++pending % EVENTS_PER_COMMIT !== 0) continue;
    projection.models.commit(last);
    progress?.(last);
  }
  projection.models.commit(last);
}
