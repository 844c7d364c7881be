import { type TimelineOrder, type VisibleFact } from '../../../libs/adapters/read-store/read-store.js';
import { UNKNOWN_LAST } from '../../../libs/adapters/read-store/schema.js';
import { catalogue } from '../../../libs/contract/catalogue/catalogue.js';
import { type SearchKind } from '../../../libs/contract/catalogue/entry.js';
import { fieldsOf } from '../../../libs/contract/catalogue/fields.js';
import {
  circumstance,
  type CircumstanceTopic,
  circumstanceTopics,
  management,
  managementTypes,
  type SeenFact,
  topicTypes,
} from '../../../libs/domain/picture/circumstances.js';
import { decodeCursor, encodeCursor, pageSize } from './cursor.js';
import { FactView } from './fact-view.js';
import { type Picture } from './picture.js';

export interface TimelineArguments {
  readonly first: number;
  readonly after?: string | undefined;
  readonly order: TimelineOrder;
  readonly types?: readonly string[] | undefined;
}

/** A fact looked at, but not shown until it decides something. */
interface Glimpse extends SeenFact {
  readonly row: VisibleFact;
}

const identityPaths: Readonly<Record<SearchKind, string>> = {
  'family-name': 'name.family',
  'given-name': 'name.given',
  'date-of-birth': 'dateOfBirth',
};

/** Types that say who somebody is. */
const namingTypes = catalogue
  .filter((entry) => fieldsOf(entry).some(({ search }) => search !== undefined))
  .map(({ type }) => type);

/** A person as GraphQL reads one: everything comes from the caller's own read model. */
export class OffenderView {
  constructor(
    private readonly picture: Picture,
    readonly id: string,
  ) {
    picture.asking.witness.met(id);
  }

  /** What the person is called and when born, from the newest facts that say so to this caller. */
  get identity(): { familyName: string | null; givenName: string | null; dateOfBirth: string | null } {
    const glimpses = this.glimpses(namingTypes);
    const told = (kind: SearchKind): string | null => {
      const path = identityPaths[kind];
      const glimpse = glimpses.find(({ values }) => typeof values[path] === 'string');
      return glimpse === undefined ? null : String(this.show(glimpse, [path]).values[path]);
    };
    return {
      familyName: told('family-name'),
      givenName: told('given-name'),
      dateOfBirth: told('date-of-birth'),
    };
  }

  /** The newest state of each topic. `NOT_SHARED` depends on the agreements alone, never on what is recorded. */
  get circumstances() {
    return circumstanceTopics.map((topic) => this.topic(topic));
  }

  get management() {
    const { facts, cohorts, levels } = management(this.glimpses(managementTypes));
    return { cohorts, levels, facts: facts.map((glimpse) => this.show(glimpse, ['cohort', 'levels']).view) };
  }

  timeline({ first, after, order, types }: TimelineArguments) {
    const { reader, visibility, asOf } = this.picture;
    const cursor = after === undefined ? undefined : decodeCursor(after, order);
    const limit = pageSize(first);
    const at = Math.min(cursor?.asOf ?? asOf, asOf);
    const found = reader.timeline({
      offender: this.id,
      decisions: visibility.decisions,
      order,
      types,
      asOf: at,
      after: cursor,
      limit: limit + 1,
    });
    const edges = found
      .slice(0, limit)
      .map((fact) => ({ cursor: cursorOf(fact, order, at), node: this.view(fact) }));
    return {
      edges,
      pageInfo: { hasNextPage: found.length > limit, endCursor: edges.at(-1)?.cursor ?? null },
    };
  }

  private topic(topic: CircumstanceTopic) {
    const found = circumstance(topic, this.glimpses(topicTypes(topic)));
    if (found === undefined) {
      const status = topicTypes(topic).some((type) => this.picture.mayTell(type))
        ? 'NOT_RECORDED'
        : 'NOT_SHARED';
      return { topic, status, state: null, detail: null, since: null, fact: null };
    }
    const { view } = this.show(found.fact, found.told);
    return {
      topic,
      status: 'SHARED',
      state: found.state,
      detail: found.detail,
      since: view.happened,
      fact: view,
    };
  }

  private glimpses(types: readonly string[]): readonly Glimpse[] {
    const { reader, visibility } = this.picture;
    return reader.latest(this.id, types, visibility.decisions).map((row) => {
      const values = JSON.parse(row.values) as Glimpse['values'];
      const clear = visibility.shown.get(row.decision)?.clear ?? new Set();
      const shown = Object.entries(values).filter(([path]) => clear.has(path));
      return { type: row.type, happened: row.happened, values: Object.fromEntries(shown), row };
    });
  }

  /** Makes a glimpse part of the answer, with the values at these paths. */
  private show(
    { row, values }: Glimpse,
    paths: readonly string[],
  ): { readonly view: FactView; readonly values: Glimpse['values'] } {
    const view = this.view(row);
    view.tell(paths.filter((path) => values[path] !== undefined));
    return { view, values };
  }

  private view(fact: VisibleFact): FactView {
    const { visibility, asking, contact } = this.picture;
    const shown = visibility.shown.get(fact.decision) ?? {
      shared: [],
      clear: new Set<string>(),
      prohibited: new Map<string, string>(),
    };
    return new FactView(fact, shown, asking.witness, contact);
  }
}

function cursorOf({ happened, received, position }: VisibleFact, order: TimelineOrder, asOf: number): string {
  return encodeCursor({
    order,
    asOf,
    key: order === 'received' ? received : (happened.from ?? UNKNOWN_LAST),
    position,
  });
}
