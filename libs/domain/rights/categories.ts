import { type SensitivityClass } from '../../contract/catalogue/entry.js';

/** What the categories of data are called in a copy that a person reads (R16). */
export const categories: Readonly<Record<SensitivityClass, string>> = {
  ID: 'numbers and references',
  PERS: 'personal details',
  LOC: 'addresses and places',
  CJF: 'criminal justice facts',
  CJA: 'assessments',
  INTEL: 'intelligence',
  HLTH: 'health',
  DRUG: 'drug tests',
  EQ: 'equality',
  VIC: 'victims',
  CHILD: 'data about a child',
  LAO: 'limited access',
  STAFF: 'staff who dealt with you',
  ADM: 'records of the process',
};

/** The categories of some fields, each once, in order of the alphabet. */
export function categoriesOf(fields: Iterable<{ readonly class: SensitivityClass }>): readonly string[] {
  return [...new Set(Array.from(fields, (field) => categories[field.class]))].sort();
}
