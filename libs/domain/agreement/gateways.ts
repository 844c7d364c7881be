import { type AgencyKind } from '../../contract/agency.js';
import { type SensitivityClass } from '../../contract/catalogue/entry.js';
import {
  coOperatingBodies,
  courtPartners,
  listedPersons,
  offenderManagers,
  relevantAuthorities,
  responsibleAuthority,
  seriousViolencePartners,
} from './authorities.js';
import { type Aim, aims as everyAim, type GatewayCitation } from './gateway-names.js';

/** What a clause must state before some gateways carry anything. */
export type Need = 'consent' | 'mappa' | 'public-interest';

/** Kinds of agency in one role of a gateway; `anyone` where the law says "any person". */
export type Ends = readonly AgencyKind[] | 'anyone';

/** What one gateway can carry, as the law stood from one date until another (both Europe/London; until excluded). */
export interface GatewayLaw {
  readonly citation: GatewayCitation;
  readonly title: string;
  /** The requirement that the rules below encode (requirements §3.2), named when they refuse. */
  readonly requirement: string;
  readonly kind: 'statute' | 'common-law';
  /** `read`: in a consolidated text; `unverified`: general knowledge, to be confirmed before it is relied on. */
  readonly standing: 'read' | 'unverified';
  readonly from: string;
  readonly until?: string;
  /** Who may disclose to whom, and the same in words. */
  readonly reach: readonly { readonly from: Ends; readonly to: Ends }[];
  readonly reachInWords: string;
  /** Authorities on whose behalf somebody who is none may receive, or both receive and disclose. */
  readonly agentsOf?: {
    readonly kinds: readonly AgencyKind[];
    readonly may: 'receive' | 'receive-and-disclose';
  };
  /** Everything that a flow serves must be among these. */
  readonly aims: readonly Aim[];
  /** Limits it to these classes; for event types that begin with `wholeTypes`, to none. */
  readonly only?: { readonly classes: readonly SensitivityClass[]; readonly wholeTypes?: string };
  readonly never?: readonly SensitivityClass[];
  readonly neverFrom?: readonly AgencyKind[];
  readonly needs?: readonly Need[];
  /** Classes that no other gateway carries. */
  readonly alone?: readonly SensitivityClass[];
  /** It stands above the confidence that patients are owed (R38). */
  readonly overridesConfidence?: true;
}

const criminalProcedureRules = {
  title: 'Records and results of criminal cases, and what courts are told of them',
  requirement: 'R3',
  kind: 'statute',
  standing: 'unverified',
  reach: [
    { from: ['court'], to: courtPartners },
    { from: courtPartners, to: ['court'] },
  ],
  reachInWords: 'between courts and those who bring cases before them or carry out what they order',
  aims: ['administration-of-justice', 'bail', 'sentence', 'supervision', 'youth-justice'],
  never: ['INTEL'],
} as const satisfies Partial<GatewayLaw>;

/** The law of gateways, each rule set from the day on which it took effect (R31 to R38). */
export const gatewayLaw: readonly GatewayLaw[] = [
  {
    citation: 'Crime and Disorder Act 1998 s.115',
    title: 'Power to disclose to a relevant authority for the purposes of the Act',
    requirement: 'R31',
    kind: 'statute',
    standing: 'read',
    from: '1998-09-30',
    reach: [{ from: 'anyone', to: relevantAuthorities }],
    reachInWords: 'from any person, but only to a relevant authority or to somebody acting on its behalf',
    agentsOf: { kinds: relevantAuthorities, may: 'receive' },
    // The Act's provisions are on crime and disorder and strategies against re-offending (ss.5, 6, 17), to which managing,
    // supervising and resettling offenders and protecting the public belong, and on youth justice (ss.37 to 42).
    aims: [
      'prevention-of-crime-and-disorder',
      'offender-management',
      'public-protection',
      'supervision',
      'resettlement',
      'youth-justice',
    ],
  },
  {
    citation: 'Offender Management Act 2007 s.14',
    title: 'Disclosure for offender management purposes',
    requirement: 'R33',
    kind: 'statute',
    standing: 'read',
    from: '2008-04-01',
    reach: [
      { from: offenderManagers, to: [...offenderManagers, ...listedPersons] },
      { from: listedPersons, to: offenderManagers },
    ],
    reachInWords:
      'only where the Secretary of State (prisons), a provider of probation services or its contractor is one of the two, and never from one listed person to another',
    agentsOf: { kinds: offenderManagers, may: 'receive-and-disclose' },
    aims: ['offender-management', 'supervision', 'sentence', 'bail', 'resettlement', 'public-protection'],
  },
  {
    citation: 'Criminal Justice Act 2003 s.325',
    title: 'Co-operation in assessing and managing the risks of MAPPA offenders',
    requirement: 'R34',
    kind: 'statute',
    standing: 'read',
    from: '2004-04-05',
    reach: [
      { from: responsibleAuthority, to: [...responsibleAuthority, ...coOperatingBodies] },
      { from: coOperatingBodies, to: responsibleAuthority },
    ],
    reachInWords:
      'between the responsible authority (police, probation, prisons) and bodies with a duty to co-operate',
    aims: ['public-protection', 'offender-management', 'supervision'],
    needs: ['mappa'],
  },
  {
    citation: 'Police and Criminal Evidence Act 1984 s.63B(7)',
    title: 'Disclosure of what was learnt from a drug-test sample',
    requirement: 'R37',
    kind: 'statute',
    standing: 'read',
    from: '2001-07-02',
    reach: [{ from: 'anyone', to: 'anyone' }],
    reachInWords: 'from any person to any person',
    aims: ['bail', 'supervision', 'sentence', 'advice-or-treatment'],
    only: { classes: ['DRUG'], wholeTypes: 'police.drugTest.' },
    alone: ['DRUG'],
    overridesConfidence: true,
  },
  {
    citation: 'Digital Economy Act 2017 s.35',
    title: 'Disclosure to improve public service delivery',
    requirement: 'R35',
    kind: 'statute',
    standing: 'read',
    from: '2018-05-01',
    reach: [{ from: 'anyone', to: 'anyone' }],
    reachInWords: 'between specified persons',
    // Its objectives are those of SI 2018/912 (multiple disadvantages, television retuning, fuel and water poverty).
    aims: [],
  },
  {
    citation: 'Police, Crime, Sentencing and Courts Act 2022 s.16',
    title: 'Disclosure for the serious violence duty',
    requirement: 'R36',
    kind: 'statute',
    standing: 'read',
    from: '2023-01-31',
    reach: [{ from: seriousViolencePartners, to: seriousViolencePartners }],
    reachInWords: 'between specified authorities and prisons',
    aims: ['prevention-of-crime-and-disorder'],
    never: ['HLTH'],
    neverFrom: ['health', 'treatment'],
  },
  {
    citation: 'Homelessness Reduction Act 2017 s.10',
    title: 'Duty of public authorities to refer to the local housing authority, if the person agrees',
    requirement: 'R3',
    kind: 'statute',
    standing: 'unverified',
    from: '2018-10-01',
    // Police are not among the authorities that the regulations specify; hospitals are.
    reach: [{ from: ['prison', 'probation', 'youth', 'health'], to: ['housing'] }],
    reachInWords:
      'from prisons, probation, youth offending teams and hospitals to the local housing authority',
    aims: ['resettlement'],
    only: { classes: ['ID', 'PERS', 'LOC', 'CJF', 'STAFF', 'ADM'] },
    needs: ['consent'],
  },
  {
    ...criminalProcedureRules,
    citation: 'Criminal Procedure Rules 2020 Part 5',
    from: '2020-10-05',
    until: '2025-10-06',
  },
  { ...criminalProcedureRules, citation: 'Criminal Procedure Rules 2025 Part 5', from: '2025-10-06' },
  {
    citation: 'Crime and Disorder Act 1998 s.38',
    title: 'Co-operation in securing youth justice services',
    requirement: 'R3',
    kind: 'statute',
    standing: 'unverified',
    from: '2000-04-01',
    reach: [
      { from: ['youth'], to: ['police', 'probation', 'health', 'housing', 'court', 'prison'] },
      { from: ['police', 'probation', 'health', 'housing', 'court', 'prison'], to: ['youth'] },
    ],
    reachInWords: 'between a youth offending team and those who secure or use youth justice services',
    aims: ['youth-justice', 'bail', 'supervision', 'sentence'],
    never: ['INTEL'],
  },
  {
    citation: 'Common law: explicit consent',
    title: 'The person consents to this disclosure',
    requirement: 'R38',
    kind: 'common-law',
    standing: 'read',
    from: '1998-09-30',
    reach: [{ from: 'anyone', to: 'anyone' }],
    reachInWords: 'from any person to any person',
    aims: everyAim,
    // Nobody can consent for a victim, nor to what is kept from them.
    never: ['INTEL', 'VIC', 'LAO'],
    needs: ['consent'],
  },
  {
    citation: 'Common law: implied consent for direct care',
    title: 'Patients expect those who care for them to tell each other',
    requirement: 'R38',
    kind: 'common-law',
    standing: 'read',
    from: '1998-09-30',
    reach: [{ from: ['treatment', 'health'], to: ['treatment', 'health'] }],
    reachInWords: 'only between those who care for the person',
    aims: ['direct-care', 'advice-or-treatment'],
    only: { classes: ['ID', 'PERS', 'LOC', 'HLTH', 'EQ', 'CHILD', 'STAFF', 'ADM'] },
    overridesConfidence: true,
  },
  {
    citation: 'Common law: overriding public interest',
    title: 'Serious harm or crime outweighs confidence',
    requirement: 'R38',
    kind: 'common-law',
    standing: 'read',
    from: '1998-09-30',
    reach: [{ from: 'anyone', to: 'anyone' }],
    reachInWords: 'from any person to any person',
    aims: ['public-protection', 'safeguarding', 'prevention-of-crime-and-disorder'],
    needs: ['public-interest'],
  },
  {
    citation: 'Common law: policing powers',
    title: 'Disclosure by police to keep the peace, prevent crime and bring offenders to justice',
    requirement: 'R3',
    kind: 'common-law',
    standing: 'unverified',
    from: '1998-09-30',
    reach: [{ from: ['police', 'hub'], to: ['police', 'hub', 'probation', 'prison', 'court', 'youth'] }],
    reachInWords: 'from police, to those who enforce the criminal law with them',
    aims: [
      'prevention-of-crime-and-disorder',
      'public-protection',
      'administration-of-justice',
      'bail',
      'safeguarding',
    ],
  },
];

/** The rule set of a gateway on a calendar date; undefined when there was none. */
export function lawOn(citation: GatewayCitation, date: string): GatewayLaw | undefined {
  return gatewayLaw.find((law) => law.citation === citation && law.from <= date && !hasEnded(law, date));
}

function hasEnded({ until }: GatewayLaw, date: string): boolean {
  return until !== undefined && until <= date;
}
