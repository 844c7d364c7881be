import { Conflict, Forbidden, Invalid } from '../../contract/failure.js';
import { parseMoment } from '../../contract/moment.js';
import { type CauseKind } from './cause.js';
import {
  type Actor,
  type Correction,
  type CorrectionAction,
  type CorrectionEvent,
  type CorrectionOpened,
  type OnwardRecipient,
} from './correction.js';
import { deadline } from './deadline.js';
import { type Asker, answerable, mayAnswer } from './sight.js';
import { type Identify } from './obligations.js';

/** The obligations known so far, by id. */
export type Known = (id: string) => Correction | undefined;

/** An answer to an obligation: what was done, and to whom it had been passed on meanwhile. */
export interface Acknowledgement {
  readonly id: string;
  readonly by: Asker;
  readonly action: CorrectionAction;
  readonly reason: string;
  readonly onward: readonly OnwardRecipient[];
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Opens what is not open yet; what was shown since it was worked out is added, and nothing is opened twice. */
export function open(known: Correction | undefined, opening: CorrectionOpened): readonly CorrectionEvent[] {
  if (known === undefined) return [opening];
  const held = new Set(known.shown.flatMap(({ position, disclosures }) => keysOf(position, disclosures)));
  const shown = opening.shown.filter(({ position, disclosures }) =>
    keysOf(position, disclosures).some((key) => !held.has(key)),
  );
  if (shown.length === 0) return [];
  const { id, publishers, users, due, rule, at } = opening;
  return [{ type: 'correction.extended', id, publishers, shown, users, due, rule, at }];
}

function keysOf(position: number, disclosures: readonly number[]): readonly string[] {
  return disclosures.map((disclosure) => `${position} ${disclosure}`);
}

/** Notes the first answer in which the recipient was told. */
export function notify(known: Correction | undefined, by: Actor, at: number): readonly CorrectionEvent[] {
  if (known === undefined || known.notified !== null || answerable(known) !== by.agency) return [];
  return [{ type: 'correction.notified', id: known.id, by, at }];
}

/** What time brings about: an obligation that nobody has answered by its deadline is overdue, once. */
export function elapse(known: Correction | undefined, at: number): readonly CorrectionEvent[] {
  if (known === undefined || known.acknowledged !== null || known.overdue !== null || at < known.due)
    return [];
  return [{ type: 'correction.overdue', id: known.id, due: known.due, at }];
}

/**
 * The answer of a recipient, and an obligation for everybody to whom it passed on what was wrong (R20): an agency of the
 * hub answers for itself, for an organisation outside whoever passed it on. Who has an obligation for the same cause
 * already gets no second one, and a publisher none for its own facts. Throws `Forbidden` `no-such-correction`,
 * `Conflict` `correction-acknowledged`, `Invalid` `correction-action` or `correction-onward`.
 */
export function acknowledge(
  known: Known,
  identify: Identify,
  { id, by, action, reason, onward, at }: Acknowledgement,
): readonly CorrectionEvent[] {
  const correction = known(id);
  if (correction === undefined || !mayAnswer(correction, by))
    throw new Forbidden('no-such-correction', 'there is no correction of this id for you to answer');
  if (correction.acknowledged !== null)
    throw new Conflict('correction-acknowledged', `the correction ${id} is acknowledged`);
  requireFitting(correction, action);
  requireOthers(onward, by.agency, at);
  const actor = { agency: by.agency, user: by.user };
  const openings = onward.map((each) => onwardOf(correction, by.agency, each, identify, at));
  const unknown = new Map(openings.filter(opens(known)).map((each) => [each.id, each]));
  return [
    { type: 'correction.acknowledged', id, by: actor, action, reason, onward, at },
    ...unknown.values(),
  ];
}

const fitting: Readonly<Record<CauseKind, readonly CorrectionAction[]>> = {
  corrected: ['corrected', 'erased', 'restricted', 'none-held'],
  retracted: ['corrected', 'erased', 'restricted', 'none-held'],
  erased: ['erased', 'restricted', 'none-held'],
  restricted: ['restricted', 'erased', 'none-held'],
  unlawful: ['erased', 'restricted', 'none-held'],
};

/** A recipient must do the same as was done here (R20); of one outside the hub only that it was told can be said. */
function requireFitting({ cause, passedOn }: Correction, action: CorrectionAction): void {
  const actions = passedOn?.isOutside === true ? ['told'] : fitting[cause.kind];
  if (!actions.includes(action))
    throw new Invalid('correction-action', `action must here be one of ${actions.join(', ')}`);
}

function requireOthers(onward: readonly OnwardRecipient[], agency: string, at: number): void {
  for (const { recipient, isOutside, when } of onward) {
    if (!isOutside && recipient === agency)
      throw new Invalid('correction-onward', 'onward must name others than your own agency');
    if (isOutside && (recipient.trim() !== recipient || recipient.length < 2 || recipient.length > 100))
      throw new Invalid('correction-onward', 'onward must name organisations in 2 to 100 characters');
    const day = parseMoment(when);
    if (day?.precision !== 'day' || day.from === null || day.from > at)
      throw new Invalid('correction-onward', 'when must be a day that has begun, YYYY-MM-DD');
  }
}

function onwardOf(
  { id, cause, offender, publishers, shown }: Correction,
  agency: string,
  { recipient, isOutside, when }: OnwardRecipient,
  identify: Identify,
  at: number,
): CorrectionOpened {
  const place = isOutside ? `outside ${agency} ${recipient.toLowerCase()}` : recipient;
  return {
    type: 'correction.onwardOpened',
    id: identify(cause.event, place),
    cause,
    offender,
    recipient,
    passedOn: { by: agency, correction: id, when, isOutside },
    publishers,
    shown: shown.map(({ position, type, fields }) => ({
      position,
      type,
      fields,
      clauses: [],
      disclosures: [],
    })),
    users: [],
    ...deadline(at),
    at,
  };
}

/** Nobody is told twice of the same, and nobody of their own facts. */
function opens(known: Known): (opening: CorrectionOpened) => boolean {
  return ({ id, recipient, passedOn, publishers }) =>
    known(id) === undefined &&
    (passedOn?.isOutside === true || publishers.some((publisher) => publisher !== recipient));
}
