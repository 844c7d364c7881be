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
parties:
  - { agency: police, regime: part-3, contact: iom@police.example }
  - { agency: probation, regime: part-3, contact: iom@probation.example }
  - { agency: housing, regime: uk-gdpr, contact: iom@housing.example }
  - { agency: treatment, regime: uk-gdpr, contact: iom@treatment.example }
  - { agency: hub, regime: part-3, contact: iom@hub.example }
purposes:
  - { id: reducing-reoffending, description: To reduce reoffending }
  - { id: resettlement, description: To house people }
inForceFrom: 2024-01-01
reviewDue: 2030-01-01
expires: 2031-01-01
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
    lawfulBasis: DPA 2018 s.35
  - id: police-to-housing
    effect: permit
    publishers: [police]
    recipients: [housing]
    purposes: [resettlement]
    types: [police.arrest.recorded]
    fields: { clear: ['name'], generalise: [dateOfBirth] }
    reach: history
    gateway: Crime and Disorder Act 1998 s.115
    lawfulBasis: UK GDPR Art 6(1)(e)
  - id: attendance-to-police
    effect: permit
    publishers: [treatment]
    recipients: [police]
    purposes: [reducing-reoffending]
    types: [treatment.attendance.recorded]
    fields: { clear: ['class:HLTH'] }
    conditions: { consent: true }
    reach: history
    gateway: Consent
    lawfulBasis: UK GDPR Art 9(2)(a)
  - id: hub-to-police
    effect: permit
    publishers: [hub]
    recipients: [police, probation]
    purposes: [reducing-reoffending]
    types: ['hub.*']
    fields: { clear: ['class:CJA', 'class:ADM'] }
    reach: history
    gateway: Offender Management Act 2007 s.14
    lawfulBasis: DPA 2018 s.35
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
