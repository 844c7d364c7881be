import {
  classesOfField,
  EVERYTHING,
  isFieldScope,
  readScope,
} from '../../contract/catalogue/consent-scope.js';
import { type SensitivityClass } from '../../contract/catalogue/entry.js';

/**
 * Whether withdrawing one consent scope ends another. It ends every scope that shares something with it: a class ends
 * its fields, a field the class or the everything that holds it, in doubt more than was named (R1, R38).
 */
export function overlap(one: string, other: string): boolean {
  const [first, second] = [readScope(one), readScope(other)];
  return first.recipient === second.recipient && share(first.what, second.what);
}

function share(one: string, other: string): boolean {
  if (one === other || one === EVERYTHING || other === EVERYTHING) return true;
  if (isFieldScope(one) === isFieldScope(other)) return false;
  const [field, sensitivity] = isFieldScope(one) ? [one, other] : [other, one];
  const classes = classesOfField(field);
  return classes.size === 0 || classes.has(sensitivity as SensitivityClass);
}
