import { type Actor } from '../agreement/agreement.js';
import {
  type arrangementStates,
  type coverings,
  type monitoringTypes,
  type offenderTypes,
  type prioritySources,
  type receivers,
  type roleLevels,
  type supportTools,
} from './words.js';

type OneOf<Words extends readonly string[]> = Words[number];

/** One statement of a self-assessment: how far an element is in place, on what evidence, by whom and when. */
export interface ScoredStatement {
  readonly element: string;
  /** On the scale of `self-assessment-scale.ts`. */
  readonly score: number;
  /** An address, or the id of a log event. */
  readonly evidence: string;
  readonly author: string;
  /** Calendar date. */
  readonly on: string;
  readonly note?: string;
}

/** What a partnership does besides its work with people, by kind of act; none of it is about a managed person. */
export interface Acts {
  /** An agency signs a version of a document of the partnership (KP 1.3). */
  readonly documentSigned: {
    readonly agency: string;
    readonly document: string;
    readonly version: string;
    readonly title: string;
    readonly covers: readonly OneOf<typeof coverings>[];
    readonly link?: string;
    /** SHA-256, hex. */
    readonly hash?: string;
  };
  /** An agency agrees how success is measured (KP 1.4). */
  readonly measureAgreed: {
    readonly agency: string;
    readonly measure: string;
    readonly version: string;
    readonly definition: string;
    /** Name of the report that shows it. */
    readonly report: string;
  };
  /** What an agency does in the partnership, at one level (KP 1.5). */
  readonly roleAssigned: {
    readonly agency: string;
    readonly level: OneOf<typeof roleLevels>;
    readonly role: string;
    readonly responsibilities: string;
  };
  /** A local priority, whose it is, and which types of offender it puts first (KP 2.2). */
  readonly priorityAdopted: {
    readonly priority: string;
    readonly title: string;
    readonly source: OneOf<typeof prioritySources>;
    readonly area?: string;
    readonly offenderTypes?: readonly OneOf<typeof offenderTypes>[];
  };
  readonly priorityEnded: { readonly priority: string };
  /** One set of local arrangements, and how far it is established (survey of 2013, table 1). */
  readonly arrangementDeclared: {
    readonly arrangement: string;
    readonly title: string;
    readonly established: OneOf<typeof arrangementStates>;
    readonly areas?: readonly string[];
  };
  readonly arrangementEnded: { readonly arrangement: string };
  readonly siteRegistered: { readonly site: string; readonly name: string; readonly area?: string };
  readonly siteClosed: { readonly site: string };
  /** Staff of an agency work at a site from this day on. */
  readonly teamMovedIn: { readonly agency: string; readonly site: string };
  readonly teamMovedOut: { readonly agency: string; readonly site: string };
  /** A report came before somebody who leads (KP 2.3). */
  readonly reportReceived: {
    readonly report: string;
    readonly from: string;
    readonly to: string;
    readonly receivedBy: string;
    readonly receiver: OneOf<typeof receivers>;
  };
  /** The rules for cohorts were reviewed (KP 3.2). */
  readonly cohortRulesReviewed: {
    readonly version: string;
    readonly outcome: string;
    readonly nextReview: string;
  };
  readonly selfAssessed: { readonly assessment: string; readonly statements: readonly ScoredStatement[] };
  /** Somebody, or a number of an agency's staff, completed a module of the training. */
  readonly learningCompleted: {
    readonly agency: string;
    readonly module: string;
    readonly count?: number;
    readonly staffRef?: string;
  };
  /** How outcomes are monitored, and which support tools are used (survey of 2013, figures 5 and 6). */
  readonly monitoringDeclared: {
    readonly monitoring: readonly OneOf<typeof monitoringTypes>[];
    readonly tools: readonly OneOf<typeof supportTools>[];
  };
  readonly linkOfficerAssigned: { readonly officer: string; readonly area: string };
  readonly linkOfficerEnded: { readonly officer: string; readonly area: string };
}

export type ActKind = keyof Acts;

type ActOf<K extends ActKind> = Acts[K] & {
  readonly type: `governance.${K}`;
  /** Calendar date in Europe/London from whose beginning it counts. */
  readonly on: string;
};

/** An act as somebody reports it. */
export type GovernanceAct = { readonly [K in ActKind]: ActOf<K> }[ActKind];

interface Recorded {
  readonly by: Actor;
  /** When the hub recorded it, epoch milliseconds. */
  readonly at: number;
}

/** An act as recorded: the log event's metadata in the stream `governance`, JSON. */
export type GovernanceEvent = { readonly [K in ActKind]: ActOf<K> & Recorded }[ActKind];

export type GovernanceEventOf<K extends ActKind> = GovernanceEvent & { readonly type: `governance.${K}` };
