import { type AgencyKind } from '../../contract/agency.js';
import { type SensitivityClass } from '../../contract/catalogue/entry.js';

/**
 * CDA 1998 s.115(2): chief officers of police, local authorities (housing, youth), providers of probation services,
 * health bodies; the IOM team is one of police and probation. The Secretary of State (prisons) and courts are not listed.
 */
export const relevantAuthorities: readonly AgencyKind[] = [
  'police',
  'probation',
  'housing',
  'youth',
  'health',
  'hub',
];

/** OMA 2007 s.14(1): the Secretary of State (prisons), providers of probation services. */
export const offenderManagers: readonly AgencyKind[] = ['probation', 'prison'];

/**
 * OMA 2007 s.14(2): government departments (the courts' service is an executive agency of one [unverified]), local
 * authorities, chief officers of police. The IOM team counts as police, so that it gains nothing from being joint.
 */
export const listedPersons: readonly AgencyKind[] = ['court', 'housing', 'youth', 'police', 'hub'];

/** CJA 2003 s.325(1): police, probation, prisons. */
export const responsibleAuthority: readonly AgencyKind[] = ['police', 'probation', 'prison', 'hub'];

/** CJA 2003 s.325(6): youth offending teams, local housing authorities, health bodies. */
export const coOperatingBodies: readonly AgencyKind[] = ['youth', 'housing', 'health'];

/** PCSC Act 2022 s.11 and Schedules 1 and 2: specified authorities, and prisons. */
export const seriousViolencePartners: readonly AgencyKind[] = [...relevantAuthorities, 'prison'];

/** Competent authorities that bring cases to court or carry out what courts order. */
export const courtPartners: readonly AgencyKind[] = ['police', 'probation', 'prison', 'youth'];

/** Those who are no authority of their own, and may act for one: services that authorities commission. */
export const agents: readonly AgencyKind[] = ['treatment', 'vcse'];

/** Who usually commissions them: the council its drug and alcohol service, probation its voluntary services. */
export const usualPrincipals: Readonly<Partial<Record<AgencyKind, AgencyKind>>> = {
  treatment: 'housing',
  vcse: 'probation',
};

/** Patients' confidence: whose facts it covers, whatever the field, but for what is not about the patient (R38). */
export const confidence = {
  requirement: 'R38',
  holders: ['treatment', 'health'],
  except: ['ADM', 'STAFF'],
} as const satisfies {
  requirement: string;
  holders: readonly AgencyKind[];
  except: readonly SensitivityClass[];
};
