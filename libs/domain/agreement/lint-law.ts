import { type Agency, agencyOf, type AgencyKind } from '../../contract/agency.js';
import { type CatalogueEntry, type SensitivityClass } from '../../contract/catalogue/entry.js';
import { agents } from './authorities.js';
import { classesOf, type ClauseFlow, flowsOf } from './clause-flows.js';
import { type AgreementDocument, type PermitClause } from './document.js';
import { error, type Finding, warning } from './finding.js';
import { type Flow } from './flow.js';
import { type Aim } from './gateway-names.js';
import { lawOn } from './gateways.js';
import { alternativeInWords, type Proof, prove, typesProvedAlike } from './prove.js';

/** Classes whose sharing is sensitive processing, or of special categories (R2); drug tests tell of health. */
const sensitive: readonly SensitivityClass[] = ['HLTH', 'EQ', 'DRUG'];
/** Classes that are criminal-offence data under UK GDPR Art 10. */
const ofOffences: readonly SensitivityClass[] = ['CJF', 'CJA', 'INTEL'];
/** What serves a child, so that a child's data may be shared for it (R41). */
const forChildren: readonly Aim[] = ['youth-justice', 'safeguarding'];

/** What of a permission is not lawful: its flows, and what must be stated for some kinds of data. */
export function lawFindings(
  document: AgreementDocument,
  clause: PermitClause,
  at: string,
  entries: readonly CatalogueEntry[],
): readonly Finding[] {
  const flows = flowsOf(clause, entries);
  return [
    ...unlawfulFlows(document, clause, at, flows),
    ...principalFindings(clause, at),
    ...sensitiveFindings(clause, at, flows),
    ...offenceFindings(clause, at, flows),
    ...childFindings(document, clause, at, flows),
    ...endOfLaw(document, clause, at),
  ];
}

/** Everything that a clause serves. */
function aimsOf({ purposes }: AgreementDocument, clause: PermitClause): readonly Aim[] {
  return [...new Set(purposes.filter(({ id }) => clause.purposes.includes(id)).flatMap(({ aims }) => aims))];
}

interface Refused {
  readonly publisher: Agency;
  readonly recipient: Agency;
  readonly proof: Extract<Proof, { carried: false }>;
  readonly class: SensitivityClass;
}

/** One finding for each pair of agencies and reason. A masked field counts: it tells that there is something (R31 to R38). */
function unlawfulFlows(
  document: AgreementDocument,
  clause: PermitClause,
  at: string,
  flows: readonly ClauseFlow[],
): readonly Finding[] {
  const aims = aimsOf(document, clause);
  const groups = new Map<string, Refused[]>();
  const proved = new Set<string>();
  for (const flow of flows) {
    const { publisher, recipient, entry } = flow;
    for (const each of classesOf(flow, ['clear', 'generalise', 'mask'])) {
      const alike = `${publisher.id} ${recipient.id} ${each} ${typesProvedAlike(entry.type)}`;
      if (proved.has(alike)) continue;
      proved.add(alike);
      const proof = prove(lawfulFlow(document, clause, aims, flow, each));
      if (proof.carried) continue;
      const key = `${publisher.id} ${recipient.id} ${proof.requirement} ${proof.why}`;
      groups.set(key, [...(groups.get(key) ?? []), { publisher, recipient, proof, class: each }]);
    }
  }
  return [...groups.values()].flatMap((refused) => unlawful(refused, at));
}

function lawfulFlow(
  document: AgreementDocument,
  { gateway, conditions, onBehalfOf, publicInterest }: PermitClause,
  aims: readonly Aim[],
  { publisher, recipient, entry }: ClauseFlow,
  sensitivity: SensitivityClass,
): Flow {
  return {
    gateway,
    discloser: publisher,
    recipient,
    type: entry.type,
    class: sensitivity,
    aims,
    conditions,
    onBehalfOf: kindOf(onBehalfOf),
    publicInterest,
    at: document.inForceFrom,
  };
}

function kindOf(agency: string | undefined): AgencyKind | undefined {
  return agency === undefined ? undefined : agencyOf(agency)?.kind;
}

function unlawful(refused: readonly Refused[], at: string): readonly Finding[] {
  const [first] = refused;
  if (first === undefined) return [];
  const { publisher, recipient, proof } = first;
  const classes = [...new Set(refused.map((each) => each.class))].join(', ');
  const offered = refused.map((each) => each.proof.alternatives.map(alternativeInWords));
  return [
    error({
      code: 'unlawful-flow',
      pointer: `${at}/gateway`,
      detail: `${publisher.id} to ${recipient.id}, ${classes}: ${proof.why}`,
      requirement: proof.requirement,
      alternatives: (offered[0] ?? []).filter((each) => offered.every((list) => list.includes(each))),
    }),
  ];
}

/** One acts on behalf of an authority, and only somebody who is none does. */
function principalFindings(
  { onBehalfOf, publishers, recipients }: PermitClause,
  at: string,
): readonly Finding[] {
  const kind = kindOf(onBehalfOf);
  if (onBehalfOf === undefined || kind === undefined) return [];
  const pointer = `${at}/onBehalfOf`;
  if (agents.includes(kind) || kind === 'auditor')
    return [
      error({
        code: 'not-an-authority',
        pointer,
        detail: `${onBehalfOf} is no authority`,
        requirement: 'R31',
      }),
    ];
  const acts = [...publishers, ...recipients].some((id) => agents.includes(agencyOf(id)?.kind ?? 'hub'));
  return acts
    ? []
    : [
        warning({
          code: 'principal-unused',
          pointer,
          detail: 'every agency of this clause is an authority itself',
        }),
      ];
}

function sensitiveFindings(
  clause: PermitClause,
  at: string,
  flows: readonly ClauseFlow[],
): readonly Finding[] {
  const classes = shown(flows, sensitive);
  if (clause.sensitive !== undefined || classes.length === 0) return [];
  const regimes = new Set(flows.flatMap(({ publisher, recipient }) => [publisher.regime, recipient.regime]));
  return [
    error({
      code: 'sensitive-without-condition',
      pointer: `${at}/sensitive`,
      detail: `${classes.join(', ')}: what allows it under ${[...regimes].sort().join(' and ')}, and its policy document, are not stated`,
      requirement: 'R1',
    }),
  ];
}

function offenceFindings(clause: PermitClause, at: string, flows: readonly ClauseFlow[]): readonly Finding[] {
  const towards = flows.filter(({ recipient }) => recipient.regime === 'uk-gdpr');
  const classes = shown(towards, ofOffences);
  if (clause.criminalOffence !== undefined || classes.length === 0) return [];
  const recipients = [...new Set(towards.map(({ recipient }) => recipient.id))].sort();
  return [
    error({
      code: 'criminal-offence-without-condition',
      pointer: `${at}/criminalOffence`,
      detail: `${classes.join(', ')} to ${recipients.join(', ')}: what allows criminal-offence data under uk-gdpr is not stated`,
      requirement: 'R3',
    }),
  ];
}

/**
 * What is about a child is shared under a condition on age or for the child's sake, so that it is never swept along with
 * adults' data, nor carried over at 18 (R41); the youth service itself needs neither.
 */
function childFindings(
  document: AgreementDocument,
  clause: PermitClause,
  at: string,
  flows: readonly ClauseFlow[],
): readonly Finding[] {
  const purposes = document.purposes.filter(({ id }) => clause.purposes.includes(id));
  const isForChildren = purposes.every(({ aims }) => aims.some((aim) => forChildren.includes(aim)));
  if (isForChildren || clause.conditions?.age !== undefined) return [];
  const aboutChildren = flows.filter(
    (flow) =>
      flow.recipient.kind !== 'youth' &&
      (flow.publisher.kind === 'youth' ? shown([flow]) : shown([flow], ['CHILD'])).length > 0,
  );
  const types = [...new Set(aboutChildren.map(({ entry }) => entry.type))].sort();
  if (types.length === 0) return [];
  return [
    error({
      code: 'child-without-condition',
      pointer: `${at}/conditions`,
      detail: `${types.join(', ')}: data about children needs an age condition, or a purpose that is youth justice or safeguarding`,
      requirement: 'R41',
    }),
  ];
}

/** The classes that come out of these flows as values, in any of them; all, or those among some. */
function shown(
  flows: readonly ClauseFlow[],
  among?: readonly SensitivityClass[],
): readonly SensitivityClass[] {
  const classes = new Set(flows.flatMap((flow) => classesOf(flow, ['clear', 'generalise'])));
  return [...classes].filter((each) => among?.includes(each) ?? true).sort();
}

function endOfLaw(
  { inForceFrom, expires }: AgreementDocument,
  { gateway }: PermitClause,
  at: string,
): readonly Finding[] {
  const until = lawOn(gateway, inForceFrom)?.until;
  if (until === undefined || until >= expires) return [];
  const detail = `${gateway} ends on ${until}, before the agreement does`;
  return [warning({ code: 'law-ends', pointer: `${at}/gateway`, detail, requirement: 'R3' })];
}
