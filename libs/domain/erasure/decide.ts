import { agencyOf } from '../../contract/agency.js';
import { Conflict, Forbidden, Invalid } from '../../contract/failure.js';
import { parseMoment } from '../../contract/moment.js';
import {
  type Actor,
  type DataProtectionEvent,
  type ErasureGround,
  erasureGrounds,
  type Hold,
  type HoldGround,
  holdGrounds,
  type Protection,
  type RectificationOutcome,
  type Restriction,
  type RestrictionGround,
  restrictionGrounds,
  type ReviewOutcome,
  type Step,
} from './data-protection.js';
import { type Holding } from './holding.js';
import { lacksReview, retentionDue } from './retention.js';
import { type MopiGroup } from './retention-rules.js';

/** A fact about the person, named by its log position; `publication` is `<source> <id>`. */
export interface NamedFact {
  readonly position: number;
  readonly publisher: string;
  readonly publication: string;
}

/** What can be asked about the data held of a person. */
export type DataProtectionCommand =
  | (Step & { readonly type: 'place-hold'; readonly ground: HoldGround })
  | (Step & { readonly type: 'lift-hold' })
  | (Step & {
      readonly type: 'restrict';
      readonly ground: RestrictionGround;
      /** Undefined: the whole person. */
      readonly facts: readonly NamedFact[] | undefined;
    })
  | (Step & { readonly type: 'lift-restriction'; readonly subjectInformed: string })
  | (Step & {
      readonly type: 'review';
      readonly outcome: ReviewOutcome;
      readonly group: MopiGroup | null;
      readonly nextReview: string | null;
    })
  | (Step & { readonly type: 'request-rectification'; readonly facts: readonly NamedFact[] })
  | (Step & { readonly type: 'decide-rectification'; readonly outcome: RectificationOutcome })
  | (Step & {
      readonly type: 'erase';
      readonly ground: ErasureGround;
      readonly quarantined: readonly string[];
    });

export type CommandOf<T extends DataProtectionCommand['type']> = Extract<DataProtectionCommand, { type: T }>;

/** The person that a command is about: what is held, and how it stands. */
export interface Subject {
  readonly holding: Holding;
  readonly protection: Protection;
}

/**
 * The event that follows from a command, or a refusal. The hub team acts on everything; another agency on a person of
 * whom it has published something, and on its own facts and steps alone. Nothing can be done about one who is erased.
 */
export function decide(subject: Subject, command: DataProtectionCommand): DataProtectionEvent {
  const { holding, protection } = subject;
  const { id, by, at } = command;
  if (!isHub(by) && !holding.newest.has(by.agency)) throw unknownPerson();
  if (protection.erased !== null) throw new Conflict('erased', 'the person was erased');
  const step = { id, offender: holding.offender, by, at };
  switch (command.type) {
    case 'place-hold':
      return { type: 'hold.placed', ...step, ...grounded(holdGrounds, command.ground) };
    case 'lift-hold':
      return { type: 'hold.lifted', ...step, ...ownStep(protection.holds, command) };
    case 'restrict':
      return { type: 'processing.restricted', ...step, ...restriction(command) };
    case 'lift-restriction':
      return { type: 'processing.restrictionLifted', ...step, ...lifting(protection, command) };
    case 'review':
      return { type: 'retention.reviewed', ...step, ...review(command) };
    case 'request-rectification':
      return { type: 'rectification.requested', ...step, ...request(command) };
    case 'decide-rectification':
      return { type: 'rectification.decided', ...step, outcome: answer(protection, command) };
    case 'erase':
      return { type: 'erasure.made', ...step, ...erasure(subject, command) };
  }
}

/** The same whether the hub knows nobody of that id or the agency has published nothing of them. */
export function unknownPerson(): Forbidden {
  return new Forbidden('no-such-person', 'your agency has published nothing about a person of this id');
}

function isHub({ agency }: Actor): boolean {
  return agencyOf(agency)?.kind === 'hub';
}

function grounded<Ground extends string>(grounds: Readonly<Record<Ground, string>>, ground: Ground) {
  return { ground, requirement: grounds[ground] };
}

/** Only whoever placed a hold or a restriction may lift it, and the hub team. */
function ownStep(all: readonly (Hold | Restriction)[], { id, by }: Step): object {
  const found = all.find((each) => each.id === id);
  if (found === undefined || !(isHub(by) || found.by.agency === by.agency))
    throw new Forbidden('no-such-step', 'your agency has no such hold or restriction on this person');
  return {};
}

function restriction({ ground, facts, by }: CommandOf<'restrict'>) {
  const why = grounded(restrictionGrounds, ground);
  if (facts === undefined) {
    if (!isHub(by)) throw notYours();
    return why;
  }
  requireOwn(facts, by);
  const publications = facts.map(({ publication }) => publication);
  return { ...why, facts: facts.map(({ position }) => position), publications };
}

/** Another agency speaks for its own facts alone. */
function requireOwn(facts: readonly NamedFact[], by: Actor): void {
  if (facts.length === 0) throw new Invalid('facts', 'facts must name at least one fact');
  if (!isHub(by) && facts.some(({ publisher }) => publisher !== by.agency)) throw notYours();
}

function notYours(): Forbidden {
  return new Forbidden(
    'not-your-facts',
    'an agency may restrict its own facts; the hub team the whole person',
  );
}

/** The person must have been told before (DPA 2018 s.48, R20). */
function lifting({ restrictions }: Protection, command: CommandOf<'lift-restriction'>) {
  const { subjectInformed, at } = command;
  if (dayOf('subjectInformed', subjectInformed) > at)
    throw new Invalid('subject-informed', 'subjectInformed must be a day that has come (R20)');
  return { ...ownStep(restrictions, command), subjectInformed };
}

/** A review answers for the whole person, so it is the hub team's; what is kept is reviewed again (R10, R50). */
function review({ outcome, group, nextReview, by, at }: CommandOf<'review'>) {
  requireHub(by);
  if ((outcome === 'erase') !== (nextReview === null))
    throw new Invalid('next-review', 'nextReview is needed unless the outcome is erase, and not then');
  if (nextReview !== null && dayOf('nextReview', nextReview) <= at)
    throw new Invalid('next-review', 'nextReview must be a day to come');
  return { outcome, group, nextReview };
}

function request({ facts }: CommandOf<'request-rectification'>) {
  if (facts.length === 0) throw new Invalid('facts', 'facts must name at least one fact');
  const publishers = [...new Set(facts.map(({ publisher }) => publisher))].sort();
  return { facts: facts.map(({ position }) => position), publishers };
}

/** Whoever published the facts decides on them, or the hub team (R18, R19). */
function answer({ rectifications }: Protection, { id, by, outcome }: CommandOf<'decide-rectification'>) {
  const found = rectifications.find((each) => each.id === id);
  if (found === undefined || !(isHub(by) || found.publishers.includes(by.agency)))
    throw new Forbidden('no-such-request', 'there is no such request about facts of your agency');
  if (found.decided !== null) throw new Conflict('decided', 'the request is decided');
  return outcome;
}

/**
 * Erasing is for the hub team, of one person as a whole; never while a hold stands, and never by whoever reviewed alone.
 * Where a rule asks for a review, one that knew all facts must have found so (R18, R50).
 */
function erasure({ holding, protection }: Subject, { by, at, ground, quarantined }: CommandOf<'erase'>) {
  requireHub(by);
  if (protection.holds.length > 0)
    throw new Conflict('held', 'a hold stands: restrict the processing instead (DPA 2018 s.47(2), R18)');
  if (lacksReview(holding, protection, at))
    throw new Conflict('review-first', 'a review that found so must come first (R50)');
  if (protection.review?.outcome === 'erase' && protection.review.by.user === by.user)
    throw new Forbidden('own-review', 'whoever reviewed does not erase');
  if (ground === 'retention-ended' && !isOver(holding, protection, at))
    throw new Conflict('retention-runs', 'a rule still asks that some of the facts be kept (R10)');
  const counts = { facts: holding.facts, quarantined: quarantined.length };
  return { ground, ...erasureGrounds[ground], counts, quarantined };
}

function isOver(holding: Holding, protection: Protection, at: number): boolean {
  const due = retentionDue(holding, protection, at);
  return due.length > 0 && due.every(({ need }) => need === 'erase');
}

function requireHub(by: Actor): void {
  if (!isHub(by)) throw new Forbidden('not-the-hub', 'this is decided by the hub team');
}

/** The first moment of a calendar date. Throws `Invalid`. */
function dayOf(name: string, date: string): number {
  const moment = parseMoment(date);
  if (moment?.precision !== 'day') throw new Invalid('date', `${name} must be a date such as 2026-04-01`);
  return moment.from;
}
