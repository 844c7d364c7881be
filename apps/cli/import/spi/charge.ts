import { parseIdentifier } from '../../../../libs/domain/identity/identifiers.js';
import { identifierFields } from '../identifiers.js';
import { type Publication, publication } from '../publication.js';
import { at, listAt, present, textAt, type Tree, wholeAt } from '../tree.js';
import { type NewCase, refuseMissing } from './message.js';
import { guardianOf, officerOf, personFields } from './person.js';

type Fields = Readonly<Record<string, unknown>>;

const SOURCE = '/police/spi';

/**
 * The charge of one defendant of a new case. The id is made of the message's own names, so that importing it again
 * is harmless. The person is named by the arrest summons number; when the prosecutor's reference is none, by that
 * reference within its case, for outside it may stand for somebody else. Throws `Invalid` `spi-message`.
 */
export function chargeOf(message: NewCase, defendant: Tree, receivedYear: number): Publication {
  const reference = referenceOf(message, defendant);
  const asn = parseIdentifier('asn', reference, receivedYear);
  return publication({
    id: `charge:${message.streamId}:${message.urn}:${reference}`,
    source: SOURCE,
    type: 'police.charge.laid',
    subject: asn.outcome === 'valid' ? `asn:${asn.value}` : `ref:${message.urn}/${reference}`,
    time: chargedOn(listAt(defendant, 'Offence')),
    recordedtime: message.dated,
    corrects: undefined,
    data: { ...caseFields(message), ...defendantFields(defendant, reference, receivedYear) },
  });
}

/** True of a company or other body: the hub holds facts about people only. */
export function isOrganisation(defendant: Tree): boolean {
  return at(defendant, 'PoliceCorporateDefendant') !== undefined;
}

function referenceOf({ defendants }: NewCase, defendant: Tree): string {
  const place = `Defendant[${String(defendants.indexOf(defendant) + 1)}]/`;
  refuseMissing(defendant, [['ProsecutorReference'], ['PoliceIndividualDefendant'], ['Offence']], place);
  listAt(defendant, 'Offence').forEach((offence, index) => {
    const required = [['OffenceSequenceNumber'], ['OffenceCode']];
    refuseMissing(at(offence, 'BaseOffenceDetails'), required, `${place}Offence[${String(index + 1)}]/`);
  });
  return textAt(defendant, 'ProsecutorReference') ?? '';
}

function caseFields({ case: found, urn }: NewCase): Fields {
  return present({
    ptiUrn: urn,
    originatingOrganisation: textAt(found, 'OriginatingOrganisation'),
    cpsOrganisation: textAt(found, 'CPSorganisation'),
    informant: textAt(found, 'Informant'),
    initiationCode: textAt(found, 'InitiationCode') ?? textAt(found, 'CaseInitiation'),
    summonsCode: textAt(found, 'SummonsCode'),
    caseMarkers: listAt(found, 'CaseMarker'),
    firstHearing: firstHearingOf(at(found, 'InitialHearing')),
    vehicleOperatorLicence: textAt(found, 'VehicleOperatorLicenceNumber'),
    officer: officerOf(found),
  });
}

function firstHearingOf(hearing: Tree): Fields {
  return present({
    courtCode: textAt(hearing, 'CourtHearingLocation'),
    date: textAt(hearing, 'DateOfHearing'),
    time: /^\d{2}:\d{2}/.exec(textAt(hearing, 'TimeOfHearing') ?? '')?.[0],
  });
}

function defendantFields(defendant: Tree, reference: string, receivedYear: number): Fields {
  const individual = at(defendant, 'PoliceIndividualDefendant');
  const held = at(individual, 'PersonDefendant');
  const conditions = textAt(held, 'BailConditions');
  const written = {
    asn: reference,
    pnc: textAt(held, 'PNCidentifier'),
    cro: textAt(individual, 'CROnumber'),
  };
  return present({
    prosecutorReference: reference,
    ...identifierFields(written, receivedYear),
    ...personFields(individual),
    custodyStatus: textAt(individual, 'CustodyStatus'),
    bailConditions: conditions === undefined ? [] : [{ text: conditions }],
    offences: listAt(defendant, 'Offence').map(offenceOf),
    offenderCode: textAt(individual, 'OffenderCode'),
    driverLicenceCode: textAt(individual, 'DriverInformation', 'DriverLicenceCode'),
    driverLicenceIssue: textAt(individual, 'DriverInformation', 'DriverLicenceIssue'),
    guardian: guardianOf(individual),
  });
}

/** Who the victims are stays with the police: the message names them, and gives no reference in their stead. */
function offenceOf(offence: Tree): Fields {
  const base = at(offence, 'BaseOffenceDetails');
  const alcohol = at(base, 'AlcoholRelatedOffence');
  const vehicle = at(base, 'VehicleRelatedOffence');
  return present({
    sequence: wholeAt(base, 'OffenceSequenceNumber'),
    cjsCode: textAt(base, 'OffenceCode'),
    wording: textAt(base, 'OffenceWording'),
    offenceDates: present({
      from: textAt(base, 'OffenceTiming', 'OffenceStart', 'OffenceDateStartDate'),
      to: textAt(base, 'OffenceTiming', 'OffenceEnd', 'OffenceEndDate'),
    }),
    offenceDateCode: wholeAt(base, 'OffenceTiming', 'OffenceDateCode'),
    chargedOn: textAt(base, 'ChargeDate'),
    arrestedOn: textAt(base, 'ArrestDate'),
    place: textAt(base, 'LocationOfOffence'),
    alcohol: present({
      amount: wholeAt(alcohol, 'AlcoholLevelAmount'),
      method: textAt(alcohol, 'AlcoholLevelMethod'),
    }),
    vehicle: present({
      code: textAt(vehicle, 'VehicleCode'),
      registration: textAt(vehicle, 'VehicleRegistrationMark'),
    }),
    facts: textAt(offence, 'ProsecutionFacts'),
  });
}

/** The day of the charges, or from the first to the last when they were laid on several; undefined when none is told. */
function chargedOn(offences: readonly Tree[]): string | undefined {
  const days = offences
    .map((offence) => textAt(offence, 'BaseOffenceDetails', 'ChargeDate'))
    .filter((day) => day !== undefined)
    .sort();
  const [first, last] = [days[0], days.at(-1)];
  return first === undefined || first === last ? first : `${first}/${String(last)}`;
}
