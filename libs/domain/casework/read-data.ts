import { parseMoment } from '../../contract/moment.js';
import { beganAt, type ReadFact, standingOf } from './read-fact.js';

export type Data = Readonly<Record<string, unknown>>;

/** A standing fact and the moment that it counts from, epoch milliseconds. */
export interface Step {
  readonly id: string;
  readonly type: string;
  readonly at: number;
  readonly data: Data;
}

/** The field that says when it was, of the types that have one. */
const ownMoment: Readonly<Record<string, string>> = {
  'hub.singleReferralMeeting.held': 'heldOn',
  'hub.responsibility.transferred': 'transferredAt',
  'hub.case.conferenceHeld': 'heldOn',
  'hub.leadProfessional.appointed': 'acceptedAt',
  'hub.leadProfessional.ended': 'endedAt',
  'hub.leadProfessional.handedOver': 'acceptedAt',
  'hub.crossBorder.handoverAccepted': 'acceptedAt',
  'hub.crossBorder.handoverCompleted': 'completedOn',
  'hub.exit.completed': 'completedOn',
  'hub.needs.assessed': 'assessedOn',
  'hub.intervention.referred': 'referredOn',
  'hub.intervention.started': 'startedOn',
  'hub.intervention.completed': 'completedOn',
  'hub.subject.informed': 'informedOn',
};

/** The IOM team's standing facts in the order of their moments; at one moment, in that of the log. */
export function stepsOf(facts: readonly ReadFact[]): readonly Step[] {
  return standingOf(facts)
    .filter(({ type }) => type.startsWith('hub.'))
    .map((fact) => ({ id: fact.id, type: fact.type, at: momentOf(fact), data: fact.data }))
    .toSorted((one, other) => one.at - other.at);
}

function momentOf(fact: ReadFact): number {
  const said = ownMoment[fact.type];
  return (said === undefined ? null : startIn(fact.data, said)) ?? beganAt(fact);
}

/** A text of the data; null where it is absent, hidden or something else. */
export function textIn(data: Data, field: string): string | null {
  const value = data[field];
  return typeof value === 'string' ? value : null;
}

export function numberIn(data: Data, field: string): number | null {
  const value = data[field];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export function flagIn(data: Data, field: string): boolean | null {
  const value = data[field];
  return typeof value === 'boolean' ? value : null;
}

/** The texts of a list; none where it is absent. */
export function textsIn(data: Data, field: string): readonly string[] {
  const value = data[field];
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}

/** The objects of a list; none where it is absent. */
export function recordsIn(data: Data, field: string): readonly Data[] {
  const value = data[field];
  return Array.isArray(value) ? value.filter(isData) : [];
}

/** The object in a field; empty where it is absent. */
export function recordIn(data: Data, field: string): Data {
  const value = data[field];
  return isData(value) ? value : {};
}

/** One of a closed list of words. */
export function wordIn<W extends string>(data: Data, field: string, words: readonly W[]): W | null {
  const value = textIn(data, field);
  return words.find((word) => word === value) ?? null;
}

/** When the date or date-time in a field begins, epoch milliseconds. */
export function startIn(data: Data, field: string): number | null {
  return parseMoment(textIn(data, field) ?? undefined)?.from ?? null;
}

/** When the last day in a field is over, epoch milliseconds. */
export function endIn(data: Data, field: string): number | null {
  return parseMoment(textIn(data, field) ?? undefined)?.to ?? null;
}

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function ofType(steps: readonly Step[], type: `hub.${string}`): readonly Step[] {
  return steps.filter((step) => step.type === type);
}

/** The id in a field; the step's own where it is hidden. */
export function idIn({ id, data }: Step, field: string): string {
  return textIn(data, field) ?? id;
}
