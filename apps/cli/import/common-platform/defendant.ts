import { at, flagAt, listAt, present, textAt, textsAt, type Tree, wholeAt } from '../tree.js';
import { date } from '../values.js';

type Fields = Readonly<Record<string, unknown>>;

/** Who the defendant is, from the nodes that hold the names and address, and whatever else the court holds. */
export function personFields(person: Tree, held: Tree): Fields {
  return present({
    title: textAt(person, 'title'),
    name: nameOf(person),
    dateOfBirth: date(textAt(person, 'dateOfBirth')),
    sex: textAt(person, 'gender')?.toLowerCase().replaceAll('_', '-'),
    address: addressOf(at(person, 'address')),
    perceivedBirthYear: wholeAt(held, 'perceivedBirthYear'),
    nationality: textAt(person, 'nationalityDescription'),
    occupation: textAt(person, 'occupation'),
    telephones: textsAt(at(person, 'contact'), ['home', 'mobile', 'work']),
    emails: textsAt(at(person, 'contact'), ['primaryEmail', 'secondaryEmail']),
    observedEthnicity: textAt(person, 'ethnicity', 'observedEthnicityCode'),
    selfDefinedEthnicity: textAt(person, 'ethnicity', 'selfDefinedEthnicityCode'),
    documentLanguage: textAt(person, 'documentationLanguageNeeds'),
    hearingLanguage: textAt(person, 'hearingLanguageNeeds'),
    languageNeeds: textAt(person, 'interpreterLanguageNeeds'),
    specialNeeds: textAt(person, 'specificRequirements'),
    driverNumber: textAt(held, 'driverNumber'),
  });
}

/** A name of the catalogue, from a node with `firstName`, `middleName` and `lastName`. */
export function nameOf(person: Tree): Fields {
  return present({
    family: textAt(person, 'lastName'),
    given: textAt(person, 'firstName'),
    middle: textAt(person, 'middleName'),
  });
}

/** How the defendant stood at the end of the hearing. */
export function bailFields(held: Tree): Fields {
  const conditions = textAt(held, 'bailConditions');
  return present({
    bailStatus: textAt(held, 'bailStatus', 'code'),
    bailConditions: conditions === undefined ? [] : [{ text: conditions }],
  });
}

/** Whether the defendant came on that day, in person or by video; undefined when the message does not say. */
export function attendedOn(day: string, attendanceDays: readonly Tree[]): boolean | undefined {
  const type = textAt(
    attendanceDays.find((each) => textAt(each, 'day') === day),
    'attendanceType',
  );
  return type === undefined ? undefined : type !== 'NOT_PRESENT';
}

/** True of a company or other body: the hub holds facts about people only. */
export function isOrganisation(defendant: Tree): boolean {
  const bodies = ['legalEntityDefendant', 'corporateDefendant'];
  return bodies.some((name) => at(defendant, name) !== undefined);
}

/** Under eighteen, as the court marks it. */
export function youthField(defendant: Tree): Fields {
  return present({ isYouth: flagAt(defendant, 'isYouth') });
}

function addressOf(address: Tree): Fields {
  const lines = textsAt(address, ['address1', 'address2', 'address3', 'address4', 'address5']);
  return lines.length === 0 ? {} : present({ lines, postcode: textAt(address, 'postcode') });
}

/** Other names the defendant is known by; one that is not given whole cannot be a name of the catalogue. */
export function aliasFields(defendant: Tree): Fields {
  const names = listAt(defendant, 'aliases').map(nameOf);
  return present({ aliases: names.filter((name) => 'family' in name && 'given' in name) });
}
