import { type SensitivityClass } from '../../libs/contract/catalogue/entry.js';

/** One cell of the starting matrix (event catalogue §5.12): what an agency may receive of a class of field. */
export interface Cell {
  /** The cell in the words of the matrix. */
  readonly says: string;
  /** Which fields: all of the class, or those that the selectors name. */
  readonly fields: 'all' | readonly string[];
  /** How they may come out; silence means in any way. */
  readonly as?: readonly ('clear' | 'generalise' | 'mask')[];
  /** What every clause must ask. */
  readonly asks?: 'consent' | 'handling' | 'child' | 'transition' | 'tested-ends';
  /** For a cell that allows what nobody publishes or nobody may ask for: why no clause shares it. */
  readonly lacking?: string;
}

export const matrixClasses = [
  'ID',
  'PERS',
  'LOC',
  'CJF',
  'CJA',
  'INTEL',
  'HLTH',
  'DRUG',
  'VIC',
  'CHILD',
] as const satisfies readonly SensitivityClass[];
export type MatrixClass = (typeof matrixClasses)[number];

const allow: Cell = { says: 'A', fields: 'all' };
const deny: Cell = { says: 'D', fields: [] };
const ownOnly: Cell = { says: 'own', fields: [] };
const hubIdOnly: Cell = { says: 'hub id', fields: [] };
const riskToStaff: Cell = { says: 'risk to staff only', fields: ['rosh.staff'] };
const attendance = ['attendedOn', 'attendance'] as const;

/** By recipient and class. The auditor asks by role and not by agreement, and the board sees counts: neither is here. */
export const startingMatrix: Readonly<Record<string, Readonly<Record<MatrixClass, Cell>>>> = {
  police: {
    ID: { says: 'own + PNC', fields: ['pnc', 'cro', 'asn', 'ptiUrn', 'caseRef'] },
    PERS: allow,
    LOC: allow,
    CJF: allow,
    CJA: {
      says: 'masked text, no numeric scores',
      fields: [
        ...['assessedOn', 'rosh', 'rsrBand', 'tier', 'registerTypeCode', 'level', 'category', 'startDate'],
        ...['reviewDate', 'endDate', 'cohort', 'inputs', 'levels', 'mappaCategory', 'management'],
        ...['ogrs', 'ogp', 'ovp', 'rationale', 'dissent'],
        ...['reviewed', 'requestedLevels', 'reason', 'plan', 'outcome'],
      ],
    },
    INTEL: ownOnly,
    HLTH: { says: 'attendance kept/missed only, if gateway/consent', fields: attendance, asks: 'consent' },
    DRUG: ownOnly,
    VIC: ownOnly,
    CHILD: ownOnly,
  },
  probation: {
    ID: { says: 'all but NHS', fields: 'all' },
    PERS: allow,
    LOC: allow,
    CJF: allow,
    CJA: allow,
    INTEL: { says: 'per handling code', fields: 'all', asks: 'handling' },
    HLTH: { says: 'order-related only', fields: 'all', asks: 'consent' },
    DRUG: { says: 's.63B(7)(c)(d)', fields: 'all', asks: 'tested-ends' },
    VIC: { says: 'VLO team only', fields: 'all', lacking: 'the hub has no role of victim liaison' },
    CHILD: { says: 'transition only', fields: 'all', asks: 'transition' },
  },
  prison: {
    ID: { says: 'NOMS', fields: ['noms'] },
    PERS: allow,
    LOC: allow,
    CJF: allow,
    CJA: allow,
    INTEL: { says: 'per handling code', fields: 'all', asks: 'handling' },
    HLTH: ownOnly,
    DRUG: { says: 's.63B(7)(c)', fields: 'all', asks: 'tested-ends' },
    VIC: {
      says: 'contact restrictions only',
      fields: 'all',
      lacking: 'no event type carries a contact restriction',
    },
    CHILD: { says: '–', fields: [] },
  },
  housing: {
    ID: hubIdOnly,
    PERS: allow,
    LOC: { says: 'own placements', fields: ['addressApproved', 'conditions[].place'] },
    CJF: {
      says: 'licence conditions touching address',
      fields: ['licenceType', 'conditions', 'endedOn', 'releaseDate', 'releasedAt'],
    },
    CJA: riskToStaff,
    INTEL: deny,
    HLTH: deny,
    DRUG: deny,
    VIC: deny,
    CHILD: { says: 'social care only', fields: 'all', lacking: 'the hub has no role of social care' },
  },
  treatment: {
    ID: { says: 'NHS own', fields: [] },
    PERS: allow,
    LOC: ownOnly,
    CJF: {
      says: 'treatment orders',
      fields: ['orderType', 'startDate', 'expiryDate', 'terminatedOn'],
    },
    CJA: riskToStaff,
    INTEL: deny,
    HLTH: allow,
    DRUG: { says: 's.63B(7)(d)', fields: 'all', asks: 'tested-ends' },
    VIC: deny,
    CHILD: ownOnly,
  },
  youth: {
    ID: { says: 'YCRN', fields: [] },
    PERS: allow,
    LOC: { says: 'A (child)', fields: 'all', asks: 'child' },
    CJF: { says: 'A', fields: 'all', asks: 'child' },
    CJA: { says: 'A', fields: 'all', asks: 'child' },
    INTEL: deny,
    HLTH: ownOnly,
    DRUG: { says: 'D (14+)', fields: [] },
    VIC: ownOnly,
    CHILD: { says: 'A', fields: 'all', asks: 'child' },
  },
  vcse: {
    ID: hubIdOnly,
    PERS: { says: 'name only', fields: ['name'] },
    LOC: { says: 'M', fields: 'all', as: ['mask'] },
    CJF: { says: 'fact of supervision only', fields: ['orderType', 'licenceType'], as: ['mask'] },
    CJA: riskToStaff,
    INTEL: deny,
    HLTH: deny,
    DRUG: deny,
    VIC: deny,
    CHILD: ownOnly,
  },
  courts: {
    ID: { says: 'PTI/ASN', fields: ['asn', 'ptiUrn'] },
    PERS: allow,
    LOC: { says: 'bail address', fields: ['bailConditions[].place'] },
    CJF: allow,
    CJA: { says: 'none', fields: [] },
    INTEL: deny,
    HLTH: { says: 'order-related only', fields: ['treatmentRequirements'] },
    DRUG: { says: 'bail & sentence only', fields: 'all', asks: 'tested-ends' },
    VIC: ownOnly,
    CHILD: { says: 'youth court', fields: 'all', asks: 'child' },
  },
  health: {
    ID: { says: 'NHS', fields: [] },
    PERS: allow,
    LOC: ownOnly,
    CJF: { says: 'none', fields: [] },
    CJA: riskToStaff,
    INTEL: deny,
    HLTH: allow,
    DRUG: deny,
    VIC: deny,
    CHILD: { says: '–', fields: [] },
  },
  hub: {
    ID: hubIdOnly,
    PERS: allow,
    LOC: allow,
    CJF: allow,
    CJA: allow,
    INTEL: { says: 'per handling', fields: 'all', asks: 'handling' },
    HLTH: { says: 'min', fields: attendance, asks: 'consent' },
    DRUG: { says: 'min', fields: ['sampleTakenAt', 'result'], asks: 'tested-ends' },
    VIC: deny,
    CHILD: {
      says: 'YOS part',
      fields: ['openedOn', 'closedOn', 'completedOn', 'endsOn', 'order'],
      asks: 'child',
    },
  },
};
