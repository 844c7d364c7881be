import { entryOf } from '../../contract/catalogue/catalogue.js';
import { type SensitivityClass } from '../../contract/catalogue/entry.js';
import { fieldsOf } from '../../contract/catalogue/fields.js';
import { type FactMetadata } from '../../contract/fact.js';
import { changesState, type StateFact, stateOf } from '../casework/offender-history.js';

/** A fact as its clear metadata tells it. `id` is the log event's. */
export interface HeldFact {
  readonly id: string;
  readonly type: string;
  readonly metadata: FactMetadata;
}

/** What is held of a person, as far as retention looks at it: clear metadata alone. All moments are epoch milliseconds. */
export interface Holding {
  readonly offender: string;
  readonly facts: number;
  /** By publisher, then by class: the newest moment that a fact of them tells of. */
  readonly newest: ReadonlyMap<string, ReadonlyMap<SensitivityClass, number>>;
  readonly lastReceived: number;
  /** Months of birth that facts claim (`1990-04`). */
  readonly born: readonly string[];
  readonly isMappa: boolean;
  /** When the person was last deselected; null when never managed, `running` while managed. */
  readonly deselected: Ending;
  /** When the last order or licence ended, in the same way. */
  readonly orderEnded: Ending;
}

export type Ending = number | 'running' | null;

/** Takes in a person's facts in log order, and tells what is held. */
export interface HoldingCount {
  add(fact: HeldFact): void;
  holding(): Holding;
}

export function countHolding(offender: string): HoldingCount {
  const newest = new Map<string, Map<SensitivityClass, number>>();
  const stateFacts: StateFact[] = [];
  const orders = openEnding(['probation.order.started', 'probation.licence.activated'], orderEnds);
  const selections = openEnding(['hub.cohort.selected'], ['hub.cohort.deselected']);
  let facts = 0;
  let lastReceived = 0;
  return {
    add({ id, type, metadata }) {
      const { publisher, received, happened, control, corrects, retracts } = metadata;
      const moment = momentOf(metadata);
      facts += 1;
      lastReceived = Math.max(lastReceived, received);
      const byClass = newest.get(publisher) ?? new Map<SensitivityClass, number>();
      newest.set(publisher, byClass);
      for (const each of classesOf(type, metadata))
        byClass.set(each, Math.max(byClass.get(each) ?? 0, moment));
      orders.add(type, moment);
      selections.add(type, moment);
      if (changesState(type, control) || corrects !== null || retracts !== null)
        stateFacts.push({ id, type, publisher, happened, control, corrects, retracts });
    },
    holding() {
      const { born, mappaCategory, cohorts } = stateOf(stateFacts);
      return {
        offender,
        facts,
        newest,
        lastReceived,
        born,
        isMappa: mappaCategory !== null,
        deselected: cohorts.length > 0 ? 'running' : endedOnly(selections.ending()),
        orderEnded: orders.ending(),
      };
    },
  };
}

const orderEnds = ['probation.order.terminated', 'probation.licence.ended'];

/** When a fact says that something was so: the end of what it names, else when it was received. */
function momentOf({ happened, received }: FactMetadata): number {
  return happened.to ?? received;
}

/** The classes of the fields that a fact holds; one that the catalogue no longer knows counts as a personal fact. */
function classesOf(type: string, { version, fields }: FactMetadata): ReadonlySet<SensitivityClass> {
  const entry = entryOf(type, version);
  if (entry === undefined) return new Set(['PERS']);
  const present = new Set(fields);
  return new Set(
    fieldsOf(entry)
      .filter(({ path }) => present.has(path))
      .map((field) => field.class),
  );
}

function openEnding(begins: readonly string[], ends: readonly string[]) {
  let begun: number | null = null;
  let ended: number | null = null;
  return {
    add(type: string, moment: number): void {
      if (begins.includes(type)) begun = Math.max(begun ?? moment, moment);
      if (ends.includes(type)) ended = Math.max(ended ?? moment, moment);
    },
    ending: (): Ending => (begun !== null && (ended === null || ended < begun) ? 'running' : ended),
  };
}

/** Whoever is in no cohort is not managed, whatever the moments say. */
function endedOnly(ending: Ending): number | null {
  return ending === 'running' ? null : ending;
}
