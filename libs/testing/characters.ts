import { UNKNOWN_MOMENT } from '../contract/moment.js';
import { type StateFact } from '../domain/casework/offender-history.js';
import { type OffenderState, UNMANAGED } from '../domain/casework/offender-state.js';

/** An invented person under management: what the IOM team recorded of them, and what it comes to. */
export interface Character {
  readonly name: string;
  /** The hub's identifier. */
  readonly offender: string;
  readonly history: readonly StateFact[];
  readonly state: OffenderState;
}

/** A fact that bears on a person's state, of the IOM team's unless told, with a short id of its own. */
export function recorded(
  id: string,
  type: string,
  control: StateFact['control'] = {},
  rest: Partial<Pick<StateFact, 'publisher' | 'happened' | 'corrects' | 'retracts'>> = {},
): StateFact {
  const fact = { id, type, publisher: 'hub', happened: UNKNOWN_MOMENT, control };
  return { ...fact, corrects: null, retracts: null, ...rest };
}

const selected = (cohort: string): StateFact => recorded('selected', 'hub.cohort.selected', { cohort });
const managedAt = (...levels: string[]): StateFact =>
  recorded('levels', 'hub.management.decided', { levels });
const consented = (...consentScope: string[]): StateFact =>
  recorded('consent', 'hub.consent.given', { consentScope });
const withdrew = (...consentScope: string[]): StateFact =>
  recorded('withdrawal', 'hub.consent.withdrawn', { consentScope });

/** Sam Synthetic: prolific, managed as Priority, and content that treatment and housing know of his health. */
export const sam: Character = {
  name: 'Sam Synthetic',
  offender: 'sam',
  history: [selected('Fixed'), managedAt('Priority'), consented('treatment:HLTH', 'housing:*')],
  state: {
    ...UNMANAGED,
    cohorts: ['Fixed'],
    levels: ['Priority'],
    consents: ['housing:*', 'treatment:HLTH'],
  },
};

/** Nadia Invented: in the Flex cohort at the Enhanced level; consents to nothing. */
export const nadia: Character = {
  name: 'Nadia Invented',
  offender: 'nadia',
  history: [selected('Flex'), managedAt('Enhanced')],
  state: { ...UNMANAGED, cohorts: ['Flex'], levels: ['Enhanced'], consents: [] },
};

/** Morgan Madeup: a MAPPA level 2 case outside every cohort. */
export const morgan: Character = {
  name: 'Morgan Madeup',
  offender: 'morgan',
  history: [managedAt('MAPPA-2')],
  state: { ...UNMANAGED, cohorts: [], levels: ['MAPPA-2'], consents: [] },
};

/** Carol Fictional: like Sam, until she took every consent for housing back. */
export const carol: Character = {
  name: 'Carol Fictional',
  offender: 'carol',
  history: [...sam.history, withdrew('housing:*')],
  state: { ...UNMANAGED, cohorts: ['Fixed'], levels: ['Priority'], consents: ['treatment:HLTH'] },
};

/** Terry Nobody: known to the hub, managed by nobody. */
export const terry: Character = { name: 'Terry Nobody', offender: 'terry', history: [], state: UNMANAGED };

export const characters: readonly Character[] = [sam, nadia, morgan, carol, terry];
