import { type CatalogueEntry, type SensitivityClass } from '../../contract/catalogue/entry.js';
import { type Field, fieldsOf } from '../../contract/catalogue/fields.js';
import { type Interval } from './agreement.js';
import { type Decision } from './decision.js';
import { startOf } from './decide.js';
import {
  type AgreementDocument,
  type Clause,
  type ClauseRef,
  clauseRef,
  type Treatment,
} from './document.js';
import { type Register, versions } from './register.js';

/** A clause as it bears on one recipient, one type and, where it rests on consent, one class of field. */
export interface Atom {
  readonly clause: ClauseRef;
  readonly effect: Clause['effect'];
  /** By index of the type's fields: what the clause does to each; undefined where it says nothing. */
  readonly treatments: readonly (Treatment | 'withhold' | undefined)[];
  readonly cohort: readonly string[] | undefined;
  readonly level: readonly string[] | undefined;
  /** Consent scopes of which one must be given. */
  readonly consent: readonly string[] | undefined;
  readonly reach: 'prospective' | 'history';
  /** Of a permission interrupted by suspensions, of a prohibition not. */
  readonly force: readonly Interval[];
  readonly expires: number;
}

/** A path through the yes/no answers of the atoms; the decision at its end is made once and kept. */
export interface Junction {
  yes?: Junction;
  no?: Junction;
  decision?: Decision;
}

/** What decides for one recipient, publisher, type and purpose. */
export interface Rules {
  readonly atoms: readonly Atom[];
  readonly fields: readonly Field[];
  readonly root: Junction;
}

/** The rules of one recipient for one publisher's type, by purpose. */
export type RecipientRules = ReadonlyMap<string, Rules>;

/** All agreements, compiled: by fact key, then by recipient. `asOf` is the register's. */
export interface Table {
  readonly rules: ReadonlyMap<string, ReadonlyMap<string, RecipientRules>>;
  readonly entries: ReadonlyMap<string, CatalogueEntry>;
  readonly asOf: number;
}

/** The key under which facts of one publisher, type and version are decided alike. */
export function factKey(publisher: string, type: string, version: number): string {
  return `${publisher} ${type} ${version}`;
}

/** Compiles the register against the catalogue; a decision is then a few comparisons (design §6). */
export function compile(register: Register, entries: readonly CatalogueEntry[]): Table {
  const rules: Building = new Map();
  for (const { document, force, prohibits } of versions(register)) {
    if (force.length === 0) continue;
    const expires = startOf(document.expires);
    for (const clause of document.clauses) {
      const limits = { force: clause.effect === 'prohibit' ? prohibits : force, expires };
      for (const entry of entries.filter(({ type }) => matchesType(clause, type))) {
        add(rules, document, clause, entry, limits);
      }
    }
  }
  return {
    rules,
    entries: new Map(entries.map((entry) => [`${entry.type} ${entry.version}`, entry])),
    asOf: register.asOf,
  };
}

type Open = Rules & { readonly atoms: Atom[] };
type ByPurpose = Map<string, Open>;
type Building = Map<string, Map<string, ByPurpose>>;

function add(
  rules: Building,
  document: AgreementDocument,
  clause: Clause,
  entry: CatalogueEntry,
  limits: Pick<Atom, 'force' | 'expires'>,
): void {
  for (const publisher of clause.publishers) {
    const byRecipient = emplace(
      rules,
      factKey(publisher, entry.type, entry.version),
      () => new Map<string, ByPurpose>(),
    );
    for (const recipient of clause.recipients) {
      const atoms = atomsOf(clauseRef(document, clause), clause, entry, recipient, limits);
      const byPurpose = emplace(byRecipient, recipient, (): ByPurpose => new Map());
      for (const purpose of clause.purposes) {
        const fresh = (): Open => ({ atoms: [], fields: fieldsOf(entry), root: {} });
        emplace(byPurpose, purpose, fresh).atoms.push(...atoms);
      }
    }
  }
}

function emplace<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}

/** Whether a clause speaks of an event type: by name, or by a prefix that ends in `.*`. */
export function matchesType({ types }: Clause, type: string): boolean {
  return types.some((pattern) =>
    pattern.endsWith('.*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern,
  );
}

function atomsOf(
  clause: ClauseRef,
  { effect, fields, conditions, ...rest }: Clause,
  entry: CatalogueEntry,
  recipient: string,
  limits: Pick<Atom, 'force' | 'expires'>,
): readonly Atom[] {
  const known = fieldsOf(entry);
  const treatments = known.map((field) => treatmentOf(fields, field));
  const reach = 'reach' in rest ? rest.reach : 'history';
  const atom = {
    clause,
    effect,
    treatments,
    cohort: conditions?.cohort,
    level: conditions?.level,
    reach,
    ...limits,
  };
  if (conditions?.consent === undefined) return [{ ...atom, consent: undefined }];
  const classes = [
    ...new Set(known.filter((_, index) => treatments[index] !== undefined).map((field) => field.class)),
  ];
  return classes.map((each) => ({
    ...atom,
    treatments: treatments.map((treatment, index) => (known[index]?.class === each ? treatment : undefined)),
    consent: consentScopes(recipient, each),
  }));
}

/** The consent scopes that cover a recipient and class: that class, or every class. */
export function consentScopes(recipient: string, each: SensitivityClass): readonly string[] {
  return [`${recipient}:${each}`, `${recipient}:*`];
}

const strictestFirst = ['withhold', 'mask', 'generalise', 'clear'] as const;

/** Within one clause the strictest treatment named for a field wins; a field that can't be made coarser is not shared. */
function treatmentOf(fields: Clause['fields'], field: Field): Treatment | 'withhold' | undefined {
  const selectors: Readonly<Partial<Record<Treatment | 'withhold', readonly string[]>>> = fields;
  const treatment = strictestFirst.find((each) =>
    selectors[each]?.some((selector) => selects(selector, field)),
  );
  return treatment === 'generalise' && field.generalise === undefined ? undefined : treatment;
}

/** Whether a selector names a field: its path, something that holds it, or its class. */
export function selects(
  selector: string,
  { path, class: sensitivity }: Pick<Field, 'path' | 'class'>,
): boolean {
  if (selector.startsWith('class:')) return selector.slice('class:'.length) === sensitivity;
  return path === selector || path.startsWith(`${selector}.`) || path.startsWith(`${selector}[]`);
}
