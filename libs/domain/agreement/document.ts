import { type Regime } from '../../contract/agency.js';
import { type Aim, type GatewayCitation } from './gateway-names.js';

/** How a permitted field comes out: as it is, made coarser (date to year, postcode to outward code, score to band), or hidden. */
export type Treatment = 'clear' | 'generalise' | 'mask';

/** Whole years, each bound included; a bound that is absent does not limit. */
export interface AgeRange {
  readonly from?: number;
  readonly to?: number;
}

export type LimitedAccess = 'NONE' | 'RESTRICTED' | 'EXCLUDED';

/**
 * What a clause needs before it applies: of the person's state, of the publication, of the moment and of who asks.
 * Every condition given must hold; whatever cannot be known does not hold (R4).
 */
export interface Conditions {
  /** The person is in one of these cohorts. */
  readonly cohort?: readonly string[];
  /** The person is managed at one of these levels. */
  readonly level?: readonly string[];
  /** The person is managed under MAPPA, where given in one of these categories (1 to 4) and at one of these levels (1 to 3) (R40). */
  readonly mappa?: { readonly categories?: readonly number[]; readonly levels?: readonly number[] };
  /** The person is managed under a sentence; or by their own will, then a permission holds once they were told of sharing (R15). */
  readonly management?: 'statutory' | 'voluntary';
  /** The person is managed by the partnership of one of these areas; from its acceptance, a handover's receiving area (KP 2.5). */
  readonly areas?: readonly string[];
  /** The person's age in whole years when the fact happened, and when the question is asked (R41). */
  readonly age?: { readonly atFact?: AgeRange; readonly atQuestion?: AgeRange };
  /** The person consents to this recipient receiving this field, its class, or everything (R1, R38). */
  readonly consent?: true;
  /** Markings, by the fact's own publisher, under which the clause applies (R53); silence means `NONE`. */
  readonly limitedAccess?: readonly LimitedAccess[];
  /** Handling codes of the publication that the clause accepts (R51); silence means `P`, and what is not graded. */
  readonly handling?: readonly ('P' | 'C')[];
  /** Gradings of intelligence (3×5×2) that the clause accepts; whatever is not graded is not accepted then (R51). */
  readonly grading?: { readonly source?: readonly number[]; readonly information?: readonly string[] };
  /** The clause applies although the fact's publisher has imposed a reporting restriction; silence means it does not. */
  readonly reportingRestrictions?: 'permitted';
  /** Whoever asks has one of these roles. */
  readonly role?: readonly string[];
  /** Whoever asks is responsible for the person's case. */
  readonly responsibility?: 'case';
  /** Whoever asks has opened an emergency disclosure about the person: for how many hours, to be reviewed within how many. */
  readonly emergency?: { readonly hours: number; readonly reviewWithin: number };
}

interface ClauseTerms {
  readonly id: string;
  readonly publishers: readonly string[];
  readonly recipients: readonly string[];
  readonly purposes: readonly string[];
  /** Event types: exact, or every type that begins so (`police.*`). */
  readonly types: readonly string[];
  readonly conditions?: Conditions;
}

/** Under each regime that the parties of a flow are under: what makes the processing lawful. */
export type ByRegime = Readonly<Partial<Record<Regime, string>>>;

/** Fields are named by path, by the path of an object or list that holds them, or as `class:<CLASS>`. */
export interface PermitClause extends ClauseTerms {
  readonly effect: 'permit';
  readonly fields: Readonly<Partial<Record<Treatment, readonly string[]>>>;
  /** `prospective`: only facts received while in force; `history`: earlier ones too. */
  readonly reach: 'prospective' | 'history';
  /** Statutory or common-law power that carries the flow (R31 to R38). */
  readonly gateway: GatewayCitation;
  /** The authority for which a party of the flow acts that is none itself (R31, R33). */
  readonly onBehalfOf?: string;
  /** Why the public interest overrides confidence, where that is the gateway (R38). */
  readonly publicInterest?: string;
  readonly lawfulBasis: ByRegime;
  /** What allows sensitive processing (DPA 2018 Schedule 8) or special categories (UK GDPR Art 9), and the policy document on it (R1, R13). */
  readonly sensitive?: ByRegime & { readonly policyDocument: string };
  /** What allows criminal-offence data under UK GDPR (Art 10, DPA 2018 Schedule 1). */
  readonly criminalOffence?: string;
  readonly retention?: string;
}

export interface ProhibitClause extends ClauseTerms {
  readonly effect: 'prohibit';
  readonly fields: { readonly withhold: readonly string[] };
  readonly because: string;
}

export type Clause = PermitClause | ProhibitClause;

export interface Party {
  readonly agency: string;
  readonly regime: Regime;
  /** What it does under the agreement. */
  readonly role: string;
  /** Whom to ask about what is withheld. */
  readonly contact: string;
  readonly dataProtectionOfficer: string;
}

/** Common rules of the parties, each in words (ICO Data Sharing Code). */
export interface Governance {
  readonly accuracy: string;
  readonly retention: string;
  readonly security: string;
  readonly breaches: string;
  readonly complaints: string;
  readonly training: string;
  readonly onwardDisclosure: string;
  /** How the agreement is reviewed, and how it ends. */
  readonly review: string;
  /** How another controller joins. */
  readonly joining: string;
}

export interface Purpose {
  readonly id: string;
  readonly description: string;
  readonly benefits: string;
  /** What the purpose serves, in the words that gateways are limited to (R3). */
  readonly aims: readonly Aim[];
  /** Whoever asks for it must say why; silence means they may (R27, R57). */
  readonly justification?: 'required' | 'optional';
}

/** Where the model forms of the parties are: to ask for data, to record a decision to share, to ask for consent. */
export interface Forms {
  readonly request: string;
  readonly decision: string;
  readonly consent?: string;
}

/** An information-sharing agreement as its parties sign it (design §6, ICO Data Sharing Code, requirements §3.3). */
export interface AgreementDocument {
  readonly reference: string;
  readonly title: string;
  readonly version: number;
  /** Who keeps the agreement up to date, and alone may end it for everyone. */
  readonly owner: { readonly agency: string; readonly role: string; readonly contact: string };
  readonly parties: readonly Party[];
  readonly purposes: readonly Purpose[];
  /** Calendar dates, Europe/London: in force from the start of the first, reviewed by the second, ended at the start of the third. */
  readonly inForceFrom: string;
  readonly reviewDue: string;
  readonly expires: string;
  /** Where people turn with their rights, and how a request is answered (R16 to R22). */
  readonly rights: { readonly contact: string; readonly procedure: string };
  readonly governance: Governance;
  readonly forms?: Forms;
  /** Appropriate policy documents that clauses refer to (R13). */
  readonly policyDocuments: readonly {
    readonly id: string;
    readonly title: string;
    readonly reference: string;
  }[];
  readonly clauses: readonly Clause[];
}

/** Names one clause of one version of one agreement: `<reference>/<version>#<clause>`. */
export type ClauseRef = string;

export function clauseRef(document: AgreementDocument, clause: Clause): ClauseRef {
  return `${document.reference}/${document.version}#${clause.id}`;
}
