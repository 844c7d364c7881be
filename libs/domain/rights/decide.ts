import { DateTime } from 'luxon';
import { agencyOf } from '../../contract/agency.js';
import { catalogue, entryOf } from '../../contract/catalogue/catalogue.js';
import { sensitivityClasses } from '../../contract/catalogue/entry.js';
import { fieldsOf } from '../../contract/catalogue/fields.js';
import { Conflict, Forbidden, Invalid } from '../../contract/failure.js';
import { parseMoment } from '../../contract/moment.js';
import { type Actor, type Step } from '../erasure/data-protection.js';
import { namesField } from './field-name.js';
import {
  type AccessGround,
  accessGrounds,
  type AccessRequest,
  type RequestOutcome,
  type RestrictionScope,
  type Rights,
  type RightsEvent,
} from './rights.js';

/** What a controller does about a person's request; `by` is somebody of the controller. */
export type RightsCommand =
  | (Step & { readonly type: 'receive'; readonly receivedOn: string })
  | (Step & { readonly type: 'extend' })
  | (Step & {
      readonly type: 'restrict';
      readonly request: string;
      readonly ground: AccessGround;
      readonly scope: RestrictionScope;
    })
  | (Step & { readonly type: 'lift' })
  | (Step & { readonly type: 'decide'; readonly outcome: RequestOutcome });

/** Whose data they are: hub id, and the log positions of the facts. */
export interface RightsSubject {
  readonly offender: string;
  readonly facts: ReadonlySet<number>;
  readonly rights: Rights;
}

/** Months from the day a request came until it must be answered, and until then at the latest (DPA 2018 s.54, R22). */
const MONTHS = 1;
const MONTHS_EXTENDED = 3;
const ZONE = 'Europe/London';

/** The event that follows from a command, or a refusal. A controller acts on requests made to itself alone. */
export function decide(subject: RightsSubject, command: RightsCommand): RightsEvent {
  const { offender, rights } = subject;
  const { id, by, at } = command;
  const step = { id, offender, by, at };
  switch (command.type) {
    case 'receive':
      return { type: 'rights.request.received', ...step, ...receipt(command) };
    case 'extend':
      return { type: 'rights.request.extended', ...step, due: extension(rights, command) };
    case 'restrict':
      return { type: 'rights.restricted', ...step, ...restriction(subject, command) };
    case 'lift':
      return { type: 'rights.restrictionLifted', ...step, ...lifting(rights, command) };
    case 'decide':
      return { type: 'rights.request.decided', ...step, ...decision(rights, command) };
  }
}

type CommandOf<Type extends RightsCommand['type']> = Extract<RightsCommand, { type: Type }>;

function receipt({ receivedOn, by, at }: CommandOf<'receive'>) {
  const moment = parseMoment(receivedOn);
  if (moment?.precision !== 'day' || moment.from > at)
    throw new Invalid('received', 'received must be a calendar date that has come');
  return { controller: by.agency, receivedOn, due: monthsAfter(receivedOn, MONTHS) };
}

/** The same day of a later month, or its last day where it has no such day. */
function monthsAfter(day: string, months: number): string {
  return DateTime.fromISO(day, { zone: ZONE }).plus({ months }).toISODate() ?? day;
}

/** Once, and before the first period is over. */
function extension(rights: Rights, { id, by, at }: CommandOf<'extend'>): string {
  const request = undecided(rights, id, by);
  if (request.isExtended) throw new Conflict('extended', 'the request was extended before');
  if (at >= (parseMoment(request.due)?.to ?? 0))
    throw new Conflict('overdue', 'a request is extended before its answer is due (R22)');
  return monthsAfter(request.receivedOn, MONTHS_EXTENDED);
}

function undecided({ requests }: Rights, id: string, { agency }: Actor): AccessRequest {
  const found = requests.find((each) => each.id === id && each.controller === agency);
  if (found === undefined) throw new Forbidden('no-such-request', 'your agency has no such request');
  if (found.outcome !== null) throw new Conflict('decided', 'the request is decided');
  return found;
}

function restriction({ rights, facts }: RightsSubject, command: CommandOf<'restrict'>) {
  const { request, ground, scope, by } = command;
  undecided(rights, request, by);
  const regime = agencyOf(by.agency)?.regime ?? 'part-3';
  if (accessGrounds[ground].law[regime] === null)
    throw new Invalid('ground', `ground ${ground} is not there for a controller under ${regime}`);
  requireScope(scope, facts);
  return { request, ground, scope };
}

/** What names nothing would leave nothing out, and nobody would notice. */
function requireScope(scope: RestrictionScope, held: ReadonlySet<number>): void {
  const { types = [], facts = [], fields = [], recipients = [] } = scope;
  if ([...types, ...facts, ...fields, ...recipients].length === 0)
    throw new Invalid('scope', 'name types, facts, fields or recipients');
  if (types.some((type) => entryOf(type) === undefined))
    throw new Invalid('types', 'types must be event types of the catalogue');
  if (!facts.every((position) => held.has(position)))
    throw new Invalid('facts', 'facts must be log positions of facts about the person');
  const entries = catalogue.filter(({ type }) => types.length === 0 || types.includes(type));
  const known = entries.flatMap(fieldsOf);
  const isKnown = (name: string): boolean =>
    sensitivityClasses.some((each) => name === `class:${each}`) ||
    known.some((field) => namesField(name, field));
  if (!fields.every(isKnown)) throw new Invalid('fields', 'fields must be fields of these types');
  if (!recipients.every((id) => agencyOf(id) !== undefined))
    throw new Invalid('recipients', 'recipients must be agencies of the hub');
}

function lifting({ restrictions }: Rights, { id, by }: CommandOf<'lift'>): object {
  if (!restrictions.some((each) => each.id === id && each.by.agency === by.agency))
    throw new Forbidden('no-such-restriction', 'your agency has no such restriction');
  return {};
}

function decision(rights: Rights, { id, by, outcome }: CommandOf<'decide'>) {
  undecided(rights, id, by);
  return { outcome };
}
