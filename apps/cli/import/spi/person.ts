import { at, listAt, present, textAt, textsAt, type Tree, wholeAt } from '../tree.js';

type Fields = Readonly<Record<string, unknown>>;

/** Who is charged, from a `PoliceIndividualDefendant`, as catalogue fields. */
export function personFields(individual: Tree): Fields {
  const held = at(individual, 'PersonDefendant');
  const base = at(held, 'BasePersonDetails');
  return present({
    title: textAt(base, 'PersonName', 'PersonTitle'),
    name: nameOf(at(base, 'PersonName')),
    dateOfBirth: textAt(base, 'Birthdate'),
    sex: sexes[textAt(base, 'Gender') ?? ''],
    address: addressOf(at(individual, 'Address')),
    aliases: listAt(individual, 'Alias').map(nameOf),
    perceivedBirthYear: wholeAt(individual, 'PerceivedBirthYear'),
    nationality: textAt(held, 'PersonStatedNationality'),
    occupation: textAt(individual, 'Occupation'),
    telephones: telephonesOf(base),
    emails: textsAt(at(base, 'EmailDetails'), ['EmailAddress1', 'EmailAddress2']),
    observedEthnicity: textAt(individual, 'PersonEthnicity', 'ObservedEthnicity'),
    selfDefinedEthnicity: textAt(individual, 'PersonEthnicity', 'SelfDefinedEthnicity'),
    documentLanguage: textAt(individual, 'LanguageOptions', 'DocumentationLanguage'),
    hearingLanguage: textAt(individual, 'LanguageOptions', 'HearingLanguage'),
    languageNeeds: textAt(individual, 'LanguageNeeds'),
    specialNeeds: textAt(individual, 'SpecialNeeds'),
    driverNumber: textAt(individual, 'DriverInformation', 'DriverNumber'),
  });
}

/** The parent or guardian of a young defendant. */
export function guardianOf(individual: Tree): Fields {
  const guardian = at(individual, 'ParentGuardianDetails');
  const base = at(guardian, 'BasePersonDetails');
  return present({
    name: wholeName(at(base, 'PersonName')),
    addressLines: linesOf(at(guardian, 'Address')),
    postcode: textAt(guardian, 'Address', 'PostCode'),
    telephones: telephonesOf(base),
  });
}

/** The officer in the case. */
export function officerOf(found: Tree): Fields {
  const officer = at(found, 'OtherPartyOfficerInCase');
  return present({
    name: wholeName(at(officer, 'OfficerName')),
    rank: textAt(officer, 'PoliceOfficerRank'),
    reference: textAt(officer, 'PoliceWorkerReferenceNumber'),
    station: textAt(officer, 'PoliceWorkerLocationCode'),
  });
}

/** ISO/IEC 5218. */
const sexes: Readonly<Record<string, string>> = {
  '0': 'not-known',
  '1': 'male',
  '2': 'female',
  '9': 'not-specified',
};

function nameOf(name: Tree): Fields {
  const middle = textsAt(name, ['PersonGivenName2', 'PersonGivenName3']).join(' ');
  return present({
    family: textAt(name, 'PersonFamilyName'),
    given: textAt(name, 'PersonGivenName1'),
    middle: middle === '' ? undefined : middle,
  });
}

function wholeName(name: Tree): string | undefined {
  const parts = [
    'PersonTitle',
    'PersonGivenName1',
    'PersonGivenName2',
    'PersonGivenName3',
    'PersonFamilyName',
  ];
  const whole = textsAt(name, parts).join(' ');
  return whole === '' ? undefined : whole;
}

function addressOf(address: Tree): Fields {
  const lines = linesOf(address);
  return lines.length === 0 ? {} : present({ lines, postcode: textAt(address, 'PostCode') });
}

function linesOf(address: Tree): readonly string[] {
  const parts = ['SAON', 'PAON', 'StreetDescription', 'Locality', 'Town', 'AdministrativeArea', 'PostTown'];
  return textsAt(address, parts);
}

function telephonesOf(base: Tree): readonly string[] {
  const kinds = ['TelephoneNumberBusiness', 'TelephoneNumberHome', 'TelephoneNumberMobile'];
  return textsAt(at(base, 'TelephoneDetails'), kinds);
}
