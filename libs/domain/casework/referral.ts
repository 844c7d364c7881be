import { Conflict, Invalid } from '../../contract/failure.js';
import { type CaseworkEvent, type Ground } from './command.js';
import { type HoldReferralMeeting, type RaiseReferral } from './management-command.js';
import { fact, needInForce, needNew, needOrder, needParties, needPast, needText } from './deciding.js';
import { attendingAgencies, needAttendees } from './conference.js';
import { type Level, levelsIn } from './level.js';
import { idIn, ofType, type Step, textIn, textsIn } from './read-data.js';

/** The single referral meeting, which looks at every level at once, those of MAPPA included (R40). */
export interface ReferralMeeting {
  readonly id: string;
  readonly heldOn: number;
  /** Agency ids. */
  readonly attendees: readonly string[];
  /** `<reference>/<version>`. */
  readonly agreements: readonly string[];
  readonly by: readonly string[];
}

export interface Referral {
  readonly id: string;
  readonly at: number;
  /** Agency id. */
  readonly agency: string | null;
  /** Those asked for. */
  readonly levels: readonly Level[];
  readonly meeting: ReferralMeeting | null;
  /** Log event id of the decision. */
  readonly decidedBy: string | null;
  readonly by: readonly string[];
}

export function referralsOf(steps: readonly Step[]): readonly Referral[] {
  const meetings = ofType(steps, 'hub.singleReferralMeeting.held');
  const decisions = ofType(steps, 'hub.management.decided');
  return ofType(steps, 'hub.referral.raised').map((raised) => {
    const id = idIn(raised, 'referralId');
    const isAbout = ({ data }: Step): boolean => data['referralId'] === id;
    return {
      id,
      at: raised.at,
      agency: textIn(raised.data, 'raisedByAgency'),
      levels: levelsIn(raised.data, 'requestedLevels') ?? [],
      meeting: meetings.filter(isAbout).map(meetingOf)[0] ?? null,
      decidedBy: decisions.find(isAbout)?.id ?? null,
      by: [raised.id],
    };
  });
}

function meetingOf(held: Step): ReferralMeeting {
  return {
    id: idIn(held, 'meetingId'),
    heldOn: held.at,
    attendees: attendingAgencies(held.data),
    agreements: textsIn(held.data, 'agreements'),
    by: [held.id],
  };
}

interface Known {
  readonly referrals: readonly Referral[];
}

/** Any agency may refer somebody, with its reason and the levels that it asks for. */
export function raiseReferral(
  { referrals }: Known,
  { referralId, reason, requestedLevels, evidenceRefs, by }: RaiseReferral,
  ground: Ground,
): readonly CaseworkEvent[] {
  needNew(referralId, referrals);
  if (requestedLevels.length === 0) throw new Invalid('levels-required', 'a referral asks for a level');
  const raised = { raisedByAgency: by.agency, raisedBy: by.user, reason: needText('reason', reason) };
  return [fact('hub.referral.raised', ground, { referralId, ...raised, evidenceRefs, requestedLevels })];
}

/**
 * One meeting a referral. What it relied on must be in force; where several agencies meet, something must be, and bind
 * each of them (KP 1.6).
 */
export function holdReferralMeeting(
  { referrals }: Known,
  { meetingId, referralId, heldOn, chairedBy, attendees, agreements }: HoldReferralMeeting,
  ground: Ground,
): readonly CaseworkEvent[] {
  const referral = referrals.find(({ id }) => id === referralId);
  if (referral === undefined) throw noReferral();
  if (referral.meeting !== null) throw new Conflict('meeting-held', 'the referral had its meeting');
  needNew(
    meetingId,
    referrals.flatMap(({ meeting }) => meeting ?? []),
  );
  needOrder('heldOn', needPast('heldOn', heldOn, ground), referral.at);
  const present = needAttendees(attendees, ground);
  const attending = [...new Set(attendees.map(({ agency }) => agency))];
  if (agreements.length === 0 && attending.length > 1)
    throw new Invalid('agreement-required', 'agencies that meet rely on an agreement');
  needInForce(agreements, ground);
  if (attending.length > 1) needParties(attending, agreements, ground);
  const held = { meetingId, referralId, heldOn, chairedBy, attendees: present, agreements };
  return [fact('hub.singleReferralMeeting.held', ground, held, heldOn)];
}

/** Throws `Conflict` where there is no such referral, or it was decided. */
export function openReferral({ referrals }: Known, referralId: string): Referral {
  const referral = referrals.find(({ id }) => id === referralId);
  if (referral === undefined) throw noReferral();
  if (referral.decidedBy !== null) throw new Conflict('referral-decided', 'the referral was decided');
  return referral;
}

function noReferral(): Conflict {
  return new Conflict('no-referral', 'there is no such referral');
}
