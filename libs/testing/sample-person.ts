/** What every sample says of its one invented person. */
export const person = {
  name: { family: 'Synthetic', given: 'Sam', middle: 'Testcase' },
  dateOfBirth: '1991-05-17',
  sex: 'not-specified',
  address: { lines: ['1 Imaginary Row', 'Nowhere-on-Test'], postcode: 'ZZ99 9ZZ' },
} as const;

/** Identifiers with valid check characters (requirements §3.6). */
export const pnc = '2001/0171310W';
export const cro = '065656/91H';
export const asn = '2202XC0200000000021R';
export const noms = 'A3695EA';
export const crn = 'X371199';
export const nhs = '9990000018';
export const ycrn = 'YC0000001';
