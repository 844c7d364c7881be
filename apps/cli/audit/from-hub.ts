import { type CorrectedReceipt } from '../../../libs/domain/audit/corrected.js';
import { type Explanation } from '../../../libs/domain/audit/explain.js';
import { type Knowledge, type KnowledgeDifference } from '../../../libs/domain/audit/knowledge.js';
import { type Operation } from '../../../libs/domain/audit/operations.js';
import { type PatternFinding } from '../../../libs/domain/audit/pattern-findings.js';
import { Invalid } from '../../../libs/contract/failure.js';
import { type Ask } from '../graphql-client.js';
import { type Auditor, identifierIn } from './auditor.js';

/** Answers through a running hub, which records every question. */
export function auditorThrough(ask: Ask): Auditor {
  return {
    async *operations({ person, ...asked }, kinds) {
      const identifier = identifierIn(person);
      const named = identifier === undefined ? { person } : { identifier };
      for (let after: string | null = null; ;) {
        const page: Operations = await ask<Operations>(OPERATIONS, { ...asked, ...named, kinds, after });
        const { edges, pageInfo } = page.auditOperations;
        for (const { node } of edges) yield node;
        if (!pageInfo.hasNextPage) return;
        after = pageInfo.endCursor;
      }
    },
    async explanation(asked) {
      return (await ask<{ readonly auditExplanation: Explanation }>(EXPLANATION, { ...asked }))
        .auditExplanation;
    },
    async knowledge(asked) {
      const variables = { ...asked, person: hubId(asked.person) };
      return (await ask<{ readonly auditKnowledge: Knowledge }>(KNOWLEDGE, variables)).auditKnowledge;
    },
    async difference({ and: andAt, ...asked }) {
      const variables = { ...asked, person: hubId(asked.person), andAt };
      const { auditDifference } = await ask<{ readonly auditDifference: KnowledgeDifference }>(
        DIFFERENCE,
        variables,
      );
      return auditDifference;
    },
    async *corrected({ position, person }) {
      const variables = { position, person: person === undefined ? undefined : hubId(person) };
      yield* (await ask<{ readonly auditCorrected: readonly CorrectedReceipt[] }>(CORRECTED, variables))
        .auditCorrected;
    },
    async patterns(asked) {
      return (await ask<{ readonly auditPatterns: readonly PatternFinding[] }>(PATTERNS, { ...asked }))
        .auditPatterns;
    },
  };
}

function hubId(person: string): string {
  if (identifierIn(person) !== undefined)
    throw new Invalid('person', "--person must be the hub's id here: disclosures --person finds it");
  return person;
}

interface Operations {
  readonly auditOperations: {
    readonly edges: readonly { readonly node: Operation }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

const OPERATIONS = `query ($person: ID, $identifier: IdentifierInput, $agency: String, $user: String, $clause: String,
  $from: String, $to: String, $kinds: [AuditOperationKind!], $after: String) {
  auditOperations(person: $person, identifier: $identifier, agency: $agency, user: $user, clause: $clause,
    from: $from, to: $to, kinds: $kinds, first: 200, after: $after) {
    edges { node { position kind at type agency user purpose justification law recipient asked offenders
      facts { position offender clause agreement as fields } } }
    pageInfo { hasNextPage endCursor } } }`;

const EXPLANATION = `query ($disclosure: ID!, $fact: ID!, $field: String!) {
  auditExplanation(disclosure: $disclosure, fact: $fact, field: $field) {
    disclosure { position at agency user purpose justification asOf }
    field { path as clause class }
    fact { position id type title offender publisher happened received contentHash
      superseded { kind position received } }
    links { position scheme received byThisFact }
    agreement { reference version title hash clause text gateway lawfulBasis
      signatures { party user key at holds revoked } }
    decision { outcome clause reason agrees } } }`;

const KNOWLEDGE = `query ($agency: String!, $person: ID!, $at: String!, $clock: AuditClock!) {
  auditKnowledge(agency: $agency, person: $person, at: $at, clock: $clock) {
    agency person at clock
    facts { position type publisher happened received superseded { kind position }
      fields { path as purpose audience clause } } } }`;

const DIFFERENCE = `query ($agency: String!, $person: ID!, $at: String!, $clock: AuditClock!,
  $andAt: String, $andAgency: String, $andClock: AuditClock) {
  auditDifference(agency: $agency, person: $person, at: $at, clock: $clock,
    andAt: $andAt, andAgency: $andAgency, andClock: $andClock) {
    one { agency at clock } other { agency at clock }
    fields { position type publisher path purpose audience change before { as clause } after { as clause } }
    superseded { position before after } } }`;

const CORRECTED = `query ($position: ID, $person: ID) {
  auditCorrected(position: $position, person: $person) {
    fact type superseded { kind position received } disclosure at agency user purpose clause as fields afterwards } }`;

const PATTERNS = `query ($from: String!, $to: String!, $agency: String) {
  auditPatterns(from: $from, to: $to, agency: $agency) {
    rule agency user day figures { name value } positions } }`;
