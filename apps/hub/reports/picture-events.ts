import { type ReportGround } from '../../../libs/domain/performance/registry.js';
import { type VisibleFact } from '../../../libs/adapters/read-store/read-store.js';
import { type FactView } from '../query/fact-view.js';
import { factIn, factViewOf, type PlacedFact } from '../query/picture-facts.js';
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

export function pictureEvents(
  picture: Picture,
  { histories }: Pick<ReportGround, 'histories'>,
): PictureEvents {
  let placed: ReadonlyMap<string, PlacedFact> | undefined;
  const visible = (id: string): VisibleFact | undefined => {
    const found = (placed ??= byId(histories)).get(id);
    return found && factIn(picture, found);
  };
  return {
    facts(ids, first) {
      const views: FactView[] = [];
      for (const id of ids) {
        if (views.length === first) break;
        const fact = visible(id);
        if (fact !== undefined) views.push(factViewOf(picture, fact));
      }
      return views;
    },
    holdsAll(ids) {
      const facts = ids.map(visible);
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
    histories.flatMap(({ offender, facts }) =>
      facts.map((fact) => [fact.id, { ...fact, offender }] as const),
    ),
  );
}
