import { type ClauseRef } from '../agreement/document.js';

/** Who acts: `team` is whom an overdue review blocks. */
export interface EmergencyActor {
  readonly agency: string;
  readonly team: string;
  readonly user: string;
}

export type Verdict = 'lawful' | 'unlawful';

/** What somebody wrote to explain a step may name the person: in the log it lies sealed in the event's data. */
interface Explained {
  /** Null where it is sealed, or the person was erased. */
  readonly reason: string | null;
  /** Id of the key that seals it; absent where it stands in the clear: of the clock, and in events of before. */
  readonly sealedUnder?: string;
}

/**
 * Everything that happens to an emergency disclosure; the log event's metadata, JSON. All moments are epoch
 * milliseconds.
 */
export type EmergencyEvent =
  | (Explained & {
      readonly type: 'emergency.opened';
      readonly id: string;
      /** Hub id of the person; null when nobody is known by what was given. */
      readonly offender: string | null;
      readonly by: EmergencyActor;
      readonly purpose: string;
      /** The clauses that allow it: the narrowed field set. */
      readonly clauses: readonly ClauseRef[];
      readonly at: number;
      readonly until: number;
      readonly reviewDue: number;
    })
  | (Explained & {
      readonly type: 'emergency.closed';
      readonly id: string;
      readonly by: EmergencyActor;
      readonly at: number;
    })
  | (Explained & {
      readonly type: 'emergency.reviewed';
      readonly id: string;
      readonly by: EmergencyActor;
      readonly verdict: Verdict;
      readonly at: number;
    });

export type Opened = Extract<EmergencyEvent, { type: 'emergency.opened' }>;
export type Reviewed = Extract<EmergencyEvent, { type: 'emergency.reviewed' }>;

/** An emergency disclosure: what was opened, when it closed, and what its review found. */
export interface Emergency extends Opened {
  readonly closed: number | null;
  readonly review: Pick<Reviewed, 'by' | 'verdict' | 'reason' | 'at'> | null;
}

/** All of them, by id, in order of opening. */
export type Emergencies = ReadonlyMap<string, Emergency>;

export const NO_EMERGENCIES: Emergencies = new Map();

/** The emergencies after an event. Events about unknown ones change nothing. */
export function evolve(emergencies: Emergencies, event: EmergencyEvent): Emergencies {
  if (event.type === 'emergency.opened') {
    return new Map(emergencies).set(event.id, { ...event, closed: null, review: null });
  }
  const known = emergencies.get(event.id);
  if (known === undefined) return emergencies;
  return new Map(emergencies).set(event.id, after(known, event));
}

function after(emergency: Emergency, event: Exclude<EmergencyEvent, Opened>): Emergency {
  const { by, reason, at } = event;
  if (event.type === 'emergency.closed') return { ...emergency, closed: at };
  return { ...emergency, review: { by, verdict: event.verdict, reason, at } };
}

/** Whether it opens anything at a moment: its hours end with no event. */
export function isOpen({ closed, until }: Emergency, at: number): boolean {
  return closed === null && at < until;
}

/** Whether its review should have been made by a moment and was not. */
export function isOverdue({ review, reviewDue }: Emergency, at: number): boolean {
  return review === null && at >= reviewDue;
}
