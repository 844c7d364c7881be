import { type CorrectedReceipt } from '../../../libs/domain/audit/corrected.js';
import { type Explanation } from '../../../libs/domain/audit/explain.js';
import {
  type AuditClock,
  type Knowledge,
  type KnowledgeDifference,
} from '../../../libs/domain/audit/knowledge.js';
import { type Operation, type OperationKind } from '../../../libs/domain/audit/operations.js';
import { type PatternFinding } from '../../../libs/domain/audit/pattern-findings.js';

/** Options of a question as they were written; whoever answers reads and refuses them. */
export interface OperationsAsked {
  /** Hub id, or `<scheme>:<value>` of an identifier. */
  readonly person?: string;
  readonly agency?: string;
  readonly user?: string;
  readonly clause?: string;
  readonly from?: string;
  readonly to?: string;
}

export interface ExplanationAsked {
  readonly disclosure: string;
  readonly fact: string;
  readonly field: string;
}

export interface KnowledgeAsked {
  readonly agency: string;
  readonly person: string;
  readonly at: string;
  readonly clock: AuditClock;
}

export interface DifferenceAsked extends KnowledgeAsked {
  readonly and?: string;
  readonly andAgency?: string;
  readonly andClock?: AuditClock;
}

export interface CorrectedAsked {
  readonly position?: string;
  readonly person?: string;
}

export interface PatternsAsked {
  readonly from: string;
  readonly to: string;
  readonly agency?: string;
}

/** Answers what an auditor asks: from a data folder, or through a running hub, with the same answers. */
export interface Auditor {
  operations(asked: OperationsAsked, kinds: readonly OperationKind[]): AsyncIterable<Operation>;
  explanation(asked: ExplanationAsked): Promise<Explanation>;
  knowledge(asked: KnowledgeAsked): Promise<Knowledge>;
  difference(asked: DifferenceAsked): Promise<KnowledgeDifference>;
  corrected(asked: CorrectedAsked): AsyncIterable<CorrectedReceipt>;
  patterns(asked: PatternsAsked): Promise<readonly PatternFinding[]>;
}

const SCHEMED = /^(pnc|cro|asn|noms|crn|nhs|ycrn):(.+)$/;

export interface Identifier {
  readonly scheme: 'pnc' | 'cro' | 'asn' | 'noms' | 'crn' | 'nhs' | 'ycrn';
  readonly value: string;
}

/** The identifier that `--person` names, undefined when it is a hub id or nothing. */
export function identifierIn(person: string | undefined): Identifier | undefined {
  const [, scheme, value] = SCHEMED.exec(person ?? '') ?? [];
  return scheme === undefined || value === undefined
    ? undefined
    : { scheme: scheme as Identifier['scheme'], value };
}
