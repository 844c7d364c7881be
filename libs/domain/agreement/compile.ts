import { type CatalogueEntry } from '../../contract/catalogue/entry.js';
import { type Field, fieldsOf } from '../../contract/catalogue/fields.js';
import { type AgreementVersion } from './agreement.js';
import { forceOf } from './force.js';
import { type Interval } from './interval.js';
import { type Attention, attention, NOTHING_PERSONAL } from './audience.js';
import { permissionTests, prohibitionTests, type Test } from './conditions.js';
import { type Decision } from './decision.js';
import { startOf } from './decide.js';
import { type Clause, type ClauseRef, clauseRef, type Treatment } from './document.js';
import { type Register, versions } from './register.js';

/** A clause as it bears on one recipient and one type. */
export interface Atom {
  readonly clause: ClauseRef;
  readonly effect: Clause['effect'];
  /** By index of the type's fields: what the clause does to each; undefined where it says nothing. */
  readonly treatments: readonly (Treatment | 'withhold' | undefined)[];
  /** Every one must pass. */
  readonly tests: readonly Test[];
  /** Field by field, only where the person consents. */
  readonly consent: boolean;
  readonly reach: 'prospective' | 'history';
  /** Of a permission interrupted by suspensions, of a prohibition not. */
  readonly force: readonly Interval[];
  readonly expires: number;
}

/** A path through the yes/no answers of the atoms; the decision at its end is made once and kept, by consent where it rests on one. */
export interface Junction {
  yes?: Junction;
  no?: Junction;
  decision?: Decision;
  byConsent?: Map<string, Decision>;
}

/** What decides for one recipient, publisher, type and purpose. */
export interface Rules {
  readonly atoms: readonly Atom[];
  readonly fields: readonly Field[];
  /** Whether any clause rests on consent. */
  readonly asksConsent: boolean;
  /** What of the asking person any clause looks at. */
  readonly looksAt: Attention;
  /** Paths for facts that may be shared, and for those that may be shared only under conditions (R51). */
  readonly roots: { readonly P: Junction; readonly C: Junction };
}

/** The rules of one recipient for one publisher's type, by purpose. */
export type RecipientRules = ReadonlyMap<string, Rules>;

/** By recipient, for facts of one kind. */
type KindRules = ReadonlyMap<string, RecipientRules>;

/** All agreements, compiled: by type, version and publisher. `asOf` is the register's. */
export interface Table {
  readonly types: ReadonlyMap<string, ReadonlyMap<number, TypeRules>>;
  readonly asOf: number;
}

/** A version of a type of the catalogue, and the rules for its facts. */
interface TypeRules {
  readonly entry: CatalogueEntry;
  readonly byPublisher: ReadonlyMap<string, KindRules>;
}

/** Facts of one publisher, type and version: they are decided alike. */
export interface FactKind {
  readonly publisher: string;
  readonly type: string;
  readonly version: number;
}

export function factKey({ publisher, type, version }: FactKind): string {
  return `${publisher} ${type} ${version}`;
}

/** What the catalogue says of a version of a type, undefined where it has none. */
export function entryIn(
  { types }: Table,
  { type, version }: Pick<FactKind, 'type' | 'version'>,
): CatalogueEntry | undefined {
  return types.get(type)?.get(version)?.entry;
}

/** The rules for facts of a kind, by recipient and purpose; undefined where no clause speaks of them. */
export function rulesFor({ types }: Table, { publisher, type, version }: FactKind): KindRules | undefined {
  return types.get(type)?.get(version)?.byPublisher.get(publisher);
}

/** Compiles the register against the catalogue; a decision is then a few comparisons (design §6). */
export function compile(register: Register, entries: readonly CatalogueEntry[]): Table {
  const all = entries.map((entry): Building => ({ entry, byPublisher: new Map() }));
  for (const { version, clause } of ordinaryFirst(register)) {
    const expires = startOf(version.document.expires);
    for (const building of all.filter(({ entry }) => matchesType(clause, entry.type))) {
      add(building, version, clause, expires);
    }
  }
  const types = Map.groupBy(all, ({ entry }) => entry.type);
  const byVersion = (some: readonly Building[]) => new Map(some.map((each) => [each.entry.version, each]));
  return {
    types: new Map([...types].map(([type, some]) => [type, byVersion(some)])),
    asOf: register.asOf,
  };
}

/**
 * The ages in whole years at whose beginning a condition of any agreement that was ever in force may change its answer:
 * a range begins to hold with its first age, and ends with the one after its last (R41).
 */
export function ageBounds(register: Register): readonly number[] {
  const ranges = versions(register)
    .filter(({ force }) => force.length > 0)
    .flatMap(({ document }) => document.clauses)
    .flatMap(({ conditions }) => conditions?.age?.atQuestion ?? []);
  const ages = ranges.flatMap(({ from, to }) => [
    ...(from === undefined ? [] : [from]),
    ...(to === undefined ? [] : [to + 1]),
  ]);
  return [...new Set(ages)].sort((one, other) => one - other);
}

/** What an ordinary clause permits is not put down to an emergency. */
function ordinaryFirst(
  register: Register,
): readonly { readonly version: AgreementVersion; readonly clause: Clause }[] {
  const clauses = versions(register)
    .filter(({ force }) => force.length > 0)
    .flatMap((version) => version.document.clauses.map((clause) => ({ version, clause })));
  const isEmergency = ({ clause }: (typeof clauses)[number]) => clause.conditions?.emergency !== undefined;
  return [...clauses.filter((each) => !isEmergency(each)), ...clauses.filter(isEmergency)];
}

type Open = Rules & { readonly atoms: Atom[] };
type ByPurpose = Map<string, Open>;
type ByRecipient = Map<string, ByPurpose>;

interface Building {
  readonly entry: CatalogueEntry;
  readonly byPublisher: Map<string, ByRecipient>;
}

function add(
  { entry, byPublisher }: Building,
  version: AgreementVersion,
  clause: Clause,
  expires: number,
): void {
  const said = { ...saidBy(clause, entry), clause: clauseRef(version.document, clause), expires };
  for (const publisher of clause.publishers) {
    const byRecipient = emplace(byPublisher, publisher, (): ByRecipient => new Map());
    for (const recipient of clause.recipients) {
      const force = clause.effect === 'prohibit' ? version.prohibits : forceOf(version, publisher, recipient);
      const atom = { ...said, force };
      const byPurpose = emplace(byRecipient, recipient, (): ByPurpose => new Map());
      for (const purpose of clause.purposes) {
        const open = emplace(byPurpose, purpose, () => newRules(entry));
        open.atoms.push(atom);
        byPurpose.set(purpose, attending(open, clause));
      }
    }
  }
}

function newRules(entry: CatalogueEntry): Open {
  return {
    atoms: [],
    fields: fieldsOf(entry),
    asksConsent: false,
    looksAt: NOTHING_PERSONAL,
    roots: { P: {}, C: {} },
  };
}

function attending(rules: Open, { conditions }: Clause): Open {
  const asksConsent = rules.asksConsent || conditions?.consent === true;
  return { ...rules, asksConsent, looksAt: attention(rules.looksAt, conditions) };
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

/** What a clause says of a type, whoever publishes and receives it. */
function saidBy(clause: Clause, entry: CatalogueEntry): Omit<Atom, 'clause' | 'force' | 'expires'> {
  const { effect, fields, conditions } = clause;
  return {
    effect,
    treatments: fieldsOf(entry).map((field) => treatmentOf(fields, field)),
    tests: effect === 'permit' ? permissionTests(conditions) : prohibitionTests(conditions),
    consent: conditions?.consent === true,
    reach: effect === 'permit' ? clause.reach : 'history',
  };
}

/** The consent scopes that cover a field for a recipient: everything, its class, or the field itself (R38). */
export function consentScopes(
  recipient: string,
  type: string,
  field: Pick<Field, 'class' | 'path'>,
): readonly string[] {
  return [`${recipient}:*`, `${recipient}:${field.class}`, `${recipient}:${type}/${field.path}`];
}

const strictestFirst = ['withhold', 'mask', 'generalise', 'clear'] as const;

/** Within one clause the strictest treatment named for a field wins; a field that can't be made coarser is not shared. */
export function treatmentOf(fields: Clause['fields'], field: Field): Treatment | 'withhold' | undefined {
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
