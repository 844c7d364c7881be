/** Fields of an event type that its publisher may leave out, and that the partnership expects it to tell. */
export interface ExpectedFields {
  readonly version: number;
  /** The first day on which they are expected. */
  readonly from: string;
  readonly type: string;
  readonly fields: readonly string[];
  readonly source: string;
  readonly verified: boolean;
}

function expected(type: string, ...fields: readonly string[]): ExpectedFields {
  const source = 'local choice, to be agreed by the board (HMIP 2020 recommendation 8)';
  return { version: 1, from: '1970-01-01', type, fields, source, verified: false };
}

/** Of each type the last version in force counts. */
export const expectedFields: readonly ExpectedFields[] = [
  expected('police.arrest.recorded', 'custodyRef', 'stationCode'),
  expected('police.arrest.disposed', 'disposedAt'),
  expected('police.charge.laid', 'asn', 'chargedAt', 'remand', 'firstHearing'),
  expected('police.drugTest.performed', 'asn'),
  expected('police.pncOutcome.imported', 'recordedOn', 'offences'),
  expected('probation.case.allocated', 'practitionerId', 'tier', 'provider'),
  expected('probation.order.started', 'expiryDate', 'requirements'),
  expected('probation.licence.activated', 'licenceRef', 'kind', 'conditions'),
  expected('probation.recall.decided', 'decidedOn', 'lawVersion'),
  expected('probation.recall.returnedToCustody', 'recallType', 'ualDays'),
  expected('probation.riskAssessed', 'assessor', 'rosh', 'ogrs'),
  expected('prison.received', 'receivedAt', 'movementReasonCode'),
  expected('prison.released', 'releasedAt', 'currentPrisonStatus'),
  expected('prison.releasePlanned', 'addressApproved', 'licenceRef'),
  expected('court.hearing.listed', 'hearingId', 'ptiUrn', 'hearingType'),
  expected('court.hearing.resulted', 'hearingId', 'ptiUrn', 'attended', 'offences'),
  expected('court.outcome.recorded', 'hearingId', 'ptiUrn'),
  expected('housing.application.submitted', 'applicationRef', 'localAuthority'),
  expected('housing.placement.started', 'placementRef', 'arrivedOn', 'expectedDeparture'),
  expected('housing.placement.ended', 'placementRef', 'departedOn', 'reason'),
  expected('treatment.referral.made', 'source', 'substances'),
  expected('treatment.started', 'triageDate'),
  expected('treatment.attendance.recorded', 'attendedOn'),
  expected('health.referral.received', 'referralRef', 'priority'),
  expected('health.attendance.recorded', 'attendedOn'),
  expected('youth.case.opened', 'order', 'endsOn', 'caseManager'),
  expected('youth.transition.completed', 'toTeam', 'consentGiven'),
  expected('vcse.engagement.started', 'startedOn', 'site'),
  expected('vcse.engagement.ended', 'endedOn', 'reason'),
  expected('hub.subject.informed', 'told', 'format', 'language'),
  expected('hub.cohort.selected', 'criteriaVersion', 'criteria', 'inputs', 'nextReview'),
  expected('hub.cohort.deselected', 'exitPlanRef', 'watchUntil'),
  expected('hub.management.decided', 'rationale', 'management', 'nextReview'),
  expected('hub.leadProfessional.appointed', 'user', 'acceptedAt'),
  expected('hub.needs.assessed', 'assessedOn', 'assessor'),
];

/** What is expected of a type on a day; undefined where nothing is. */
export function expectedOn(
  day: string,
  type: string,
  all: readonly ExpectedFields[] = expectedFields,
): ExpectedFields | undefined {
  return all.findLast((each) => each.type === type && each.from <= day);
}
