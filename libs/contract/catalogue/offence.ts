import { choice, code, date, instant, record, text, whole } from './property.js';

/** CJS offence code (requirements §3.7): act, year and reason, or common law; A attempt, B aid, C conspiracy, I incitement. */
export const cjsCode = code('CJF', '^([A-Z]{2}[0-9]{5}[ABCI]?|COML[0-9]{3}[ABCI]?)$', 8);

/** Home Office statistical code, class and subclass. */
export const hoCode = code('CJF', '^[0-9]{3}/[0-9]{2}$', 6);

export const npcc = code('CJF', '^([0-9]{1,3}\\.){1,2}[0-9]{1,3}(\\.[0-9]{1,3})?$', 15);

/** A court or court centre: four digits in older systems, seven characters in newer ones. */
export const courtCode = code('CJF', '^[A-Za-z0-9]{4,7}$', 7);

export const stationCode = code('LOC', '^[0-9A-Za-z]{4}$', 4);

/** The prosecution case's reference, shared by police, prosecutor and court. */
export const ptiUrn = code('ID', '^[0-9A-Za-z_]{1,11}$', 11);

export const sequence = whole('CJF', 0, 999);

export const offenceDates = record({ from: date('CJF'), to: date('CJF') }, ['from']);

/** A condition of bail, licence or order; a place it names is a location, withheld apart from its text. */
export const condition = record({
  code: text('CJF', 20),
  text: text('CJF', 4000),
  place: text('LOC', 500),
});

/** How a person left a custody suite or a hearing (requirements §3.7). */
export const appearanceResult = choice('CJF', [
  'remanded-on-bail',
  'remanded-in-custody',
  'adjourned',
  'remanded-in-care',
  'remanded-on-police-bail',
  'postal-requisition',
  'released-under-investigation',
]);

export const duration = record(
  {
    count: whole('CJF', 0, 9999),
    units: choice('CJF', ['life', 'years', 'months', 'weeks', 'days', 'hours']),
  },
  ['units'],
);

export const nextHearing = record({
  courtCode,
  date: date('CJF'),
  startsAt: instant('CJF'),
  type: text('CJF', 100),
  adjournmentReason: text('CJF', 500),
});
