import { agencies } from '../../contract/agency.js';
import { catalogue } from '../../contract/catalogue/catalogue.js';
import { type CatalogueEntry } from '../../contract/catalogue/entry.js';
import { fieldsOf } from '../../contract/catalogue/fields.js';
import { type InputError } from '../../contract/failure.js';
import { matchesType, selects } from './compile.js';
import { type AgreementDocument, type ByRegime, type Clause, type PermitClause } from './document.js';

/** A fault, and where it is a name that nothing has, the names of which one may have been meant. */
export interface Fault extends InputError {
  readonly meant?: { readonly name: string; readonly of: readonly string[] };
}

/** What is wrong with one clause that its schema cannot say. */
export function clauseFaults(document: AgreementDocument, clause: Clause, index: number): readonly Fault[] {
  const at = `/clauses/${index}`;
  const parties = document.parties.map(({ agency }) => agency);
  const purposes = document.purposes.map(({ id }) => id);
  return [
    ...strangers(`${at}/publishers`, clause.publishers, parties, 'a party'),
    ...strangers(`${at}/recipients`, clause.recipients, parties, 'a party'),
    ...strangers(`${at}/purposes`, clause.purposes, purposes, 'a purpose of this agreement'),
    ...typeFaults(at, clause),
    ...selectorFaults(at, clause),
    ...(clause.effect === 'permit' ? permissionFaults(at, document, clause) : []),
  ];
}

/** A fault unless the name is known. */
export function unknown(
  pointer: string,
  name: string,
  known: readonly string[],
  what: string,
): readonly Fault[] {
  if (known.includes(name)) return [];
  return [{ pointer, detail: `${name} is not ${what}`, meant: { name, of: known } }];
}

function strangers(
  pointer: string,
  names: readonly string[],
  known: readonly string[],
  what: string,
): readonly Fault[] {
  return names.flatMap((name, index) => unknown(`${pointer}/${index}`, name, known, what));
}

/** Every type pattern must match a type that one of the clause's publishers may publish. */
function typeFaults(at: string, clause: Clause): readonly Fault[] {
  const publishable = publishableBy(clause.publishers).map(({ type }) => type);
  return clause.types.flatMap((pattern, index) => {
    if (publishable.some((type) => matchesType({ ...clause, types: [pattern] }, type))) return [];
    const detail = `${pattern} matches no event type of these publishers`;
    const of = pattern.endsWith('.*') ? publishable.flatMap(prefixes) : publishable;
    return [{ pointer: `${at}/types/${index}`, detail, meant: { name: pattern, of } }];
  });
}

function publishableBy(publishers: readonly string[]): readonly CatalogueEntry[] {
  const kinds = new Set(agencies.filter(({ id }) => publishers.includes(id)).map(({ kind }) => kind));
  return catalogue.filter((entry) => entry.publishers.some((kind) => kinds.has(kind)));
}

/** `police.charge.laid`: `police.*`, `police.charge.*`. */
function prefixes(type: string): readonly string[] {
  return [...type.matchAll(/\./g)].map(({ index }) => `${type.slice(0, index)}.*`);
}

/** Every field selector must name a field of some type that the clause speaks of, or it would never do anything. */
function selectorFaults(at: string, clause: Clause): readonly Fault[] {
  const fields = catalogue
    .filter(({ type }) => matchesType(clause, type))
    .flatMap((entry) => fieldsOf(entry));
  const of = [...new Set(fields.map(({ path }) => path))];
  return Object.entries(clause.fields).flatMap(([treatment, selectors]: [string, readonly string[]]) =>
    selectors.flatMap((selector, index): readonly Fault[] => {
      const pointer = `${at}/fields/${treatment}/${index}`;
      const chosen = fields.filter((field) => selects(selector, field));
      if (chosen.length === 0) {
        return [
          { pointer, detail: `${selector} matches no field of these types`, meant: { name: selector, of } },
        ];
      }
      const never = treatment === 'generalise' && chosen.every(({ generalise }) => generalise === undefined);
      return never ? [{ pointer, detail: `${selector} cannot be generalised` }] : [];
    }),
  );
}

function permissionFaults(at: string, document: AgreementDocument, clause: PermitClause): readonly Fault[] {
  const { lawfulBasis, sensitive, onBehalfOf } = clause;
  const policies = document.policyDocuments.map(({ id }) => id);
  const known = [...document.parties.map(({ agency }) => agency), ...agencies.map(({ id }) => id)];
  const missing = (pointer: string, given: ByRegime): readonly Fault[] =>
    regimeFaults(`${at}/${pointer}`, document, clause, given);
  return [
    ...missing('lawfulBasis', lawfulBasis),
    ...(sensitive === undefined
      ? []
      : [
          ...missing('sensitive', sensitive),
          ...unknown(
            `${at}/sensitive/policyDocument`,
            sensitive.policyDocument,
            policies,
            'a policy document',
          ),
        ]),
    ...(onBehalfOf === undefined
      ? []
      : unknown(`${at}/onBehalfOf`, onBehalfOf, known, 'a party or an agency of the hub')),
  ];
}

/** What is said by regime is said for the regime of everybody who shares or receives (R1, R3). */
function regimeFaults(
  pointer: string,
  { parties }: AgreementDocument,
  { publishers, recipients }: PermitClause,
  given: ByRegime,
): readonly Fault[] {
  const concerned = parties.filter(
    ({ agency }) => publishers.includes(agency) || recipients.includes(agency),
  );
  const silent = concerned.filter(({ regime }) => given[regime] === undefined);
  const first = silent.filter(
    ({ regime }, index) => silent.findIndex((party) => party.regime === regime) === index,
  );
  return first.map(({ agency, regime }) => ({
    pointer: `${pointer}/${regime}`,
    detail: `is required: ${agency} is under ${regime}`,
  }));
}
