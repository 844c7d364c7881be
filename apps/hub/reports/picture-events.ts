import { type ReportGround } from '../../../libs/domain/performance/registry.js';
import { type ReadFact } from '../../../libs/domain/casework/read-fact.js';
import { type VisibleFact } from '../../../libs/adapters/read-store/read-store.js';
import { type FactView } from '../query/fact-view.js';
import { factViewOf } from '../query/picture-facts.js';
import { type Picture } from '../query/picture.js';

/** The facts behind a report, as far as one viewer's own picture holds them. */
export interface PictureEvents {
  /** The first facts among these log events that the picture holds: from here on they count as shown. */
  facts(ids: readonly string[], first: number): readonly FactView[];
  /** Whether the picture holds every fact among these log events; then that they exist counts as shown. */
  holdsAll(ids: readonly string[]): boolean;
  /** Whether the picture holds anything of a person; then the person counts as shown. */
  meets(offender: string): boolean;
}

interface PlacedFact {
  readonly offender: string;
  readonly fact: ReadFact;
}

export function pictureEvents(
  picture: Picture,
  { histories }: Pick<ReportGround, 'histories'>,
): PictureEvents {
  let placed: ReadonlyMap<string, PlacedFact> | undefined;
  const find = (id: string): PlacedFact | undefined => (placed ??= byId(histories)).get(id);
  return {
    facts(ids, first) {
      const views: FactView[] = [];
      for (const id of ids) {
        if (views.length === first) break;
        const fact = visible(picture, find(id));
        if (fact !== undefined) views.push(factViewOf(picture, fact));
      }
      return views;
    },
    holdsAll(ids) {
      const facts = ids.map((id) => visible(picture, find(id)));
      if (facts.includes(undefined)) return false;
      for (const fact of facts)
        if (fact !== undefined) picture.asking.witness.saw(fact.position, fact.offender);
      return true;
    },
    meets(offender) {
      const { reader, sight, asking } = picture;
      if (!reader.hasAny(offender, sight.of(offender).decisions)) return false;
      asking.witness.met(offender);
      return true;
    },
  };
}

function byId(histories: ReportGround['histories']): ReadonlyMap<string, PlacedFact> {
  return new Map(
    histories.flatMap(({ offender, facts }) => facts.map((fact) => [fact.id, { offender, fact }] as const)),
  );
}

/** The fact as it lies in the viewer's own read model; undefined where it lies there under nothing that they are shown. */
function visible({ reader, sight }: Picture, placed: PlacedFact | undefined): VisibleFact | undefined {
  if (placed === undefined) return undefined;
  const { offender, fact } = placed;
  const { position, received } = fact;
  const [found] = reader.timeline({
    offender,
    decisions: sight.of(offender).decisions,
    order: 'received',
    types: [fact.type],
    asOf: position,
    after: { key: received, position: position + 1 },
    limit: 1,
  });
  return found?.position === position ? found : undefined;
}
