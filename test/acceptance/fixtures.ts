import { sampleData } from '../../libs/testing/samples.js';

/** A person of the samples, known to police and probation by this number. */
export const PNC = '2001/0171310W';

let serial = 0;

/** A CloudEvent of a type, with sample data, about the person of a subject. */
export function eventOf(
  type: string,
  data: object = {},
  attributes: object = {},
): { readonly id: string; readonly [name: string]: unknown } {
  const [kind = ''] = type.split('.');
  const agency = kind === 'court' ? 'courts' : kind;
  serial += 1;
  return {
    specversion: '1.0',
    id: `event-${serial}`,
    source: `/${agency}/test`,
    type,
    subject: `pnc:${PNC}`,
    time: '2025-05-03T10:00:00Z',
    data: { ...sampleData[type], ...data },
    ...attributes,
  };
}

/** Police facts to probation in full and to housing without identifiers; treatment attendance to police with consent. */
export const coreAgreement = `
reference: core
title: Core sharing
version: 1
owner: { agency: hub, role: IOM manager, contact: manager@hub.example }
parties:
  - { agency: police, regime: part-3, role: shares arrests, contact: iom@police.example, dataProtectionOfficer: dpo@police.example }
  - { agency: probation, regime: part-3, role: supervises, contact: iom@probation.example, dataProtectionOfficer: dpo@probation.example }
  - { agency: housing, regime: uk-gdpr, role: houses, contact: iom@housing.example, dataProtectionOfficer: dpo@housing.example }
  - { agency: treatment, regime: uk-gdpr, role: treats, contact: iom@treatment.example, dataProtectionOfficer: dpo@treatment.example }
  - { agency: hub, regime: part-3, role: manages the cohort, contact: iom@hub.example, dataProtectionOfficer: dpo@hub.example }
purposes:
  - { id: reducing-reoffending, description: To reduce reoffending, benefits: Fewer victims, aims: [offender-management] }
  - { id: resettlement, description: To house people, benefits: Fewer people without a home, aims: [resettlement] }
inForceFrom: 2024-01-01
reviewDue: 2030-01-01
expires: 2031-01-01
rights: { contact: rights@hub.example, procedure: The agency that is asked answers within a month. }
governance:
  accuracy: Publishers correct what is wrong.
  retention: Nothing longer than needed.
  security: Accounts of named people.
  breaches: Told to every party within a day.
  complaints: Answered by the owner.
  training: Everyone, every year.
  onwardDisclosure: Only as this agreement says.
  review: Every year, by the owner.
  joining: By a next version.
policyDocuments:
  - { id: policy, title: Appropriate policy document, reference: APD 1 }
clauses:
  - id: police-to-probation
    effect: permit
    publishers: [police]
    recipients: [probation]
    purposes: [reducing-reoffending]
    types: ['police.*']
    fields: { clear: ['class:ID', 'class:PERS', 'class:CJF', 'class:LOC'] }
    reach: history
    gateway: Offender Management Act 2007 s.14
    lawfulBasis: { part-3: DPA 2018 s.35(2)(b) }
  - id: police-to-housing
    effect: permit
    publishers: [police]
    recipients: [housing]
    purposes: [resettlement]
    types: [police.arrest.recorded]
    fields: { clear: ['name'], generalise: [dateOfBirth] }
    reach: history
    gateway: Crime and Disorder Act 1998 s.115
    lawfulBasis: { part-3: DPA 2018 s.35(2)(b), uk-gdpr: UK GDPR Art 6(1)(e) }
    criminalOffence: DPA 2018 Schedule 1 paragraph 10
  - id: attendance-to-police
    effect: permit
    publishers: [treatment]
    recipients: [police]
    purposes: [reducing-reoffending]
    types: [treatment.attendance.recorded]
    fields: { clear: ['class:HLTH'] }
    conditions: { consent: true }
    reach: history
    gateway: 'Common law: explicit consent'
    lawfulBasis: { part-3: DPA 2018 s.35(2)(a), uk-gdpr: UK GDPR Art 6(1)(a) }
    sensitive: { part-3: DPA 2018 s.35(4), uk-gdpr: UK GDPR Art 9(2)(a), policyDocument: policy }
  - id: hub-to-police
    effect: permit
    publishers: [hub]
    recipients: [police, probation]
    purposes: [reducing-reoffending]
    types: ['hub.*']
    fields: { clear: ['class:CJA', 'class:ADM'] }
    reach: history
    gateway: Crime and Disorder Act 1998 s.115
    lawfulBasis: { part-3: DPA 2018 s.35(2)(b) }
`;

/** Asks for everything about a person by number. */
export const byPnc = `{
  offender(identifier: { scheme: pnc, value: "${PNC}" }) {
    id
    identity { familyName givenName dateOfBirth }
    circumstances { topic status state detail }
    management { cohorts levels }
    timeline(first: 50) { edges { node { id type publisher fields { name status value clause } withheld { name clause ask } superseded { kind } } } pageInfo { hasNextPage endCursor } }
  }
}`;
