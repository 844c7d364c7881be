import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { type InputError, Invalid } from '../../contract/failure.js';
import { type ActKind, type GovernanceAct } from './act.js';
import { actSchemas } from './act-schema.js';
import { elementsBeside } from './key-elements.js';

/** What an act says of itself where its reporter does not. */
export interface ActDefaults {
  /** The reporter's own agency. */
  readonly agency: string;
  /** Today, a calendar date. */
  readonly on: string;
}

/**
 * Reads what somebody reports: an object with the fields of exactly one kind of act under its name,
 * `{ siteRegistered: { site, name } }`. Throws `Invalid` `governance-act`, each error pointing into the input, never
 * with a value of it.
 */
export function readAct(value: unknown, defaults: ActDefaults): GovernanceAct {
  const [kind, fields] = onlyOne(value);
  const { agency, on } = defaults;
  const own = 'agency' in actSchemas[kind].properties ? { agency } : {};
  const act: unknown = { ...own, on, ...withoutNulls(fields), type: `governance.${kind}` };
  const validate = validatorOf(kind);
  if (validate(act)) return act;
  throw refused((validate.errors ?? []).map((error) => told(kind, error)));
}

const kinds = Object.keys(actSchemas) as readonly ActKind[];

function onlyOne(value: unknown): readonly [ActKind, object] {
  const given = typeof value === 'object' && value !== null ? Object.entries(withoutNulls(value)) : [];
  const kind = kinds.find((each) => each === given[0]?.[0]);
  const fields: unknown = given[0]?.[1];
  if (given.length !== 1 || kind === undefined)
    throw refused([{ pointer: '', detail: `must hold exactly one of ${kinds.join(', ')}` }]);
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields))
    throw refused([{ pointer: `/${kind}`, detail: 'must be an object' }]);
  return [kind, fields];
}

/** In GraphQL, what is not given may be null. */
function withoutNulls(value: object): Readonly<Record<string, unknown>> {
  const given = Object.entries(value).filter(([, each]) => each !== null && each !== undefined);
  return Object.fromEntries(given.map(([name, each]) => [name, plain(each)]));
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  return typeof value === 'object' && value !== null ? withoutNulls(value) : value;
}

const compiled = new Map<ActKind, ValidateFunction<GovernanceAct>>();

function validatorOf(kind: ActKind): ValidateFunction<GovernanceAct> {
  const known = compiled.get(kind);
  if (known !== undefined) return known;
  const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: true, verbose: true });
  addFormats.default(ajv, ['date']);
  ajv.addVocabulary(['x-class']);
  const { properties, required } = actSchemas[kind];
  const validate = ajv.compile<GovernanceAct>({
    type: 'object',
    properties: { ...properties, type: { const: `governance.${kind}` } },
    required,
    additionalProperties: false,
  });
  compiled.set(kind, validate);
  return validate;
}

function told(kind: ActKind, { keyword, instancePath, message, params, data }: ErrorObject): InputError {
  const { missingProperty, allowedValues } = params as Readonly<Record<string, unknown>>;
  const pointer = `/${kind}${instancePath}`;
  if (keyword === 'required')
    return { pointer: `${pointer}/${String(missingProperty)}`, detail: 'is required' };
  if (keyword === 'enum' && Array.isArray(allowedValues))
    return { pointer, detail: `must be one of ${allowedValues.join(', ')}` };
  if (keyword === 'minItems' && instancePath === '/statements')
    return { pointer, detail: `must score every element once; missing: ${elementsMissing(data).join(', ')}` };
  return { pointer, detail: message ?? 'is not valid' };
}

function elementsMissing(statements: unknown): readonly string[] {
  const scored = Array.isArray(statements) ? (statements as readonly unknown[]).map(elementOf) : [];
  return elementsBeside(scored);
}

function elementOf(statement: unknown): string {
  const isScored = typeof statement === 'object' && statement !== null && 'element' in statement;
  return isScored ? String(statement.element) : '';
}

function refused(errors: readonly InputError[]): Invalid {
  return new Invalid('governance-act', 'the act is not valid', errors);
}
