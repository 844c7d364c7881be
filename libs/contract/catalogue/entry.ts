import { type AgencyKind } from '../agency.js';

/**
 * How sensitive a field is (event catalogue §5): identifier, personal basic, location, criminal-justice fact,
 * assessment, graded intelligence, health, drug test (PACE s.63B(7)), equality, victim, child, limited access,
 * staff, process metadata.
 */
export const sensitivityClasses = [
  'ID',
  'PERS',
  'LOC',
  'CJF',
  'CJA',
  'INTEL',
  'HLTH',
  'DRUG',
  'EQ',
  'VIC',
  'CHILD',
  'LAO',
  'STAFF',
  'ADM',
] as const;
export type SensitivityClass = (typeof sensitivityClasses)[number];

/** Identifier schemes that name one person for ever; a publication that carries one can be linked by it. */
export type IdentifierScheme = 'pnc' | 'cro' | 'asn' | 'noms' | 'crn' | 'nhs' | 'ycrn';

/** How a value is made coarser: a date to its year, a postcode to its outward code, a score to a band of ten. */
export type Generalisation = 'year' | 'outward' | 'band';

/**
 * What conditions of agreements need to know of a person or a publication; copied in the clear beside the sealed payload
 * (design §5). `born` is the month of birth (`1990-04`), `restriction` the court's own id of a reporting restriction,
 * `restrictionEnds` the last day on which it holds, `responsible` the issuer's name of whoever is responsible for the
 * case, `area` the area whose partnership manages the person, `informed` the version of the notice on sharing that the
 * person was given and `told` what of, `flag` a police flag and `flagEnds` the last day on which it holds. Numbers stand as text.
 */
export const controlAttributes = [
  'cohort',
  'levels',
  'mappaCategory',
  'management',
  'consentScope',
  'born',
  'limitedAccess',
  'restriction',
  'restrictionEnds',
  'responsible',
  'responsibleAgency',
  'area',
  'informed',
  'told',
  'flag',
  'flagEnds',
  'handling',
  'gradingSource',
  'gradingInformation',
] as const;
export type ControlAttribute = (typeof controlAttributes)[number];

/** What a search over a person's picture may match. */
export type SearchKind = 'family-name' | 'given-name' | 'date-of-birth';

/** A JSON Schema (2020-12) of one property. Every leaf carries `x-class`. */
export interface PropertySchema {
  readonly type?: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object';
  readonly description?: string;
  readonly enum?: readonly (string | number)[];
  readonly format?: 'date' | 'date-time' | 'uuid';
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly items?: PropertySchema;
  readonly properties?: Readonly<Record<string, PropertySchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false;
  readonly 'x-class'?: SensitivityClass;
  readonly 'x-identifier'?: IdentifierScheme;
  readonly 'x-generalise'?: Generalisation;
  readonly 'x-control'?: ControlAttribute;
  readonly 'x-search'?: SearchKind;
}

/** The JSON Schema of a type's `data`: an object that allows nothing it does not name. */
export interface DataSchema extends PropertySchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, PropertySchema>>;
  readonly additionalProperties: false;
}

/** One event type at one version. */
export interface CatalogueEntry {
  readonly type: string;
  readonly version: number;
  /** Kinds of agency that may publish it. */
  readonly publishers: readonly AgencyKind[];
  /** A fact, a personal assessment, or a step of the process: never mixed up (R6, DPA 2018 s.38(2)). */
  readonly nature: 'fact' | 'assessment' | 'process';
  readonly title: string;
  /** Taken only about somebody whom the police have flagged or the IOM team has selected; of anybody else it is held (R4). */
  readonly flaggedOnly?: true;
  readonly schema: DataSchema;
}
