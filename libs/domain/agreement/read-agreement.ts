import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { agencies, agencyOf } from '../../contract/agency.js';
import { catalogue } from '../../contract/catalogue/catalogue.js';
import { fieldsOf } from '../../contract/catalogue/fields.js';
import { type InputError } from '../../contract/failure.js';
import { matchesType, selects } from './compile.js';
import { type AgreementDocument, type Clause } from './document.js';
import { agreementSchema } from './document-schema.js';

export type AgreementReading =
  | { readonly outcome: 'valid'; readonly document: AgreementDocument }
  | { readonly outcome: 'invalid'; readonly errors: readonly InputError[] };

/**
 * Reads an agreement document (a parsed YAML or JSON value): its schema first, then what a schema cannot say, so
 * that no clause names a stranger to the agreement, an unknown purpose, or types and fields that do not exist.
 */
export function readAgreement(value: unknown): AgreementReading {
  const validate = validator();
  if (!validate(value)) return { outcome: 'invalid', errors: faults(validate.errors ?? []) };
  const errors = [
    ...documentErrors(value),
    ...value.clauses.flatMap((clause, index) => clauseErrors(value, clause, index)),
  ];
  return errors.length > 0 ? { outcome: 'invalid', errors } : { outcome: 'valid', document: value };
}

let compiled: ValidateFunction<AgreementDocument> | undefined;

function validator(): ValidateFunction<AgreementDocument> {
  if (compiled !== undefined) return compiled;
  const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: true });
  addFormats.default(ajv, ['date']);
  compiled = ajv.compile<AgreementDocument>(agreementSchema);
  return compiled;
}

/** An `if` that fails says nothing beyond what its branch says already. */
function faults(errors: readonly ErrorObject[]): readonly InputError[] {
  return errors.filter(({ keyword }) => keyword !== 'if').map(told);
}

function told({ keyword, instancePath, message, params }: ErrorObject): InputError {
  const { missingProperty, additionalProperty } = params as Readonly<Record<string, string | undefined>>;
  if (missingProperty !== undefined) {
    return { pointer: `${instancePath}/${missingProperty}`, detail: 'is required' };
  }
  if (keyword === 'false schema') {
    return { pointer: instancePath, detail: 'does not belong to a clause of this effect' };
  }
  const named = /^\w{1,64}$/.test(additionalProperty ?? '') ? `: ${additionalProperty}` : '';
  return { pointer: instancePath, detail: `${message ?? 'is not valid'}${named}` };
}

function documentErrors({
  parties,
  inForceFrom,
  reviewDue,
  expires,
  clauses,
  purposes,
}: AgreementDocument): readonly InputError[] {
  const errors: InputError[] = [];
  parties.forEach(({ agency, regime }, index) => {
    const known = agencyOf(agency);
    if (known === undefined)
      errors.push({ pointer: `/parties/${index}/agency`, detail: `${agency} is not an agency of the hub` });
    else if (known.regime !== regime)
      errors.push({ pointer: `/parties/${index}/regime`, detail: `${agency} is under ${known.regime}` });
  });
  errors.push(
    ...repeated(
      '/parties',
      parties.map(({ agency }) => agency),
    ),
  );
  errors.push(
    ...repeated(
      '/clauses',
      clauses.map(({ id }) => id),
    ),
  );
  errors.push(
    ...repeated(
      '/purposes',
      purposes.map(({ id }) => id),
    ),
  );
  if (inForceFrom >= expires) errors.push({ pointer: '/expires', detail: 'must be after inForceFrom' });
  if (reviewDue <= inForceFrom || reviewDue > expires)
    errors.push({ pointer: '/reviewDue', detail: 'must lie between inForceFrom and expires' });
  return errors;
}

function repeated(pointer: string, names: readonly string[]): readonly InputError[] {
  const again = names.flatMap((name, index) => (names.indexOf(name) < index ? [index] : []));
  return again.map((index) => ({ pointer: `${pointer}/${index}`, detail: 'is named twice' }));
}

function clauseErrors(document: AgreementDocument, clause: Clause, index: number): readonly InputError[] {
  const at = `/clauses/${index}`;
  const parties = document.parties.map(({ agency }) => agency);
  const purposes = document.purposes.map(({ id }) => id);
  return [
    ...strangers(`${at}/publishers`, clause.publishers, parties, 'a party'),
    ...strangers(`${at}/recipients`, clause.recipients, parties, 'a party'),
    ...strangers(`${at}/purposes`, clause.purposes, purposes, 'a purpose of this agreement'),
    ...typeErrors(at, clause),
    ...selectorErrors(at, clause),
    ...(clause.effect === 'permit' && !('reach' in clause)
      ? [{ pointer: `${at}/reach`, detail: 'is required: prospective or history' }]
      : []),
  ];
}

function strangers(
  pointer: string,
  named: readonly string[],
  known: readonly string[],
  what: string,
): readonly InputError[] {
  return named.flatMap((name, index) =>
    known.includes(name) ? [] : [{ pointer: `${pointer}/${index}`, detail: `${name} is not ${what}` }],
  );
}

/** Every type pattern must match a type that one of the clause's publishers may publish. */
function typeErrors(at: string, clause: Clause): readonly InputError[] {
  const kinds = new Set(agencies.filter(({ id }) => clause.publishers.includes(id)).map(({ kind }) => kind));
  const publishable = catalogue.filter(({ publishers }) => publishers.some((kind) => kinds.has(kind)));
  return clause.types.flatMap((pattern, index) => {
    const matched = publishable.some(({ type }) => matchesType({ ...clause, types: [pattern] }, type));
    return matched
      ? []
      : [{ pointer: `${at}/types/${index}`, detail: `${pattern} matches no event type of these publishers` }];
  });
}

/** Every field selector must name a field of some type that the clause speaks of, or it would never do anything. */
function selectorErrors(at: string, clause: Clause): readonly InputError[] {
  const fields = catalogue
    .filter(({ type }) => matchesType(clause, type))
    .flatMap((entry) => fieldsOf(entry));
  return Object.entries(clause.fields).flatMap(([treatment, selectors]: [string, readonly string[]]) =>
    selectors.flatMap((selector, index) => {
      const pointer = `${at}/fields/${treatment}/${index}`;
      const chosen = fields.filter((field) => selects(selector, field));
      if (chosen.length === 0) return [{ pointer, detail: `${selector} matches no field of these types` }];
      const never = treatment === 'generalise' && chosen.every(({ generalise }) => generalise === undefined);
      return never ? [{ pointer, detail: `${selector} cannot be generalised` }] : [];
    }),
  );
}
