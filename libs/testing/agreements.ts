import { agencyOf } from '../contract/agency.js';
import { isFailure } from '../contract/failure.js';
import { type AgreementEvent, NO_AGREEMENT } from '../domain/agreement/agreement.js';
import { type AgreementCommand, decide, elapse, startOf } from '../domain/agreement/decide.js';
import {
  type AgreementDocument,
  type Clause,
  type Conditions,
  type PermitClause,
} from '../domain/agreement/document.js';
import { type Aim } from '../domain/agreement/gateway-names.js';
import { readAgreement } from '../domain/agreement/read-agreement.js';
import { EMPTY_REGISTER, register, type Register, type RegisterEvent } from '../domain/agreement/register.js';

/** A clause without what a test seldom cares about; a permission reaches only forward unless it says otherwise. */
export type ShortClause = Pick<Clause, 'id' | 'publishers' | 'recipients' | 'purposes' | 'types'> &
  Partial<Omit<PermitClause, 'effect' | 'fields' | 'conditions'>> & {
    readonly effect?: Clause['effect'];
    readonly because?: string;
    readonly conditions?: Conditions;
    readonly fields: Readonly<
      Partial<Record<'clear' | 'generalise' | 'mask' | 'withhold', readonly string[]>>
    >;
  };

/** A permission for tests in which it matters little what is shared: housing learns of arrests, for resettlement. */
export const custodyClause: ShortClause = {
  id: 'custody',
  publishers: ['police'],
  recipients: ['housing'],
  purposes: ['resettlement'],
  types: ['police.arrest.recorded'],
  fields: { clear: ['arrestedAt'] },
};

/**
 * An agreement in short: the year 2025 unless it says otherwise, its parties and purposes those of its clauses, the
 * first of its parties the owner, and every purpose one of managing offenders.
 */
export interface ShortAgreement {
  readonly reference: string;
  readonly version?: number;
  readonly owner?: string;
  readonly inForceFrom?: string;
  readonly reviewDue?: string;
  readonly expires?: string;
  readonly aims?: readonly Aim[];
  readonly clauses: readonly ShortClause[];
}

/** The whole document of an agreement in short; throws when it is not valid. */
export function agreementOf(short: ShortAgreement): AgreementDocument {
  const reading = readAgreement(documentOf(short));
  if (reading.outcome === 'valid') return reading.document;
  throw new Error(`${short.reference} is not a valid agreement: ${JSON.stringify(reading.errors)}`);
}

/** The same, whether valid or not: for agreements that nobody could propose. */
export function documentOf(short: ShortAgreement): AgreementDocument {
  const { reference, version = 1, inForceFrom = '2025-01-01', expires = '2026-01-01' } = short;
  const named = (list: (clause: ShortClause) => readonly string[]): string[] => [
    ...new Set(short.clauses.flatMap(list)),
  ];
  const parties = named(({ publishers, recipients }) => [...publishers, ...recipients]);
  return {
    reference,
    version,
    title: reference,
    owner: { agency: short.owner ?? parties[0] ?? '', role: 'information governance lead', contact: 'owner' },
    parties: parties.map((agency) => ({
      agency,
      regime: agencyOf(agency)?.regime ?? 'uk-gdpr',
      role: 'shares and receives',
      contact: `information@${agency}.example`,
      dataProtectionOfficer: `dpo@${agency}.example`,
    })),
    purposes: named(({ purposes }) => purposes).map((id) => ({
      id,
      description: id,
      benefits: id,
      aims: short.aims ?? ['offender-management'],
    })),
    inForceFrom,
    reviewDue: short.reviewDue ?? expires,
    expires,
    rights: { contact: 'rights', procedure: 'by the agency asked' },
    governance,
    policyDocuments: [{ id: 'policy', title: 'Appropriate policy document', reference: 'policy' }],
    clauses: short.clauses.map(clauseOf),
  };
}

const AGREED = 'as the parties agreed';

const governance = {
  accuracy: AGREED,
  retention: AGREED,
  security: AGREED,
  breaches: AGREED,
  complaints: AGREED,
  training: AGREED,
  onwardDisclosure: AGREED,
  review: AGREED,
  joining: AGREED,
};

const permission = {
  reach: 'prospective',
  gateway: 'Offender Management Act 2007 s.14',
  lawfulBasis: { 'part-3': 'DPA 2018 s.35(2)(b)', 'uk-gdpr': 'UK GDPR Art 6(1)(e)' },
} as const;

function clauseOf({ effect = 'permit', fields, because = AGREED, ...terms }: ShortClause): Clause {
  if (effect === 'permit') return { ...permission, ...terms, effect, fields };
  return { ...terms, effect, because, fields: { withhold: fields.withhold ?? [] } };
}

/** Something asked of an agreement. */
export interface Asked {
  readonly reference: string;
  readonly command: AgreementCommand;
}

export function hashOf({ reference, version }: AgreementDocument): string {
  return `hash of ${reference} ${version}`;
}

/** What brings a document to its signatures at a moment: proposed and signed by its parties, or by those given. */
export function signing(document: AgreementDocument, at: number, by?: readonly string[]): readonly Asked[] {
  const { reference, version, parties } = document;
  const asked = { hash: hashOf(document), reason: 'for the test', at };
  const actor = (agency: string) => ({ agency, user: `signatory of ${agency}` });
  const signers = by ?? parties.map(({ agency }) => agency);
  const proposer = actor(signers[0] ?? parties[0]?.agency ?? '');
  const signedBy = (agency: string) => ({ key: `key of ${agency}`, signature: `signed by ${agency}` });
  const commands: readonly AgreementCommand[] = [
    { type: 'propose', document, by: proposer, ...asked },
    ...signers.map(
      (agency) => ({ type: 'sign', version, ...signedBy(agency), by: actor(agency), ...asked }) as const,
    ),
  ];
  return commands.map((command) => ({ reference, command }));
}

/**
 * What has happened to agreements that were asked these things, in order of time. As in the hub, time may bring an
 * agreement into force or end it around every command, and at every one of `ticks`. A refusal is thrown or skipped.
 */
export function historyOf(
  asked: readonly Asked[],
  ticks: readonly number[],
  refusals: 'thrown' | 'skipped' = 'thrown',
): readonly AgreementEvent[] {
  const events: AgreementEvent[] = [];
  let known = EMPTY_REGISTER;
  const take = (event: AgreementEvent): void => {
    events.push(event);
    known = register(known, event);
  };
  const pass = (at: number): void => {
    [...known.agreements.values()].flatMap((agreement) => elapse(agreement, at)).forEach(take);
  };
  const steps = [
    ...asked.map((each) => ({ at: each.command.at, each })),
    ...ticks.map((at) => ({ at, each: null })),
  ];
  for (const { at, each } of steps.toSorted((one, other) => one.at - other.at)) {
    pass(at);
    if (each !== null) answer(known, each, refusals).forEach(take);
    pass(at);
  }
  return events;
}

function answer(
  known: Register,
  { reference, command }: Asked,
  refusals: 'thrown' | 'skipped',
): readonly AgreementEvent[] {
  try {
    return decide(known.agreements.get(reference) ?? NO_AGREEMENT, command);
  } catch (error) {
    if (refusals === 'skipped' && isFailure(error)) return [];
    throw error;
  }
}

export function registerOf(events: readonly RegisterEvent[]): Register {
  return events.reduce(register, EMPTY_REGISTER);
}

/** A register in which every one of the documents was signed on the day from which it is in force. */
export function inForceRegister(documents: readonly AgreementDocument[]): Register {
  const asked = documents.flatMap((document) => signing(document, startOf(document.inForceFrom)));
  return registerOf(historyOf(asked, []));
}
