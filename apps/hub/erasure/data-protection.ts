import { randomUUID } from 'node:crypto';
import { type Caller, requireRole, type Role } from '../../../libs/adapters/caller/caller.js';
import { allRetentionDue, factsAt } from '../../../libs/adapters/data-protection/holdings.js';
import { type LoggedEvent } from '../../../libs/adapters/event-log/event-log.js';
import { agencyOf } from '../../../libs/contract/agency.js';
import { streamOf } from '../../../libs/contract/fact.js';
import { Forbidden, Invalid, Unavailable } from '../../../libs/contract/failure.js';
import { FULL_REASON, statedReason } from '../../../libs/contract/stated-reason.js';
import { isAuditor } from '../../../libs/domain/audit/auditor.js';
import {
  type Actor,
  type DataProtectionEvent,
  type Erased,
  type ErasureGround,
  type HoldGround,
  type RectificationOutcome,
  type RestrictionGround,
  type ReviewOutcome,
} from '../../../libs/domain/erasure/data-protection.js';
import {
  type DataProtectionCommand,
  type NamedFact,
  type Subject,
  unknownPerson,
} from '../../../libs/domain/erasure/decide.js';
import { type RetentionDue } from '../../../libs/domain/erasure/retention.js';
import { type MopiGroup } from '../../../libs/domain/erasure/retention-rules.js';
import { erasedKeys } from './erased-keys.js';
import { openProtectionRecord, type ProtectionRecordParts, type RecordedStep } from './protection-record.js';

export interface ReviewRequest {
  readonly outcome: ReviewOutcome;
  readonly group: MopiGroup | null;
  readonly nextReview: string | null;
}

/**
 * What is done about the data held of people: holds, restrictions, reviews, requests for rectification, and erasure.
 * Every reason has 10 to 1000 characters and is sealed under the person's key. Answers alike for a person whom the
 * hub does not know and for one of whom the caller's agency has published nothing.
 */
export interface DataProtection {
  of(caller: Caller, offender: string): Promise<Subject & { readonly steps: readonly RecordedStep[] }>;
  retentionDue(caller: Caller, at: number): Promise<readonly RetentionDue[]>;
  placeHold(caller: Caller, offender: string, ground: HoldGround, reason: string): Promise<string>;
  liftHold(caller: Caller, offender: string, id: string, reason: string): Promise<void>;
  /** `facts` are log positions; undefined: the whole person. */
  restrict(
    caller: Caller,
    offender: string,
    facts: readonly number[] | undefined,
    ground: RestrictionGround,
    reason: string,
  ): Promise<string>;
  liftRestriction(
    caller: Caller,
    offender: string,
    id: string,
    subjectInformed: string,
    reason: string,
  ): Promise<void>;
  review(caller: Caller, offender: string, request: ReviewRequest, reason: string): Promise<void>;
  requestRectification(
    caller: Caller,
    offender: string,
    facts: readonly number[],
    reason: string,
  ): Promise<string>;
  decideRectification(
    caller: Caller,
    offender: string,
    id: string,
    outcome: RectificationOutcome,
    reason: string,
  ): Promise<void>;
  /** Erases a person for good. What it resolves to is in the log, and the keys are destroyed. */
  erase(caller: Caller, offender: string, ground: ErasureGround): Promise<Erased>;
}

/** The part of intake that an erasure needs: see `Intake`. */
export interface ErasingIntake {
  quarantinedAbout(offender: string): Promise<readonly string[]>;
  erase<T extends { readonly logged: LoggedEvent }>(offender: string, append: () => Promise<T>): Promise<T>;
}

export interface DataProtectionParts extends ProtectionRecordParts {
  readonly clock: () => number;
  /** Absent in a process that takes nothing in: it can erase nobody. */
  readonly intake: ErasingIntake | undefined;
  /** Resolves once a log position is in the read models. */
  readonly reach: (position: number) => Promise<void>;
}

/** Opens the room, and finishes erasures that a stop of the process left half done. */
export async function openDataProtection(parts: DataProtectionParts): Promise<DataProtection> {
  const { log, vault, clock, intake, reach } = parts;
  const steps = await openProtectionRecord(parts);

  async function named(offender: string, positions: readonly number[]): Promise<readonly NamedFact[]> {
    const facts = await factsAt(log, offender, positions);
    if (facts === undefined)
      throw new Invalid('facts', 'facts must be log positions of facts about the person');
    return facts;
  }

  /** The step of a caller who may take it. */
  const stepOf = (caller: Caller, ...roles: readonly Role[]) => {
    requireRole(caller, ...roles);
    const { agency, user } = caller;
    const by: Actor = { agency, user };
    return { id: randomUUID(), by, at: clock() };
  };

  async function record(offender: string, command: DataProtectionCommand, reason: string): Promise<string> {
    await steps.append(offender, command, statedReason(reason, FULL_REASON));
    return command.id;
  }

  /** Before anything about the facts of a person is told: see `decide`. */
  async function requirePublisher(by: Actor, offender: string): Promise<void> {
    const { holding } = await steps.subjectOf(offender);
    if (!isHub(by) && !holding.newest.has(by.agency)) throw unknownPerson();
  }

  /** Destroys the keys of whom an erasure is about, and resolves once nothing of them is in a read model. */
  async function finish(erased: Erased, position: number): Promise<Erased> {
    vault.erase([erased.offender, ...erased.quarantined.map(streamOf.quarantine)]);
    await reach(position);
    return erased;
  }

  vault.erase(await erasedKeys(log));
  return {
    async of(caller, offender) {
      requireRole(caller, 'signatory', 'coordinator', 'auditor');
      const subject = await steps.subjectOf(offender);
      if (!mayKnow(caller, subject)) throw unknownPerson();
      const told = (await steps.stepsOf(offender)).filter(({ event }) => mayRead(caller, event));
      return { ...subject, steps: told };
    },
    async retentionDue(caller, at) {
      requireRole(caller, 'operator', 'coordinator', 'signatory');
      if (!isHub(caller)) throw new Forbidden('not-the-hub', 'this is decided by the hub team');
      return allRetentionDue(log, at);
    },
    placeHold: (caller, offender, ground, reason) =>
      record(offender, { type: 'place-hold', ...stepOf(caller, 'signatory'), ground }, reason),
    async liftHold(caller, offender, id, reason) {
      await record(offender, { type: 'lift-hold', ...stepOf(caller, 'signatory'), id }, reason);
    },
    async restrict(caller, offender, positions, ground, reason) {
      const step = stepOf(caller, 'signatory', 'coordinator');
      await requirePublisher(step.by, offender);
      const facts = positions && (await named(offender, positions));
      return record(offender, { type: 'restrict', ...step, ground, facts }, reason);
    },
    async liftRestriction(caller, offender, id, subjectInformed, reason) {
      const step = { ...stepOf(caller, 'signatory'), id };
      await record(offender, { type: 'lift-restriction', ...step, subjectInformed }, reason);
    },
    async review(caller, offender, request, reason) {
      await record(
        offender,
        { type: 'review', ...stepOf(caller, 'coordinator', 'signatory'), ...request },
        reason,
      );
    },
    async requestRectification(caller, offender, positions, reason) {
      const step = stepOf(caller, 'coordinator', 'signatory');
      await requirePublisher(step.by, offender);
      const facts = await named(offender, positions);
      return record(offender, { type: 'request-rectification', ...step, facts }, reason);
    },
    async decideRectification(caller, offender, id, outcome, reason) {
      const step = { ...stepOf(caller, 'signatory'), id };
      await record(offender, { type: 'decide-rectification', ...step, outcome }, reason);
    },
    async erase(caller, offender, ground) {
      const step = stepOf(caller, 'signatory');
      if (!isHub(caller)) throw new Forbidden('not-the-hub', 'this is decided by the hub team');
      if (intake === undefined)
        throw new Unavailable('no-intake', 'this process takes nothing in: ask one that does');
      const before = steps.erasure(offender);
      if (before !== undefined) return finish(before, await log.head());
      await steps.requireAllowed(offender, { type: 'erase', ...step, ground, quarantined: [] });
      const { event, position } = await intake.erase(offender, async () => {
        const quarantined = await intake.quarantinedAbout(offender);
        return steps.append(offender, { type: 'erase', ...step, ground, quarantined }, null);
      });
      if (event.type !== 'erasure.made') throw new Unavailable('erasure', 'the erasure was not recorded');
      return finish(event, position);
    },
  };
}

function isHub({ agency }: Pick<Caller, 'agency'>): boolean {
  return agencyOf(agency)?.kind === 'hub';
}

/** The hub team and auditors know of everybody; an agency of whom it has published something. */
function mayKnow(caller: Caller, { holding }: Subject): boolean {
  return isHub(caller) || isAuditor(caller) || holding.newest.has(caller.agency);
}

/** An agency reads its own steps, and requests about its facts; the hub team and auditors read all. */
function mayRead(caller: Caller, event: DataProtectionEvent): boolean {
  if (isHub(caller) || isAuditor(caller)) return true;
  if (event.type === 'rectification.requested') return event.publishers.includes(caller.agency);
  return event.by.agency === caller.agency || event.type === 'erasure.made';
}
