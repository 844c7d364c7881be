import { type GatewayLaw } from './gateway-law.js';
import { aims as everyAim } from './gateway-names.js';

/** Gateways that the common law makes: consent, care, public interest, policing (R3, R38). */
export const commonLawGateways: readonly GatewayLaw[] = [
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
