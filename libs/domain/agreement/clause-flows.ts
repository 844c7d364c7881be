import { type Agency, agencyOf } from '../../contract/agency.js';
import { type CatalogueEntry, type SensitivityClass } from '../../contract/catalogue/entry.js';
import { type Field, fieldsOf } from '../../contract/catalogue/fields.js';
import { matchesType, treatmentOf } from './compile.js';
import { type Clause, type Treatment } from './document.js';

/** What a clause does to a field: how it comes out, withheld, or undefined where the clause says nothing of it. */
export type Effect = Treatment | 'withhold' | undefined;

/** One type of one publisher reaching one recipient under a clause, with what becomes of each of the type's fields. */
export interface ClauseFlow {
  readonly publisher: Agency;
  readonly recipient: Agency;
  readonly entry: CatalogueEntry;
  readonly effects: readonly Effect[];
}

/** Every flow of a clause between two different agencies, for the types that the publisher may publish. */
export function flowsOf(clause: Clause, entries: readonly CatalogueEntry[]): readonly ClauseFlow[] {
  const publishers = known(clause.publishers);
  const recipients = known(clause.recipients);
  return entries
    .filter(({ type }) => matchesType(clause, type))
    .flatMap((entry) => {
      const effects = effectsOf(clause, entry);
      return publishers
        .filter(({ kind }) => entry.publishers.includes(kind))
        .flatMap((publisher) =>
          recipients
            .filter(({ id }) => id !== publisher.id)
            .map((recipient) => ({ publisher, recipient, entry, effects })),
        );
    });
}

function known(ids: readonly string[]): readonly Agency[] {
  return ids.map(agencyOf).filter((agency) => agency !== undefined);
}

/** What a clause does to each field of a type. */
export function effectsOf({ fields }: Clause, entry: CatalogueEntry): readonly Effect[] {
  return fieldsOf(entry).map((field) => treatmentOf(fields, field));
}

/** The classes of the fields of a flow to which the clause does one of these things, in the order of the fields. */
export function classesOf(
  { entry, effects }: Pick<ClauseFlow, 'entry' | 'effects'>,
  among: readonly Effect[],
): readonly SensitivityClass[] {
  return [...new Set(fieldsThat({ entry, effects }, among).map((field) => field.class))];
}

function fieldsThat(
  { entry, effects }: Pick<ClauseFlow, 'entry' | 'effects'>,
  among: readonly Effect[],
): readonly Field[] {
  return fieldsOf(entry).filter((_, index) => among.includes(effects[index]));
}
