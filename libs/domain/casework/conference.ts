import { Invalid } from '../../contract/failure.js';
import { type CaseworkEvent, type Ground } from './command.js';
import { type Attendee, type HoldConference } from './management-command.js';
import { fact, needAgencies, needPast } from './deciding.js';
import { ofType, recordsIn, type Step, textIn } from './read-data.js';

export interface Conference {
  readonly at: number;
  /** Agency ids. */
  readonly attendees: readonly string[];
  /** How many actions were agreed. */
  readonly actions: number;
  readonly by: readonly string[];
}

export function conferencesOf(steps: readonly Step[]): readonly Conference[] {
  return ofType(steps, 'hub.case.conferenceHeld').map(({ id, at, data }) => ({
    at,
    attendees: attendingAgencies(data),
    actions: recordsIn(data, 'actions').length,
    by: [id],
  }));
}

/** The agencies that attended a meeting, each once. */
export function attendingAgencies(data: Step['data']): readonly string[] {
  const named = recordsIn(data, 'attendees').flatMap((each) => textIn(each, 'agency') ?? []);
  return [...new Set(named)];
}

/** The attendees as a fact names them. Throws `Invalid` where there are none, or from an agency outside the partnership. */
export function needAttendees(
  attendees: readonly Attendee[],
  ground: Ground,
): readonly Readonly<Record<string, string>>[] {
  if (attendees.length === 0) throw new Invalid('attendees-required', 'somebody attends a meeting');
  needAgencies(
    attendees.map(({ agency }) => agency),
    ground,
  );
  return attendees.map(({ agency, name }) => (name == null ? { agency } : { agency, name }));
}

/** A case conference of the agencies that manage the person together. */
export function holdConference(
  { heldOn, attendees, actions }: HoldConference,
  ground: Ground,
): readonly CaseworkEvent[] {
  needPast('heldOn', heldOn, ground);
  const agreed = actions?.map(({ action, owner, due }) =>
    due == null ? { action, owner } : { action, owner, due },
  );
  const held = { heldOn, attendees: needAttendees(attendees, ground), actions: agreed };
  return [fact('hub.case.conferenceHeld', ground, held, heldOn)];
}
