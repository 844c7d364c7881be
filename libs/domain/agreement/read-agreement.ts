import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { agencies, agencyOf } from '../../contract/agency.js';
import { type InputError } from '../../contract/failure.js';
import { clauseFaults, type Fault, unknown } from './clause-form.js';
import { type AgreementDocument, type Party } from './document.js';
import { agreementSchema } from './document-schema.js';
import { nearestName } from './nearest-name.js';

export type AgreementReading =
  | { readonly outcome: 'valid'; readonly document: AgreementDocument }
  | { readonly outcome: 'invalid'; readonly errors: readonly InputError[] };

/**
 * Reads an agreement document (a parsed YAML or JSON value): its schema first, then what a schema cannot say: nothing
 * names a stranger to the agreement, an unknown purpose or policy document, or types and fields that do not exist, and
 * a basis is given under each regime that a flow touches. Whether a flow is lawful is the linter's question. A document
 * that is too large to be proved while others wait is not looked at further.
 */
export function readAgreement(value: unknown): AgreementReading {
  const validate = validator();
  if (!validate(value)) return { outcome: 'invalid', errors: schemaErrors(validate.errors ?? []) };
  const oversize = sizeFaults(value);
  if (oversize.length > 0) return { outcome: 'invalid', errors: oversize };
  const found = [
    ...documentFaults(value),
    ...value.clauses.flatMap((clause, index) => clauseFaults(value, clause, index)),
  ];
  return found.length > 0
    ? { outcome: 'invalid', errors: found.map(suggested) }
    : { outcome: 'valid', document: value };
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
function schemaErrors(errors: readonly ErrorObject[]): readonly InputError[] {
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

/** More would only slow the answer to a document that is wrong throughout. */
const MOST_SUGGESTIONS = 20;

function suggested({ meant, pointer, detail }: Fault, index: number): InputError {
  if (meant === undefined || index >= MOST_SUGGESTIONS) return { pointer, detail };
  const name = nearestName(meant.name, meant.of);
  return { pointer, detail: name === undefined ? detail : `${detail}; did you mean ${name}?` };
}

/** Pairs of publisher and recipient, clause by clause: what the prover takes its time for. */
const MOST_FLOWS = 3000;
/** Field selectors, clause by clause: each is held against every field of its types. */
const MOST_SELECTORS = 5000;

function sizeFaults({ clauses }: AgreementDocument): readonly InputError[] {
  const flows = clauses.map(({ publishers, recipients }) => publishers.length * recipients.length);
  const selectors = clauses.flatMap(({ fields }) => Object.values(fields).map((each) => each.length));
  return [
    ...tooMany(flows, MOST_FLOWS, 'pairs of publisher and recipient'),
    ...tooMany(selectors, MOST_SELECTORS, 'field selectors'),
  ];
}

function tooMany(counts: readonly number[], most: number, what: string): readonly InputError[] {
  const total = counts.reduce((sum, each) => sum + each, 0);
  if (total <= most) return [];
  return [{ pointer: '/clauses', detail: `name ${total} ${what} between them: no more than ${most} may` }];
}

function documentFaults(document: AgreementDocument): readonly Fault[] {
  const { parties, owner, inForceFrom, reviewDue, expires, clauses, purposes, policyDocuments } = document;
  const named = parties.map(({ agency }) => agency);
  const isReviewedInTime = reviewDue > inForceFrom && reviewDue <= expires;
  return [
    ...parties.flatMap(partyFaults),
    ...repeated('/parties', named),
    ...unknown('/owner/agency', owner.agency, named, 'a party'),
    ...repeated('/clauses', idsOf(clauses)),
    ...repeated('/purposes', idsOf(purposes)),
    ...repeated('/policyDocuments', idsOf(policyDocuments)),
    ...(inForceFrom < expires ? [] : [{ pointer: '/expires', detail: 'must be after inForceFrom' }]),
    ...(isReviewedInTime
      ? []
      : [{ pointer: '/reviewDue', detail: 'must lie between inForceFrom and expires' }]),
  ];
}

function partyFaults({ agency, regime }: Party, index: number): readonly Fault[] {
  const known = agencyOf(agency);
  const ids = agencies.map(({ id }) => id);
  if (known === undefined) return unknown(`/parties/${index}/agency`, agency, ids, 'an agency of the hub');
  return known.regime === regime
    ? []
    : [{ pointer: `/parties/${index}/regime`, detail: `${agency} is under ${known.regime}` }];
}

function idsOf(list: readonly { readonly id: string }[]): readonly string[] {
  return list.map(({ id }) => id);
}

function repeated(pointer: string, names: readonly string[]): readonly Fault[] {
  const again = names.flatMap((name, index) => (names.indexOf(name) < index ? [index] : []));
  return again.map((index) => ({ pointer: `${pointer}/${index}`, detail: 'is named twice' }));
}
