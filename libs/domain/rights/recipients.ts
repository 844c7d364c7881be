import { DateTime } from 'luxon';
import { agencyOf } from '../../contract/agency.js';
import { type SensitivityClass } from '../../contract/catalogue/entry.js';
import { OWN_RECORD } from '../agreement/decision.js';
import { type ClauseRef } from '../agreement/document.js';
import { type Disclosure } from '../disclosure/disclosure.js';
import { categoriesOf } from './categories.js';
import { type HeldFact, type HeldField } from './held.js';

/** An agency that was shown something that the controller published: under which agreement, for which purpose, when. */
export interface Recipient {
  readonly agency: string;
  readonly purpose: string;
  /** `<reference>/<version>`; null where only that there is a record was told. */
  readonly agreement: string | null;
  /** Calendar dates (Europe/London), oldest first. */
  readonly days: readonly string[];
  /** Categories of what was shown; none where only that there is a record was. */
  readonly categories: readonly string[];
}

export interface Disclosing {
  /** Hub id of the person. */
  readonly offender: string;
  readonly controller: string;
  /** What may be told of: the controller's own facts, with the fields that may be. */
  readonly facts: readonly HeldFact[];
  readonly disclosures: readonly Disclosure[];
  readonly hidesRecipient: (position: number, agency: string) => boolean;
}

interface Told {
  readonly clause: ClauseRef | null;
  readonly field: HeldField | null;
}

interface Gathered extends Pick<Recipient, 'agency' | 'purpose' | 'agreement'> {
  readonly days: Set<string>;
  readonly classes: Set<SensitivityClass>;
}

/** Who was shown what a controller published about a person (R16), told of no fact and no field but those given. */
export function recipientsOf(disclosing: Disclosing): readonly Recipient[] {
  const gathered = new Map<string, Gathered>();
  for (const disclosure of disclosing.disclosures) {
    const { agency, purpose, at } = disclosure;
    if (agency === disclosing.controller) continue;
    for (const { clause, field } of [
      ...shown(disclosing, disclosure),
      ...confirmed(disclosing, disclosure),
    ]) {
      const agreement = clause === null ? null : clause.slice(0, clause.indexOf('#'));
      const key = JSON.stringify([agency, agreement, purpose]);
      const row = gathered.get(key) ?? { agency, purpose, agreement, days: new Set(), classes: new Set() };
      gathered.set(key, row);
      row.days.add(dayOf(at));
      if (field !== null) row.classes.add(field.class);
    }
  }
  return [...gathered]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, { agency, days, classes, ...row }]) => ({
      ...row,
      agency: agencyOf(agency)?.name ?? agency,
      days: [...days].sort(),
      categories: categoriesOf(Array.from(classes, (each) => ({ class: each }))),
    }));
}

function shown({ facts, hidesRecipient }: Disclosing, disclosure: Disclosure): readonly Told[] {
  return disclosure.facts.flatMap(({ position, shown: clauses }) => {
    const fact = facts.find((each) => each.position === position);
    if (fact === undefined || hidesRecipient(position, disclosure.agency)) return [];
    const told = Object.entries(clauses).filter(([clause]) => clause !== OWN_RECORD);
    if (told.length === 0) return [{ clause: null, field: null }];
    return told.flatMap(([clause, ways]) => {
      const paths = [...(ways.clear ?? []), ...(ways.generalise ?? []), ...(ways.mask ?? [])];
      return fact.fields.filter(({ path }) => paths.includes(path)).map((field): Told => ({ clause, field }));
    });
  });
}

/** Who found the person by a value that they had already and that one of the facts holds: the answer confirmed it. */
function confirmed(
  { offender, facts, hidesRecipient }: Disclosing,
  { agency, confirmed: lookups }: Disclosure,
): readonly Told[] {
  const mine = lookups.filter((lookup) => lookup.offender === offender);
  return mine.flatMap(({ path, clauses }) =>
    facts.flatMap((fact) => {
      const field = fact.fields.find((each) => each.path === path);
      if (field === undefined || hidesRecipient(fact.position, agency)) return [];
      return clauses.filter((clause) => clause !== OWN_RECORD).map((clause) => ({ clause, field }));
    }),
  );
}

function dayOf(at: number): string {
  return DateTime.fromMillis(at, { zone: 'Europe/London' }).toISODate() ?? '';
}
