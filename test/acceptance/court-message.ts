/** As much of a hearing-results message as is read here, by a way of its own. */
export interface Message {
  readonly sharedTime: string;
  readonly hearingDay: string;
  readonly hearing: {
    readonly id: string;
    readonly jurisdictionType: string;
    readonly type: { readonly description: string };
    readonly courtCentre: { readonly code: string; readonly name: string };
    readonly prosecutionCases: readonly {
      readonly id: string;
      readonly prosecutionCaseIdentifier: { readonly caseURN: string };
      readonly defendants: readonly Defendant[];
    }[];
  };
}

interface Defendant {
  readonly id: string;
  readonly prosecutionAuthorityReference: string;
  readonly personDefendant: {
    readonly arrestSummonsNumber: string;
    readonly bailStatus: { readonly code: string };
    readonly personDetails: {
      readonly firstName: string;
      readonly lastName: string;
      readonly dateOfBirth: string;
      readonly gender: string;
      readonly title: string;
      readonly occupation: string;
      readonly documentationLanguageNeeds: string;
      readonly hearingLanguageNeeds: string;
      readonly contact: { readonly home: string };
      readonly address: Readonly<Record<'address1' | 'address2' | 'address3' | 'postcode', string>>;
    };
  };
  readonly offences: readonly {
    readonly offenceCode: string;
    readonly offenceTitle: string;
    readonly wording: string;
    readonly startDate: string;
    readonly arrestDate: string;
    readonly chargeDate: string;
    readonly judicialResults: readonly Readonly<
      Record<'judicialResultId' | 'label' | 'resultText' | 'orderedDate', string>
    >[];
  }[];
}

/** Values by field of the catalogue. */
export type Values = Readonly<Record<string, unknown>>;

export interface Said {
  readonly hearing: Values;
  readonly outcome: Values;
  readonly identifiers: Values;
  readonly forHousing: Values;
}

/**
 * What a message says of a defendant in the two facts that it becomes, identifiers apart, and what of it the agreement
 * for housing lets through.
 */
export function saidBy(message: Message, family: string, isReshare: boolean): Said {
  const { hearing, hearingDay, sharedTime } = message;
  const found = hearing.prosecutionCases.flatMap((each) => each.defendants.map((who) => ({ each, who })));
  const one = found.find(({ who }) => who.personDefendant.personDetails.lastName === family);
  if (one === undefined) throw new Error('the message has no such defendant');
  const { personDetails: person, bailStatus, arrestSummonsNumber } = one.who.personDefendant;
  const { address1, address2, address3, postcode } = person.address;
  const { offences } = one.who;
  const name = { 'name.family': person.lastName, 'name.given': person.firstName };
  const standing = { hearingDay, bailStatus: bailStatus.code };
  const values: Values = {
    ...name,
    dateOfBirth: person.dateOfBirth,
    sex: person.gender.toLowerCase(),
    title: person.title,
    occupation: person.occupation,
    documentLanguage: person.documentationLanguageNeeds,
    hearingLanguage: person.hearingLanguageNeeds,
    telephones: [person.contact.home],
    'address.lines': [address1, address2, address3],
    'address.postcode': postcode,
    ptiUrn: one.each.prosecutionCaseIdentifier.caseURN,
    courtCode: hearing.courtCentre.code,
    courtName: hearing.courtCentre.name,
    jurisdiction: hearing.jurisdictionType.toLowerCase(),
    hearingType: hearing.type.description,
    hearingDay,
    sharedTime,
    isReshare,
  };
  return {
    hearing: { ...values, ...standing, attended: true },
    outcome: {
      ...values,
      'offences[].cjsCode': offences.map(({ offenceCode }) => offenceCode),
      'offences[].title': offences.map(({ offenceTitle }) => offenceTitle),
      'offences[].wording': offences.map(({ wording }) => wording),
      'offences[].offenceDates.from': offences.map(({ startDate }) => startDate),
      'offences[].arrestedOn': offences.map(({ arrestDate }) => arrestDate),
      'offences[].chargedOn': offences.map(({ chargeDate }) => chargeDate),
      'offences[].disposals[].resultId': results(offences, 'judicialResultId'),
      'offences[].disposals[].label': results(offences, 'label'),
      'offences[].disposals[].text': results(offences, 'resultText'),
      'offences[].disposals[].orderedDate': results(offences, 'orderedDate'),
    },
    identifiers: {
      defendantRef: one.who.id,
      prosecutorReference: one.who.prosecutionAuthorityReference,
      'unverified.asn': arrestSummonsNumber,
      hearingId: hearing.id,
      caseId: one.each.id,
    },
    forHousing: {
      ...name,
      ...standing,
      dateOfBirth: person.dateOfBirth.slice(0, 4),
      'address.postcode': postcode.split(' ')[0],
    },
  };
}

type Result = keyof Defendant['offences'][number]['judicialResults'][number];

function results(offences: Defendant['offences'], what: Result): readonly (readonly string[])[] {
  return offences.map(({ judicialResults }) => judicialResults.map((result) => result[what]));
}
