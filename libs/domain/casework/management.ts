import { Conflict, Invalid } from '../../contract/failure.js';
import { ageHolds } from './age.js';
import { type CaseworkEvent, type Ground } from './command.js';
import { type DecideManagement } from './management-command.js';
import { fact, needLater, needText } from './deciding.js';
import { type ExitPlan } from './exit.js';
import { type Held, heldAt } from './held.js';
import { type Informed, isInformedOfSharing } from './informing.js';
import { type Level } from './level.js';
import { exitOn } from './plan-exit.js';
import { openReferral, type Referral, type ReferralMeeting } from './referral.js';
import { transferred } from './responsibility.js';

interface Known {
  readonly referrals: readonly Referral[];
  readonly levels: readonly Held<readonly Level[]>[];
  readonly informed: readonly Informed[];
  readonly exits: readonly ExitPlan[];
}

/** Levels that somebody enters only by way of a referral and its single meeting. */
const throughMeeting: ReadonlySet<Level> = new Set(['Enhanced', 'Priority', 'MAPPA-2', 'MAPPA-3']);

const ADULT = { from: 18 };

/**
 * A human decides the levels from now on, any set of them, and says why; dissent is kept (R21). Whoever enters Enhanced,
 * Priority or MAPPA level 2 or 3 was referred and discussed in the single referral meeting (R40); Standard needs
 * neither. Priority, a scheme for adults, refuses who is or may be under 18 (R41) and passes responsibility to the
 * co-located team. Leaving what was entered through the meeting rests on an exit plan (KP 6.1). Voluntary management
 * presupposes that the person was informed of the sharing (R15).
 */
export function decideManagement(
  known: Known,
  command: DecideManagement,
  ground: Ground,
): readonly CaseworkEvent[] {
  const { levels, management, mappaCategory, referralId, dissent, nextReview } = command;
  if (new Set(levels).size < levels.length) throw new Invalid('levels-twice', 'a level is named twice');
  const held = heldAt(known.levels, ground.at).flatMap(({ value }) => value);
  const entered = levels.filter((level) => !held.includes(level));
  const meeting = meetingFor(known, entered, referralId);
  if (levels.includes('Priority')) needAdult(ground);
  if (management === 'voluntary') needInformed(known.informed, ground);
  const leaves = levels.length === 0 && held.some((level) => throughMeeting.has(level));
  const exit = leaves ? exitOn(known, command.exitPlanId, ground) : {};
  const decided = fact('hub.management.decided', ground, {
    ...{ levels, mappaCategory, management, referralId, meetingId: meeting?.id },
    ...{ rationale: needText('rationale', command.rationale), dissent, decidedBy: command.by.user },
    ...exit,
    nextReview: needLater('nextReview', nextReview, ground),
  });
  return entered.includes('Priority') ? [decided, transferred(command, ground)] : [decided];
}

function meetingFor(
  known: Known,
  entered: readonly Level[],
  referralId: string | null | undefined,
): ReferralMeeting | null {
  const meeting = referralId == null ? null : openReferral(known, referralId).meeting;
  if (meeting === null && entered.some((level) => throughMeeting.has(level)))
    throw new Conflict(
      'meeting-required',
      'these levels are entered through a referral and its single referral meeting',
    );
  return meeting;
}

function needAdult({ born, at }: Ground): void {
  if (!ageHolds(born, ADULT, at, at))
    throw new Conflict('priority-under-18', 'Priority is for whoever is surely 18 or older');
}

function needInformed(informed: readonly Informed[], { at }: Ground): void {
  if (!informed.some((each) => each.at <= at && isInformedOfSharing(each)))
    throw new Conflict('not-informed', 'voluntary management begins once the person was informed of sharing');
}
