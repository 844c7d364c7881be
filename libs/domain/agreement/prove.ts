import { type AgencyKind } from '../../contract/agency.js';
import { type SensitivityClass } from '../../contract/catalogue/entry.js';
import { agents, confidence, usualPrincipals } from './authorities.js';
import { type Flow, hasConsent, isMappa, statesPublicInterest } from './flow.js';
import { type GatewayCitation } from './gateway-names.js';
import { type Ends, type GatewayLaw, type Need } from './gateway-law.js';
import { gatewayLaw, lawOn } from './gateways.js';

/** A gateway that would carry a flow, once the clause also states what is named (`conditions.consent`). */
export interface Alternative {
  readonly gateway: GatewayCitation;
  readonly needs: readonly string[];
}

export type Proof =
  | { readonly carried: true }
  | {
      readonly carried: false;
      /** The requirement that the flow breaks: `R33`. */
      readonly requirement: string;
      readonly why: string;
      readonly alternatives: readonly Alternative[];
    };

/**
 * Whether the law of a date lets the named gateway carry a flow (R31 to R38), with what it breaks and the gateways
 * that would carry it where it does not.
 */
export function prove(flow: Flow): Proof {
  const [first] = objections(flow);
  if (first === undefined) return { carried: true };
  const { requirement, why } = first;
  return { carried: false, requirement, why, alternatives: alternativesTo(flow) };
}

/** The prefix of the event types that the law treats as it does this one: empty but for those that it names. */
export function typesProvedAlike(type: string): string {
  const named = gatewayLaw.flatMap(({ only }) => only?.wholeTypes ?? []);
  return named.find((prefix) => type.startsWith(prefix)) ?? '';
}

/** An alternative in words: `Common law: explicit consent (with conditions.consent)`. */
export function alternativeInWords({ gateway, needs }: Alternative): string {
  return needs.length === 0 ? gateway : `${gateway} (with ${needs.join(' and ')})`;
}

/** Why a gateway does not carry a flow, and what a clause could state so that it did. */
interface Objection {
  readonly requirement: string;
  readonly why: string;
  readonly cure?: string;
}

function alternativesTo(flow: Flow): readonly Alternative[] {
  const others = new Set(gatewayLaw.map(({ citation }) => citation).filter((each) => each !== flow.gateway));
  return [...others].flatMap((gateway) => {
    const cures = objections({ ...flow, gateway }).map(({ cure }) => cure);
    const needs = cures.filter((cure) => cure !== undefined);
    return needs.length === cures.length ? [{ gateway, needs: [...new Set(needs)] }] : [];
  });
}

function objections(flow: Flow): readonly Objection[] {
  const law = lawOn(flow.gateway, flow.at);
  if (law === undefined)
    return [
      { requirement: requirementOf(flow.gateway), why: `${flow.gateway} is not in force on ${flow.at}` },
    ];
  return [
    ...contentObjections(flow, law),
    ...reachObjections(flow, law),
    ...aimObjections(flow, law),
    ...needObjections(flow, law),
    ...confidenceObjections(flow, law),
    ...crossingObjections(flow, law),
  ];
}

function requirementOf(gateway: GatewayCitation): string {
  return gatewayLaw.find(({ citation }) => citation === gateway)?.requirement ?? 'R3';
}

/** What the gateway may never carry, and what it alone may (R36, R37). */
function contentObjections(flow: Flow, law: GatewayLaw): readonly Objection[] {
  const { citation, requirement, only, never = [], neverFrom = [] } = law;
  const isWhole = only?.wholeTypes !== undefined && flow.type.startsWith(only.wholeTypes);
  const isOutside = only !== undefined && !isWhole && !only.classes.includes(flow.class);
  const monopoly = gatewayLaw.find(
    (each) => each.alone?.includes(flow.class) === true && lawOn(each.citation, flow.at) === each,
  );
  return [
    ...(monopoly === undefined || monopoly === law
      ? []
      : [
          {
            requirement: monopoly.requirement,
            why: `only ${monopoly.citation} carries fields of class ${flow.class}`,
          },
        ]),
    ...(isOutside || never.includes(flow.class)
      ? [{ requirement, why: `${citation} does not carry fields of class ${flow.class}` }]
      : []),
    ...(neverFrom.includes(flow.discloser.kind)
      ? [{ requirement, why: `${citation} carries nothing that ${flow.discloser.kind} holds` }]
      : []),
  ];
}

/** Whether the gateway runs between these two, of which one may act for an authority (R31, R33, R34). */
function reachObjections(flow: Flow, law: GatewayLaw): readonly Objection[] {
  if (runs(flow, law)) return [];
  const { citation, requirement, reachInWords } = law;
  const between = `from ${flow.discloser.kind} to ${flow.recipient.kind}`;
  const principal = principalThatHelps(flow, law);
  return [
    {
      requirement,
      why: `${citation} does not run ${between}: it runs ${reachInWords}`,
      ...(principal !== undefined && { cure: `onBehalfOf ${principal}` }),
    },
  ];
}

function runs({ discloser, recipient, onBehalfOf }: Flow, law: GatewayLaw): boolean {
  const from = standsFor(discloser.kind, law, onBehalfOf, 'disclose');
  const to = standsFor(recipient.kind, law, onBehalfOf, 'receive');
  return law.reach.some((each) => isAmong(each.from, from) && isAmong(each.to, to));
}

function isAmong(ends: Ends, kind: AgencyKind): boolean {
  return ends === 'anyone' || ends.includes(kind);
}

/** Whom the law sees in an agency: an authority in itself, somebody who is none in the one it acts for. */
function standsFor(
  kind: AgencyKind,
  { agentsOf }: GatewayLaw,
  onBehalfOf: AgencyKind | undefined,
  as: 'receive' | 'disclose',
): AgencyKind {
  if (onBehalfOf === undefined || agentsOf === undefined || !agents.includes(kind)) return kind;
  const mayAct = as === 'receive' || agentsOf.may === 'receive-and-disclose';
  return mayAct && agentsOf.kinds.includes(onBehalfOf) ? onBehalfOf : kind;
}

function principalThatHelps(flow: Flow, law: GatewayLaw): AgencyKind | undefined {
  const usual = [flow.recipient.kind, flow.discloser.kind].flatMap((kind) => usualPrincipals[kind] ?? []);
  return usual.find((onBehalfOf) => runs({ ...flow, onBehalfOf }, law));
}

/** A gateway serves its own ends and no other (R3). */
function aimObjections(
  { aims }: Flow,
  { citation, requirement, aims: served }: GatewayLaw,
): readonly Objection[] {
  const unserved = aims.filter((aim) => !served.includes(aim));
  if (unserved.length === 0 && served.length > 0) return [];
  return [
    { requirement, why: `${citation} does not serve ${unserved.join(', ') || 'the aims of this hub'}` },
  ];
}

const needs: Readonly<
  Record<Need, { readonly isStated: (flow: Flow) => boolean; readonly cure: string; readonly why: string }>
> = {
  consent: {
    isStated: hasConsent,
    cure: 'conditions.consent',
    why: 'needs the consent of the person as a condition',
  },
  mappa: {
    isStated: isMappa,
    cure: 'conditions.mappa',
    why: 'carries only while the person is a MAPPA offender',
  },
  'public-interest': {
    isStated: statesPublicInterest,
    cure: 'publicInterest',
    why: 'needs the public interest stated that overrides confidence',
  },
};

function needObjections(flow: Flow, law: GatewayLaw): readonly Objection[] {
  return (law.needs ?? [])
    .map((need) => needs[need])
    .filter(({ isStated }) => !isStated(flow))
    .map(({ cure, why }) => ({ requirement: law.requirement, why: `${law.citation} ${why}`, cure }));
}

/** What a service knows of its patients stays there without consent, an overriding statute or the public interest (R38). */
function confidenceObjections(flow: Flow, { overridesConfidence }: GatewayLaw): readonly Objection[] {
  const holders: readonly AgencyKind[] = confidence.holders;
  const except: readonly SensitivityClass[] = confidence.except;
  const isOwed = holders.includes(flow.discloser.kind) && !except.includes(flow.class);
  if (!isOwed || overridesConfidence === true || hasConsent(flow) || statesPublicInterest(flow)) return [];
  return [
    {
      requirement: confidence.requirement,
      why: `${flow.discloser.kind} owes its patients confidence, which ${flow.gateway} does not override`,
      cure: 'conditions.consent',
    },
  ];
}

/**
 * Law-enforcement data may be used for other ends only where law authorises it, so towards an agency under UK GDPR a
 * power at common law does not suffice without the person's consent (R3, DPA 2018 s.36(4)).
 */
function crossingObjections(flow: Flow, { kind }: GatewayLaw): readonly Objection[] {
  const crosses = flow.discloser.regime === 'part-3' && flow.recipient.regime === 'uk-gdpr';
  if (!crosses || kind === 'statute' || hasConsent(flow)) return [];
  return [
    {
      requirement: 'R3',
      why: 'law-enforcement data reaches an agency under UK GDPR by statute, or with consent',
      cure: 'conditions.consent',
    },
  ];
}
