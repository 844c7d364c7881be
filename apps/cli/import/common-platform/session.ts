import { identifierFields } from '../identifiers.js';
import { at, listAt, present, textAt, type Tree } from '../tree.js';
import { attendedOn, bailFields, isOrganisation, personFields } from './defendant.js';
import { type MessageHead, required } from './message.js';
import { outcomeOf } from './offence.js';
import { type CourtResults, type DefendantResults } from './results.js';

/** Where and for which case a `create-results` or `police-result-generated` message speaks. */
interface Session {
  readonly head: MessageHead;
  readonly court: Tree;
  readonly jurisdiction: string | undefined;
  readonly caseId: string;
  readonly urn: string | undefined;
  readonly receivedYear: number;
}

/** Reads a `create-results` message: a session of a court with its cases. Throws `Invalid` `court-message`. */
export function readCreateResults(message: Tree, head: MessageHead, receivedYear: number): CourtResults {
  const court = at(message, 'session', 'courtCentreWithLJA', 'courtCentre');
  const jurisdiction = textAt(message, 'jurisdictionType')?.toLowerCase();
  const all = listAt(message, 'cases').flatMap((each) => {
    const caseId = required(textAt(each, 'caseId'), 'cases[].caseId');
    const session = { head, court, jurisdiction, caseId, urn: textAt(each, 'urn'), receivedYear };
    return listAt(each, 'defendants').map((defendant) => ({ defendant, session }));
  });
  const people = all.filter(({ defendant }) => !isOrganisation(defendant));
  return {
    defendants: people.map(({ defendant, session }) => defendantOf(defendant, session)),
    organisations: all.length - people.length,
  };
}

/** Reads a `police-result-generated` message: one defendant in one case. Throws `Invalid` `court-message`. */
export function readPoliceResult(message: Tree, head: MessageHead, receivedYear: number): CourtResults {
  const defendant = at(message, 'defendant');
  if (isOrganisation(defendant)) return { defendants: [], organisations: 1 };
  const session = {
    head,
    court: at(message, 'courtCentreWithLJA', 'courtCentre'),
    jurisdiction: undefined,
    caseId: required(textAt(message, 'caseId'), 'caseId'),
    urn: textAt(message, 'urn'),
    receivedYear,
  };
  return { defendants: [defendantOf(defendant, session)], organisations: 0 };
}

function defendantOf(defendant: Tree, session: Session): DefendantResults {
  const individual = at(defendant, 'individualDefendant');
  return {
    defendantId: required(textAt(defendant, 'defendantId'), 'defendantId'),
    masterDefendantId: undefined,
    caseId: session.caseId,
    details: detailsOf(defendant, individual, session),
    attended: attendedOn(session.head.hearingDay, listAt(defendant, 'attendanceDays')),
    bail: bailFields(individual),
    outcome: outcomeOf(listAt(defendant, 'offences'), [], []),
  };
}

function detailsOf(defendant: Tree, individual: Tree, session: Session): DefendantResults['details'] {
  const reference = textAt(defendant, 'prosecutorReference');
  const written = {
    asn: reference,
    pnc: textAt(defendant, 'pncId'),
    cro: textAt(defendant, 'croNumber'),
  };
  return present({
    defendantRef: textAt(defendant, 'defendantId'),
    prosecutorReference: reference,
    ...identifierFields(written, session.receivedYear),
    ...personFields(at(individual, 'person'), individual),
    hearingId: session.head.hearingId,
    caseId: session.caseId,
    ptiUrn: session.urn,
    courtCode: textAt(session.court, 'code'),
    courtName: textAt(session.court, 'name'),
    jurisdiction: session.jurisdiction,
    hearingDay: session.head.hearingDay,
  });
}
