/** What a purpose serves: the words in which the law limits gateways to ends (R3, R31 to R38). */
export const aims = [
  'prevention-of-crime-and-disorder',
  'offender-management',
  'public-protection',
  'bail',
  'supervision',
  'sentence',
  'advice-or-treatment',
  'administration-of-justice',
  'youth-justice',
  'safeguarding',
  'direct-care',
  'resettlement',
] as const;
export type Aim = (typeof aims)[number];

/** Every gateway that an agreement may name, as a lawyer cites it; what each can carry is in `gateways.ts`. */
export const gatewayCitations = [
  'Crime and Disorder Act 1998 s.115',
  'Offender Management Act 2007 s.14',
  'Criminal Justice Act 2003 s.325',
  'Police and Criminal Evidence Act 1984 s.63B(7)',
  'Police, Crime, Sentencing and Courts Act 2022 s.16',
  'Digital Economy Act 2017 s.35',
  'Homelessness Reduction Act 2017 s.10',
  'Criminal Procedure Rules 2020 Part 5',
  'Criminal Procedure Rules 2025 Part 5',
  'Crime and Disorder Act 1998 s.38',
  'Common law: explicit consent',
  'Common law: implied consent for direct care',
  'Common law: overriding public interest',
  'Common law: policing powers',
] as const;
export type GatewayCitation = (typeof gatewayCitations)[number];
