import { Conflict, Forbidden, Invalid } from '../../contract/failure.js';
import { parseMoment } from '../../contract/moment.js';
import { dayOf } from '../agreement/time.js';
import { type CaseworkEvent, type Ground } from './command.js';

/** The same words whoever the person is: they do not tell whether anybody is managed, or even known. */
export function notPermitted(): Forbidden {
  return new Forbidden('not-permitted', 'there is nobody of this id about whom you may do this');
}

/** A fact that happens now, or on the day named. Fields left out stay out. */
export function fact(
  type: CaseworkEvent['type'],
  { at }: Pick<Ground, 'at'>,
  data: Readonly<Record<string, unknown>>,
  day?: string,
): CaseworkEvent {
  const said = Object.entries(data).filter(([, value]) => value !== null && value !== undefined);
  return { type, data: Object.fromEntries(said), happened: day ?? instantOf(at) };
}

/** RFC 3339, in UTC. */
export function instantOf(at: number): string {
  return new Date(at).toISOString();
}

/** Throws `Invalid` `<field>-required` for a text that says nothing. */
export function needText(field: string, text: string | null | undefined): string {
  if (text == null || text.trim() === '')
    throw new Invalid(`${field}-required`, `${field} must say something`);
  return text;
}

/** A calendar date that has begun. Throws `Invalid` `<field>-day`. */
export function needPast(field: string, day: string, { at }: Pick<Ground, 'at'>): string {
  if (isDay(day) && day <= dayOf(at)) return day;
  throw new Invalid(`${field}-day`, `${field} must be a calendar date, today or earlier`);
}

/** A calendar date after today, where there is one. Throws `Invalid` `<field>-day`. */
export function needLater<D extends string | null | undefined>(
  field: string,
  day: D,
  { at }: Pick<Ground, 'at'>,
): D {
  if (day == null || (isDay(day) && day > dayOf(at))) return day;
  throw new Invalid(`${field}-day`, `${field} must be a calendar date after today`);
}

/** Throws `Invalid` `<field>-order` for a day before that of something which comes first. */
export function needOrder(field: string, day: string, after: number | null): void {
  if (after !== null && day < dayOf(after))
    throw new Invalid(`${field}-order`, `${field} must not lie before what comes first`);
}

/** Throws `Invalid` `unknown-agency`. */
export function needAgencies(named: readonly string[], { agencies }: Pick<Ground, 'agencies'>): void {
  if (named.some((agency) => !agencies.includes(agency)))
    throw new Invalid('unknown-agency', 'an agency is named that is not of the partnership');
}

/** Throws `Conflict` `agreement-not-in-force`. */
export function needInForce(
  relied: readonly string[],
  { agreementsInForce }: Pick<Ground, 'agreementsInForce'>,
): void {
  if (relied.some((agreement) => !agreementsInForce.some(({ key }) => key === agreement)))
    throw new Conflict('agreement-not-in-force', 'an agreement relied on is not in force');
}

/** Whoever attends is bound by something that the meeting relies on (KP 1.6). Throws `Conflict` `attendee-not-party`. */
export function needParties(
  attending: readonly string[],
  relied: readonly string[],
  { agreementsInForce }: Pick<Ground, 'agreementsInForce'>,
): void {
  const bound = agreementsInForce.flatMap(({ key, parties }) => (relied.includes(key) ? parties : []));
  if (attending.some((agency) => !bound.includes(agency)))
    throw new Conflict('attendee-not-party', 'an agency attends that no agreement relied on binds');
}

/** Throws `Conflict` `id-taken`. */
export function needNew(id: string, taken: readonly { readonly id: string }[]): void {
  if (taken.some((each) => each.id === id)) throw idTaken();
}

/** Of an id that whoever asks has made, and used before. */
export function idTaken(): Conflict {
  return new Conflict('id-taken', 'the id names something else already');
}

function isDay(text: string): boolean {
  return parseMoment(text)?.precision === 'day';
}
