import { agencyOf } from '../../contract/agency.js';
import { type CatalogueEntry } from '../../contract/catalogue/entry.js';
import { fieldsOf } from '../../contract/catalogue/fields.js';
import { type Effect, effectsOf } from './clause-flows.js';
import { matchesType, selects } from './compile.js';
import { type AgreementDocument, type Clause, type PermitClause, type ProhibitClause } from './document.js';
import { type Finding, warning } from './finding.js';
import { permitsWhenever, prohibitsWhenever } from './implied-conditions.js';

/** A clause with what it does to every field of the catalogue that its publishers can publish, in the order of the catalogue. */
interface Laid<C extends Clause> {
  readonly clause: C;
  readonly at: string;
  readonly effects: readonly Effect[];
}

/** Rules of a document that do nothing, or less than they seem to. */
export function ruleFindings(
  document: AgreementDocument,
  entries: readonly CatalogueEntry[],
): readonly Finding[] {
  const laid = document.clauses.map((clause, index) => layOut(clause, `/clauses/${index}`, entries));
  const permits = laid.filter((each): each is Laid<PermitClause> => each.clause.effect === 'permit');
  const prohibits = laid.filter((each): each is Laid<ProhibitClause> => each.clause.effect === 'prohibit');
  const cells = entries.flatMap((entry) => fieldsOf(entry).map(({ path }) => path));
  return laid.flatMap((each) => [
    ...idleFindings(each, entries),
    ...(isPermission(each)
      ? [...shadowFindings(each, permits, prohibits, cells), ...coarserFindings(each, entries)]
      : []),
  ]);
}

function isPermission(laid: Laid<Clause>): laid is Laid<PermitClause> {
  return laid.clause.effect === 'permit';
}

function layOut(clause: Clause, at: string, entries: readonly CatalogueEntry[]): Laid<Clause> {
  const effects = entries.flatMap((entry): readonly Effect[] =>
    isSpokenOf(clause, entry) ? effectsOf(clause, entry) : fieldsOf(entry).map(() => undefined),
  );
  return { clause, at, effects };
}

function isSpokenOf(clause: Clause, { type, publishers }: CatalogueEntry): boolean {
  return matchesType(clause, type) && clause.publishers.some((id) => mayPublish(id, publishers));
}

function mayPublish(agency: string, kinds: CatalogueEntry['publishers']): boolean {
  const kind = agencyOf(agency)?.kind;
  return kind !== undefined && kinds.includes(kind);
}

/** A publisher without a type, and a type named in full without a field, add nothing to a clause. */
function idleFindings({ clause, at }: Laid<Clause>, entries: readonly CatalogueEntry[]): readonly Finding[] {
  const spokenOf = entries.filter(({ type }) => matchesType(clause, type));
  const publishers = clause.publishers.flatMap((id, index) =>
    spokenOf.some((entry) => mayPublish(id, entry.publishers))
      ? []
      : [idle(`${at}/publishers/${index}`, `${id} publishes none of these types`)],
  );
  const types = clause.types.flatMap((type, index) => {
    const named = spokenOf.filter((entry) => entry.type === type);
    const isTouched = named.some((entry) => effectsOf(clause, entry).some((effect) => effect !== undefined));
    return named.length === 0 || isTouched
      ? []
      : [idle(`${at}/types/${index}`, `the clause names no field of ${type}`)];
  });
  return [...publishers, ...types];
}

function idle(pointer: string, detail: string): Finding {
  return warning({ code: 'rule-without-effect', pointer, detail });
}

/** Fields that a class or an object brings along cannot all be made coarser; those that can't are withheld. */
function coarserFindings(
  { clause, at }: Laid<PermitClause>,
  entries: readonly CatalogueEntry[],
): readonly Finding[] {
  const fields = entries.filter((entry) => isSpokenOf(clause, entry)).flatMap((entry) => fieldsOf(entry));
  return (clause.fields.generalise ?? []).flatMap((selector, index) => {
    const fixed = fields.filter((field) => selects(selector, field) && field.generalise === undefined);
    if (fixed.length === 0) return [];
    const detail = `${selector}: ${listed(fixed.map(({ path }) => path))} cannot be made coarser, and is withheld`;
    return [warning({ code: 'generalise-withholds', pointer: `${at}/fields/generalise/${index}`, detail })];
  });
}

/** A permission that another clause leaves nothing to do, or that says of a field what another clause overrules. */
function shadowFindings(
  laid: Laid<PermitClause>,
  permits: readonly Laid<PermitClause>[],
  prohibits: readonly Laid<ProhibitClause>[],
  cells: readonly string[],
): readonly Finding[] {
  if (laid.effects.every((effect) => effect === undefined)) return [];
  const against = prohibits.filter(
    ({ clause }) =>
      surrounds(clause, laid.clause) && prohibitsWhenever(clause.conditions, laid.clause.conditions),
  );
  const isProhibited = laid.effects.every(
    (effect, cell) => effect === undefined || against.some(({ effects }) => effects[cell] === 'withhold'),
  );
  const shadow = (detail: string): readonly Finding[] => [
    warning({ code: 'shadowed-rule', pointer: laid.at, detail }),
  ];
  if (isProhibited) return shadow(`all that it permits is prohibited by ${names(against)}`);
  const wider = permits.filter((each) => each !== laid && isWider(each.clause, laid.clause));
  const cover = wider.find(
    (each) =>
      surrounds(each.clause, laid.clause) &&
      isNoCoarser(each, laid) &&
      (permits.indexOf(each) < permits.indexOf(laid) || !isMutual(each, laid)),
  );
  if (cover !== undefined) return shadow(`all that it permits is permitted by ${cover.clause.id} as well`);
  return overlapFindings(laid, wider, cells);
}

/** Two clauses that cover each other are told of once, at the later. */
function isMutual(one: Laid<PermitClause>, other: Laid<PermitClause>): boolean {
  return surrounds(other.clause, one.clause) && isWider(other.clause, one.clause) && isNoCoarser(other, one);
}

function overlapFindings(
  laid: Laid<PermitClause>,
  wider: readonly Laid<PermitClause>[],
  cells: readonly string[],
): readonly Finding[] {
  for (const other of wider.filter(({ clause }) => meets(clause, laid.clause))) {
    const differing = cells.filter(
      (_, cell) =>
        laid.effects[cell] !== undefined && openness(other.effects[cell]) > openness(laid.effects[cell]),
    );
    if (differing.length === 0) continue;
    const paths = listed([...new Set(differing)]);
    const detail = `${paths}: ${other.clause.id} shares more of the same to the same agencies whenever this clause applies`;
    return [warning({ code: 'overlapping-rules', pointer: `${laid.at}/fields`, detail })];
  }
  return [];
}

/** Whether a permission applies whenever another does, and to facts as old. */
function isWider(wide: PermitClause, narrow: PermitClause): boolean {
  const reaches = wide.reach === 'history' || narrow.reach === 'prospective';
  return reaches && permitsWhenever(wide.conditions, narrow.conditions);
}

function surrounds(wide: Clause, narrow: Clause): boolean {
  return sides.every((side) => narrow[side].every((each) => wide[side].includes(each)));
}

function meets(one: Clause, other: Clause): boolean {
  return sides.every((side) => one[side].some((each) => other[side].includes(each)));
}

const sides = ['publishers', 'recipients', 'purposes'] as const;

const byOpenness: readonly Effect[] = ['mask', 'generalise', 'clear'];

function openness(effect: Effect): number {
  return byOpenness.indexOf(effect);
}

function isNoCoarser(wide: Laid<PermitClause>, narrow: Laid<PermitClause>): boolean {
  return narrow.effects.every(
    (effect, cell) => effect === undefined || openness(wide.effects[cell]) >= openness(effect),
  );
}

function names(laid: readonly Laid<Clause>[]): string {
  return laid.map(({ clause }) => clause.id).join(', ');
}

/** At most five of a list, and how many more. */
export function listed(list: readonly string[]): string {
  const [shown, rest] = [list.slice(0, 5), list.length - 5];
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}
