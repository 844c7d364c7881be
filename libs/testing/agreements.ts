import { agencyOf } from '../contract/agency.js';
import { isFailure } from '../contract/failure.js';
import { type AgreementEvent, NO_AGREEMENT } from '../domain/agreement/agreement.js';
import { type AgreementCommand, decide, elapse, startOf } from '../domain/agreement/decide.js';
import { type AgreementDocument, type Clause } from '../domain/agreement/document.js';
import { readAgreement } from '../domain/agreement/read-agreement.js';
import { EMPTY_REGISTER, register, type Register } from '../domain/agreement/register.js';

/** A clause without what a test seldom cares about; a permission reaches only forward unless it says otherwise. */
export type ShortClause = Pick<Clause, 'id' | 'publishers' | 'recipients' | 'purposes' | 'types'> &
  Partial<Pick<Clause, 'conditions' | 'gateway' | 'lawfulBasis'>> & {
    readonly effect?: Clause['effect'];
    readonly fields: Readonly<
      Partial<Record<'clear' | 'generalise' | 'mask' | 'withhold', readonly string[]>>
    >;
    readonly reach?: 'prospective' | 'history';
  };

/** An agreement in short: the year 2025 unless it says otherwise, its parties and purposes those of its clauses. */
export interface ShortAgreement {
  readonly reference: string;
  readonly version?: number;
  readonly inForceFrom?: string;
  readonly expires?: string;
  readonly clauses: readonly ShortClause[];
}

/** The whole document of an agreement in short; throws when it is not valid. */
export function agreementOf(short: ShortAgreement): AgreementDocument {
  const { reference, version = 1, inForceFrom = '2025-01-01', expires = '2026-01-01' } = short;
  const named = (list: (clause: ShortClause) => readonly string[]): string[] => [
    ...new Set(short.clauses.flatMap(list)),
  ];
  const reading = readAgreement({
    reference,
    version,
    title: reference,
    parties: named(({ publishers, recipients }) => [...publishers, ...recipients]).map((agency) => ({
      agency,
      regime: agencyOf(agency)?.regime,
      contact: `information@${agency}.example`,
    })),
    purposes: named(({ purposes }) => purposes).map((id) => ({ id, description: id })),
    inForceFrom,
    reviewDue: expires,
    expires,
    clauses: short.clauses.map(clauseOf),
  });
  if (reading.outcome === 'valid') return reading.document;
  throw new Error(`${reference} is not a valid agreement: ${JSON.stringify(reading.errors)}`);
}

function clauseOf(short: ShortClause): unknown {
  const { effect = 'permit', gateway = 'Offender Management Act 2007 s.14', ...terms } = short;
  const reach = effect === 'permit' ? { reach: 'prospective' } : {};
  return { effect, gateway, lawfulBasis: 'DPA 2018 s.35(2)(b)', ...reach, ...terms };
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
  const hash = hashOf(document);
  const actor = (agency: string) => ({ agency, user: `signatory of ${agency}` });
  const signers = by ?? parties.map(({ agency }) => agency);
  const proposer = actor(signers[0] ?? parties[0]?.agency ?? '');
  const commands: readonly AgreementCommand[] = [
    { type: 'propose', document, hash, by: proposer, at },
    ...signers.map((agency) => ({ type: 'sign', version, hash, by: actor(agency), at }) as const),
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

export function registerOf(events: readonly AgreementEvent[]): Register {
  return events.reduce(register, EMPTY_REGISTER);
}

/** A register in which every one of the documents was signed on the day from which it is in force. */
export function inForceRegister(documents: readonly AgreementDocument[]): Register {
  const asked = documents.flatMap((document) => signing(document, startOf(document.inForceFrom)));
  return registerOf(historyOf(asked, []));
}
