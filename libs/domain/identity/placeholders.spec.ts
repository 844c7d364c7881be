import { expect, it } from '@jest/globals';
import { placeholderReason } from './placeholders.js';

it.each([
  ['date-of-birth', '1900-01-01', 'default-date'],
  ['date-of-birth', '1970-01-01', 'default-date'],
  ['date-of-birth', '1970-01-01T00:00:00Z', 'default-date'],
  ['date-of-birth', '1985-01-01', 'first-of-january'],
  ['date-of-birth', '1985-01-02', null],
  ['date-of-birth', '1985-11-01', null],
  ['date-of-birth', '', null],
  ['name', 'MIG_ERROR_20190304', 'system-name'],
  ['name', 'No_Show_2', 'system-name'],
  ['name', 'DUPLICATE_SMITH', 'system-name'],
  ['name', 'Duplicate', null],
  ['name', 'Migerror', null],
  ['postcode', 'NF1 1NF', 'no-fixed-abode-postcode'],
  ['postcode', 'nf11fa', 'no-fixed-abode-postcode'],
  ['postcode', 'NE1 1NF', null],
] as const)('%s %j: %s', (kind, value, reason) => {
  expect(placeholderReason(kind, value)).toBe(reason);
});
