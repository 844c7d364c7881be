import { choice, date, identifier, list, many, record, text, whole } from './property.js';

/** Identifiers of the person, spelt alike in every event. An NHS number says that there is a patient: health data. */
export const identifiers = {
  pnc: identifier('pnc'),
  cro: identifier('cro'),
  asn: identifier('asn'),
  noms: identifier('noms'),
  crn: identifier('crn'),
  nhs: identifier('nhs', 'HLTH'),
  ycrn: identifier('ycrn'),
} as const;

/** What a sender holds as one of these identifiers though it is none: kept to be put right, never linked by (R8). */
export const unverified = record({ asn: text('ID', 64), pnc: text('ID', 64), cro: text('ID', 64) });

export const name = record(
  {
    family: { ...text('PERS', 100), minLength: 1, 'x-search': 'family-name' },
    given: { ...text('PERS', 100), minLength: 1, 'x-search': 'given-name' },
    middle: text('PERS', 100),
  },
  ['family', 'given'],
);

export const address = record(
  {
    lines: list(text('LOC', 100), 7),
    postcode: { ...text('LOC', 10), 'x-generalise': 'outward' },
  },
  ['lines'],
);

/** Who the fact is about. The values of `sex` are those of ISO/IEC 5218. */
export const person = {
  name,
  dateOfBirth: {
    ...date('PERS'),
    'x-generalise': 'year',
    'x-search': 'date-of-birth',
    'x-control': 'born',
  },
  sex: choice('PERS', ['female', 'male', 'not-known', 'not-specified']),
  address,
} as const;

/** What the police and the courts hold about a person beside that. */
export const personDetails = {
  title: text('PERS', 35),
  aliases: many(name, 50),
  perceivedBirthYear: whole('PERS', 1900, 2200),
  nationality: text('PERS', 35),
  occupation: text('PERS', 150),
  telephones: list(text('PERS', 35), 5),
  emails: list(text('PERS', 255), 5),
  observedEthnicity: text('EQ', 35),
  selfDefinedEthnicity: text('EQ', 35),
  documentLanguage: text('PERS', 20),
  hearingLanguage: text('PERS', 20),
  languageNeeds: text('PERS', 150),
  specialNeeds: text('HLTH', 500),
  driverNumber: text('ID', 25),
} as const;
