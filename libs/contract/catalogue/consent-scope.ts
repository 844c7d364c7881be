import { agencyOf } from '../agency.js';
import { type InputError } from '../failure.js';
import { catalogue } from './catalogue.js';
import { type SensitivityClass } from './entry.js';
import { fieldsOf } from './fields.js';

/** Covers every class and field. */
export const EVERYTHING = '*';

/**
 * A consent scope `<recipient agency>:<what>` taken apart; `what` is a class, `*`, or a field of a type as
 * `<type>/<path>`.
 */
export function readScope(scope: string): { readonly recipient: string; readonly what: string } {
  const colon = scope.indexOf(':');
  return { recipient: scope.slice(0, colon), what: scope.slice(colon + 1) };
}

/** Whether a scope names one field of one type. */
export function isFieldScope(what: string): boolean {
  return what.includes('/');
}

/** The classes of a field `<type>/<path>`, one for each that it has in some version of its type; none if there is no such field. */
export function classesOfField(what: string): ReadonlySet<SensitivityClass> {
  return byField.get(what) ?? NONE;
}

const NONE: ReadonlySet<SensitivityClass> = new Set();
const byField = new Map<string, Set<SensitivityClass>>();
for (const entry of catalogue) {
  for (const { path, class: sensitivity } of fieldsOf(entry)) {
    const what = `${entry.type}/${path}`;
    byField.set(what, (byField.get(what) ?? new Set()).add(sensitivity));
  }
}

/**
 * What is wrong with the consent scopes of an event although they are well formed: an agency or a field that does not
 * exist. A withdrawal with such a slip would be acknowledged and end nothing.
 */
export function unknownScopes(scopes: string | readonly string[] | undefined): readonly InputError[] {
  return [scopes ?? []].flat().flatMap((scope, index) => {
    const { recipient, what } = readScope(scope);
    const pointer = `/data/consentScope/${index}`;
    if (agencyOf(recipient) === undefined) return [{ pointer, detail: 'names no agency' }];
    const isUnknown = isFieldScope(what) && classesOfField(what).size === 0;
    return isUnknown ? [{ pointer, detail: 'names no field of the catalogue' }] : [];
  });
}
