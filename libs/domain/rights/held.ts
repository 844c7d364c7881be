import { entryOf } from '../../contract/catalogue/catalogue.js';
import { type SensitivityClass } from '../../contract/catalogue/entry.js';
import { fieldsOf } from '../../contract/catalogue/fields.js';
import { type Moment } from '../../contract/moment.js';
import { OWN_RECORD } from '../agreement/decision.js';
import { type Disclosure } from '../disclosure/disclosure.js';
import { minimise } from '../picture/minimise.js';
import { type OpenedFact } from '../picture/project.js';

/** A field of a fact with its value as the controller has it. */
export interface HeldField {
  readonly path: string;
  readonly class: SensitivityClass;
  /** `generalise`: made coarser before the controller was shown it. */
  readonly as: 'clear' | 'generalise';
  readonly value: unknown;
}

/** A fact that a controller holds: its own, or one of another agency as far as the hub showed it. */
export interface HeldFact {
  readonly position: number;
  /** The log event's. */
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly publisher: string;
  readonly happened: Moment;
  /** Epoch milliseconds. */
  readonly received: number;
  readonly handling: 'P' | 'C' | null;
  readonly corrects: string | null;
  readonly retracts: string | null;
  readonly fields: readonly HeldField[];
}

type Shown = ReadonlyMap<string, HeldField['as']>;

/** What a controller holds of a person, in log order: what it published, and what answers showed it of others' facts (R16). */
export function heldBy(
  controller: string,
  facts: readonly OpenedFact[],
  disclosures: readonly Disclosure[],
): readonly HeldFact[] {
  const received = shownTo(controller, disclosures);
  return facts.flatMap((fact) => {
    if (fact.metadata.publisher === controller) return [heldFact(fact, () => 'clear')];
    const shown = received.get(fact.position);
    return shown === undefined ? [] : [heldFact(fact, (path) => shown.get(path))];
  });
}

function shownTo(controller: string, disclosures: readonly Disclosure[]): ReadonlyMap<number, Shown> {
  const received = new Map<number, Map<string, HeldField['as']>>();
  for (const { agency, facts } of disclosures) {
    if (agency !== controller) continue;
    for (const { position, shown } of facts) {
      const paths = received.get(position) ?? new Map<string, HeldField['as']>();
      for (const [clause, { clear = [], generalise = [] }] of Object.entries(shown)) {
        if (clause === OWN_RECORD) continue;
        for (const path of generalise) paths.set(path, paths.get(path) ?? 'generalise');
        for (const path of clear) paths.set(path, 'clear');
      }
      if (paths.size > 0) received.set(position, paths);
    }
  }
  return received;
}

function heldFact(
  { position, id, type, metadata, sealed }: OpenedFact,
  asOf: (path: string) => HeldField['as'] | undefined,
): HeldFact {
  const { version, publisher, happened, received, handling, corrects, retracts } = metadata;
  const entry = entryOf(type, version);
  const fields = (entry === undefined ? [] : fieldsOf(entry)).flatMap((field): readonly HeldField[] => {
    const as = asOf(field.path);
    const value = as === undefined ? undefined : minimise(field, as, sealed.event.data);
    if (as === undefined || value === undefined || value === null) return [];
    return [{ path: field.path, class: field.class, as, value }];
  });
  return { position, id, type, version, publisher, happened, received, handling, corrects, retracts, fields };
}
