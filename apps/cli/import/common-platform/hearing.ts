import { identifierFields } from '../identifiers.js';
import { at, listAt, present, textAt, type Tree } from '../tree.js';
import {
  aliasFields,
  attendedOn,
  bailFields,
  isOrganisation,
  personFields,
  youthField,
} from './defendant.js';
import { type MessageHead, required } from './message.js';
import { outcomeOf } from './offence.js';
import { type CourtResults, type DefendantResults } from './results.js';

/** One defendant in one case, with all nodes of the message that hold results about them. */
interface Party {
  readonly defendantId: string;
  readonly caseId: string;
  readonly masterDefendantId: string | undefined;
  readonly urn: string | undefined;
  /** The defendant's own node, or that of the subject of an application when no case of theirs was before the court. */
  readonly node: Tree;
  readonly offences: readonly Tree[];
  readonly applications: readonly Tree[];
}

/**
 * Reads a hearing-results message (shared, re-shared, or added for a day). Applications count to the case of their
 * subject: a hearing may consist of nothing else. Throws `Invalid` `court-message`.
 */
export function readHearing(message: Tree, head: MessageHead, receivedYear: number): CourtResults {
  const hearing = at(message, 'hearing');
  const parties = new Map<string, Party>();
  const all = [...partiesOfCases(hearing), ...partiesOfApplications(hearing)];
  for (const party of all.filter(({ node }) => !isOrganisation(node))) {
    const key = `${party.caseId} ${party.defendantId}`;
    parties.set(key, merged(parties.get(key), party));
  }
  return {
    defendants: [...parties.values()].map((party, _, each) =>
      resultsOf(party, each, hearing, head, receivedYear),
    ),
    organisations: all.filter(({ node }) => isOrganisation(node)).length,
  };
}

function partiesOfCases(hearing: Tree): readonly Party[] {
  return listAt(hearing, 'prosecutionCases').flatMap((each) =>
    listAt(each, 'defendants').map((node) => ({
      defendantId: required(textAt(node, 'id'), 'hearing.prosecutionCases[].defendants[].id'),
      caseId: required(textAt(each, 'id'), 'hearing.prosecutionCases[].id'),
      masterDefendantId: textAt(node, 'masterDefendantId'),
      urn: urnOf(each),
      node,
      offences: listAt(node, 'offences'),
      applications: [],
    })),
  );
}

/** The parties to applications: the subject, in those of its cases that the application names. */
function partiesOfApplications(hearing: Tree): readonly Party[] {
  return listAt(hearing, 'courtApplications').flatMap((application) => {
    const node = at(application, 'subject', 'masterDefendant');
    const cases = listAt(application, 'courtApplicationCases');
    const concerned = listAt(node, 'defendantCase').filter((each) =>
      cases.some((named) => textAt(named, 'prosecutionCaseId') === textAt(each, 'caseId')),
    );
    return concerned.map((each) => {
      const named = cases.filter((one) => textAt(one, 'prosecutionCaseId') === textAt(each, 'caseId'));
      return {
        defendantId: required(textAt(each, 'defendantId'), 'hearing.courtApplications[].subject'),
        caseId: required(textAt(each, 'caseId'), 'hearing.courtApplications[].subject'),
        masterDefendantId: textAt(node, 'masterDefendantId'),
        urn: urnOf(named[0]) ?? textAt(each, 'caseReference'),
        node,
        offences: [
          ...named.flatMap((one) => listAt(one, 'offences')),
          ...listAt(application, 'courtOrder', 'courtOrderOffences').map((one) => at(one, 'offence')),
        ],
        applications: [application],
      };
    });
  });
}

function urnOf(prosecutionCase: Tree): string | undefined {
  return textAt(prosecutionCase, 'prosecutionCaseIdentifier', 'caseURN');
}

function merged(before: Party | undefined, party: Party): Party {
  if (before === undefined) return party;
  return {
    ...before,
    offences: [...before.offences, ...party.offences],
    applications: [...before.applications, ...party.applications],
  };
}

function resultsOf(
  party: Party,
  all: readonly Party[],
  hearing: Tree,
  head: MessageHead,
  receivedYear: number,
): DefendantResults {
  const { defendantId, masterDefendantId, caseId, node } = party;
  const attendance = listAt(hearing, 'defendantAttendance').filter(
    (each) => textAt(each, 'defendantId') === defendantId,
  );
  return {
    defendantId,
    masterDefendantId,
    caseId,
    details: detailsOf(party, hearing, head, receivedYear),
    attended: attendedOn(
      head.hearingDay,
      attendance.flatMap((each) => listAt(each, 'attendanceDays')),
    ),
    bail: bailFields(at(node, 'personDefendant')),
    outcome: outcomeOf(party.offences, party.applications, resultsOfPerson(party, all, hearing)),
  };
}

/** Results of the case, and those of the person that were given for an offence of this case (or of none, once). */
function resultsOfPerson(party: Party, all: readonly Party[], hearing: Tree): readonly Tree[] {
  const samePerson = all.filter((each) => each.masterDefendantId === party.masterDefendantId);
  const ofPerson = listAt(hearing, 'defendantJudicialResults')
    .filter((each) => textAt(each, 'masterDefendantId') === party.masterDefendantId)
    .map((each) => at(each, 'judicialResult'));
  const here = ofPerson.filter((result) => {
    const owner = samePerson.find((each) => holds(each, textAt(result, 'offenceId')));
    return (owner ?? samePerson[0]) === party;
  });
  return [...listAt(party.node, 'defendantCaseJudicialResults'), ...here];
}

function holds(party: Party, offenceId: string | undefined): boolean {
  return [...party.offences, ...party.applications].some((each) => textAt(each, 'id') === offenceId);
}

function detailsOf(
  { defendantId, caseId, urn, node }: Party,
  hearing: Tree,
  head: MessageHead,
  receivedYear: number,
): DefendantResults['details'] {
  const held = at(node, 'personDefendant');
  const summons = textAt(held, 'arrestSummonsNumber');
  const written = { asn: summons, pnc: textAt(node, 'pncId'), cro: textAt(node, 'croNumber') };
  return present({
    defendantRef: defendantId,
    prosecutorReference: textAt(node, 'prosecutionAuthorityReference') ?? summons,
    ...identifierFields(written, receivedYear),
    ...personFields(at(held, 'personDetails'), held),
    ...aliasFields(node),
    ...youthField(node),
    hearingId: head.hearingId,
    caseId,
    ptiUrn: urn,
    courtCode: textAt(hearing, 'courtCentre', 'code'),
    courtName: textAt(hearing, 'courtCentre', 'name'),
    jurisdiction: textAt(hearing, 'jurisdictionType')?.toLowerCase(),
    hearingType: textAt(hearing, 'type', 'description'),
    hearingDay: head.hearingDay,
  });
}
