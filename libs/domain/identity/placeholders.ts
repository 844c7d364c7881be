/** Why a value is taken to be a stand-in: entered because a system demanded something, not because it is true. */
export type PlaceholderReason =
  'default-date' | 'first-of-january' | 'system-name' | 'no-fixed-abode-postcode';

const defaultDates: readonly string[] = ['1900-01-01', '1970-01-01'];
const noFixedAbode: readonly string[] = ['NF11NF', 'NF11FA'];

/**
 * The reason to quarantine a date of birth (`YYYY-MM-DD`, or a date-time of it), a name or a postcode as a known
 * stand-in, or null when there is none (requirements §3.6, R8). A first of January may be a true birthday: it has
 * a reason of its own, so that a person can release it. Says nothing about whether the value is well formed.
 */
export function placeholderReason(
  kind: 'date-of-birth' | 'name' | 'postcode',
  value: string,
): PlaceholderReason | null {
  switch (kind) {
    case 'date-of-birth':
      return dateReason(value.trim().slice(0, 10));
    case 'name':
      return /^(MIG_ERROR|NO_SHOW|DUPLICATE)_/i.test(value.trim()) ? 'system-name' : null;
    case 'postcode':
      return noFixedAbode.includes(value.replace(/\s/g, '').toUpperCase()) ? 'no-fixed-abode-postcode' : null;
  }
}

function dateReason(date: string): PlaceholderReason | null {
  if (defaultDates.includes(date)) return 'default-date';
  return /^\d{4}-01-01$/.test(date) ? 'first-of-january' : null;
}
