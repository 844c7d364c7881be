import { type TimelineOrder, type VisibleFact } from '../../../libs/adapters/read-store/read-store.js';
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
import { type ReadFact } from '../../../libs/domain/casework/read-fact.js';
import { decodeCursor, encodeCursor, pageOf, pageSize } from './cursor.js';
import { type FactView } from './fact-view.js';
import { type Picture } from './picture.js';
import { clearValues, factViewOf, readableFacts } from './picture-facts.js';

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

/** What was read of a person's facts. */
export interface FactsRead {
  readonly facts: readonly ReadFact[];
  /** Notes that facts (log event ids) are in the answer, and their values at these paths. */
  readonly tell: (ids: readonly string[], paths: readonly string[]) => void;
}

/** So many of the newest facts are asked what somebody is called. */
const NAMING_FACTS = 50;
/** SQLite's word for no limit. */
const ALL = -1;

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

  /**
   * What the person is called and when born, from the newest facts that say so to this caller. Here, as for management,
   * no conditions can stand beside a value, so what may be used only under conditions says nothing (R51).
   */
  get identity() {
    const glimpses = this.glimpses(namingTypes, NAMING_FACTS).filter(isUnconditional);
    const told = (kind: SearchKind): string | null => {
      const path = identityPaths[kind];
      const glimpse = glimpses.find(({ values }) => typeof values[path] === 'string');
      if (glimpse === undefined) return null;
      this.view(glimpse.row).tell([path]);
      return String(glimpse.values[path]);
    };
    return {
      get familyName() {
        return told('family-name');
      },
      get givenName() {
        return told('given-name');
      },
      get dateOfBirth() {
        return told('date-of-birth');
      },
    };
  }

  /**
   * The newest state of each topic. `NOT_SHARED`: no agreement in force shares the topic with the caller.
   * `NOTHING_SHARED`: one could, and nothing is shared at present, recorded or not.
   */
  get circumstances() {
    return circumstanceTopics.map((topic) => this.topic(topic));
  }

  /** Cohorts and levels, as far as the facts that the caller sees tell. */
  get management() {
    const { facts, cohorts, levels } = management(
      this.glimpses(managementTypes, ALL).filter(isUnconditional),
    );
    const tell = (path: string): void => facts.forEach(({ row }) => this.view(row).tell([path]));
    const views = (): readonly FactView[] => facts.map(({ row }) => this.view(row));
    return {
      get cohorts() {
        tell('cohort');
        return cohorts;
      },
      get levels() {
        tell('levels');
        return levels;
      },
      get facts() {
        return views();
      },
    };
  }

  /** Whether the facts that the caller sees tell that somebody manages the person: a level, a cohort, a lead professional. */
  get isManaged(): boolean {
    const { cohorts, levels } = this.management;
    return cohorts.length > 0 || levels.length > 0 || this.topic('leadProfessional').state === 'APPOINTED';
  }

  timeline({ first, after, order, types }: TimelineArguments) {
    const { reader, sight, asOf } = this.picture;
    const cursor = after === undefined ? undefined : decodeCursor(after, order);
    const limit = pageSize(first);
    const at = Math.min(cursor?.asOf ?? asOf, asOf);
    const found = reader.timeline({
      offender: this.id,
      decisions: sight.of(this.id).decisions,
      order,
      types,
      asOf: at,
      after: cursor,
      limit: limit + 1,
    });
    const edges = found
      .slice(0, limit)
      .map((fact) => ({ cursor: cursorOf(fact, order, at), node: this.view(fact) }));
    return pageOf(edges, after !== undefined, found.length > limit);
  }

  /** The moment of the answer, epoch milliseconds. */
  get asOf(): number {
    return this.picture.now;
  }

  /**
   * Facts of these types in log order, as far as this caller is shown them in the clear. Reading tells nothing: `tell`
   * notes what of them goes into the answer.
   */
  read(types: readonly string[]): FactsRead {
    const readable = readableFacts(this.picture, this.id, types);
    const read = new Map(readable.map((each) => [each.row.id, each]));
    const facts = readable.map(({ fact }) => fact);
    const tell: FactsRead['tell'] = (ids, paths) => {
      for (const id of ids) {
        const { row, values } = read.get(id) ?? {};
        if (row !== undefined) this.view(row).tell(paths.filter((path) => Object.hasOwn(values ?? {}, path)));
      }
    };
    return { facts, tell };
  }

  private topic(topic: CircumstanceTopic) {
    const found = circumstance(topic, this.glimpses(topicTypes(topic), 1));
    if (found === undefined) {
      const possible = topicTypes(topic).some((type) => this.picture.mayTell(type, this.id));
      const status = possible ? 'NOTHING_SHARED' : 'NOT_SHARED';
      return { topic, status, state: null, detail: null, since: null, handlingConditions: null, fact: null };
    }
    const { state, detail, told } = found;
    const view = this.view(found.fact.row);
    return {
      topic,
      status: 'SHARED',
      state,
      get detail() {
        view.tell(told);
        return detail;
      },
      since: view.happened,
      handlingConditions: view.handlingConditions,
      fact: view,
    };
  }

  private glimpses(types: readonly string[], limit: number): readonly Glimpse[] {
    const { reader, sight, now } = this.picture;
    const { decisions } = sight.of(this.id);
    return reader.latest({ offender: this.id, types, decisions, until: now, limit }).map((row) => {
      return { type: row.type, happened: row.happened, values: clearValues(this.picture, row), row };
    });
  }

  private view(fact: VisibleFact): FactView {
    return factViewOf(this.picture, fact);
  }
}

function isUnconditional({ row }: Glimpse): boolean {
  return row.handlingConditions === null;
}

function cursorOf(
  { happenedKey, received, position }: VisibleFact,
  order: TimelineOrder,
  asOf: number,
): string {
  return encodeCursor({ order, asOf, key: order === 'received' ? received : happenedKey, position });
}
