import { type Regime } from '../../contract/agency.js';

/** How a permitted field comes out: as it is, made coarser (date to year, postcode to outward code, score to band), or hidden. */
export type Treatment = 'clear' | 'generalise' | 'mask';

/** What a clause needs of the person's state before it applies; every condition given must hold. */
export interface Conditions {
  /** The person is in one of these cohorts. */
  readonly cohort?: readonly string[];
  /** The person is managed at one of these levels. */
  readonly level?: readonly string[];
  /** The person consents to this recipient receiving this class of field. */
  readonly consent?: true;
}

interface ClauseTerms {
  readonly id: string;
  readonly publishers: readonly string[];
  readonly recipients: readonly string[];
  readonly purposes: readonly string[];
  /** Event types: exact, or every type that begins so (`police.*`). */
  readonly types: readonly string[];
  readonly conditions?: Conditions;
  /** Statutory or common-law power that carries the flow (R31 to R38). */
  readonly gateway: string;
  readonly lawfulBasis: string;
  readonly retention?: string;
}

/** Fields are named by path, by the path of an object or list that holds them, or as `class:<CLASS>`. */
export interface PermitClause extends ClauseTerms {
  readonly effect: 'permit';
  readonly fields: Readonly<Partial<Record<Treatment, readonly string[]>>>;
  /** `prospective`: only facts received while in force; `history`: earlier ones too. */
  readonly reach: 'prospective' | 'history';
}

export interface ProhibitClause extends ClauseTerms {
  readonly effect: 'prohibit';
  readonly fields: { readonly withhold: readonly string[] };
}

export type Clause = PermitClause | ProhibitClause;

export interface Party {
  readonly agency: string;
  readonly regime: Regime;
  /** Whom to ask about what is withheld. */
  readonly contact: string;
}

/** An information-sharing agreement as its parties sign it (design §6, ICO Data Sharing Code, requirements §3.3). */
export interface AgreementDocument {
  readonly reference: string;
  readonly title: string;
  readonly version: number;
  readonly parties: readonly Party[];
  readonly purposes: readonly { readonly id: string; readonly description: string }[];
  /** Calendar dates, Europe/London: in force from the start of the first, reviewed by the second, ended at the start of the third. */
  readonly inForceFrom: string;
  readonly reviewDue: string;
  readonly expires: string;
  readonly clauses: readonly Clause[];
}

/** Names one clause of one version of one agreement: `<reference>/<version>#<clause>`. */
export type ClauseRef = string;

export function clauseRef(document: AgreementDocument, clause: Clause): ClauseRef {
  return `${document.reference}/${document.version}#${clause.id}`;
}
