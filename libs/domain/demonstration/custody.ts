import { arrest, type Case, charge } from './arrest.js';
import { DAY, dateOf, HOUR, instantOf, type Minute, onDay } from './calendar.js';
import { list, sentence } from './court.js';
import { allocate } from './supervision.js';
import { later, type Story, tell } from './story.js';

/** How a spell in prison goes on: the licence ends, still runs at the end, is recalled for good; or no release comes. */
export type Outcome = 'served' | 'on-licence' | 'recalled' | 'inside';

const prisons = ['ZZA', 'ZZB', 'ZZC'] as const;

/** Arrest, remand or bail, prison sentence, and what follows it, between `from` and `to`. */
export function custodyCycle(story: Story, from: Minute, to: Minute, outcome: Outcome): void {
  const { random } = story;
  const made = arrest(story, from);
  const remand = random.chance(0.6) ? 'custody' : 'bail';
  const hearing = later(story, made.arrestedAt, 14, 28);
  charge(story, made, remand === 'custody' ? made.arrestedAt + DAY : hearing, remand);
  if (remand === 'custody') receive(story, onDay(made.arrestedAt + DAY, 17 * HOUR), 'N');
  list(story, made, onDay(made.arrestedAt + 2 * DAY, 9 * HOUR), hearing, 'Sentence');
  const serve = random.whole(35, 50) / 100;
  const releaseAt = onDay(hearing + (to - hearing) * serve, 9 * HOUR + 30);
  const licenceEnd = outcome === 'served' ? to - random.whole(3, 10) * DAY : to + random.whole(30, 200) * DAY;
  sentence(story, made, hearing, { kind: 'custody', days: Math.round((licenceEnd - hearing) / DAY) });
  if (remand === 'bail') receive(story, onDay(hearing, 18 * HOUR), 'I');
  allocate(story, later(story, hearing, 3, 8));
  const insideUntil = outcome === 'inside' ? licenceEnd : releaseAt;
  sentenceDates(story, hearing, insideUntil, licenceEnd);
  if (outcome !== 'inside') onRelease(story, made, releaseAt, licenceEnd, outcome);
}

function receive(story: Story, at: Minute, movementReasonCode: string): void {
  const data = { prisonId: story.random.pick(prisons), reason: 'ADMISSION', movementReasonCode };
  const times = { receivedAt: instantOf(at), provisionalUntil: instantOf(at + 45) };
  tell(story, 'prison.received', at, { ...data, ...times });
  story.custody.push({ from: at, to: null });
}

function sentenceDates(story: Story, hearing: Minute, release: Minute, sentenceEnd: Minute): void {
  const dates = [
    { kind: 'crd', date: dateOf(release), overridden: false },
    { kind: 'sed', date: dateOf(sentenceEnd), overridden: false },
  ];
  tell(story, 'prison.sentenceDates.changed', later(story, hearing, 2, 4), { dates });
  if (!story.random.chance(0.3)) return;
  const at = later(story, hearing, 8, 12);
  if (at < release)
    tell(story, 'prison.transfer', at, { from: 'ZZA', to: 'ZZD', transferredAt: instantOf(at) });
}

function onRelease(story: Story, made: Case, releaseAt: Minute, licenceEnd: Minute, outcome: Outcome): void {
  const { random, end } = story;
  const licenceRef = `LIC-${made.hearingId.slice(4)}`;
  release(story, releaseAt, licenceRef);
  activate(story, releaseAt, licenceEnd, licenceRef);
  const outside = Math.min(licenceEnd, end) - releaseAt;
  const recallAt = onDay(releaseAt + outside * 0.5, 11 * HOUR);
  if (outcome === 'recalled') recall(story, recallAt, 'LR');
  else if (outside > 90 * DAY && random.chance(0.3)) {
    const returned = recall(story, recallAt, 'FTR_28');
    release(story, onDay(returned + 27 * DAY, 9 * HOUR + 30), licenceRef);
  } else if (random.chance(0.3)) vary(story, recallAt, licenceEnd, licenceRef);
  if (outcome === 'served') {
    tell(story, 'probation.licence.ended', licenceEnd, {
      licenceRef,
      endedOn: dateOf(licenceEnd),
      reason: 'Expired',
    });
  }
}

function release(story: Story, releasedAt: Minute, licenceRef: string): void {
  const stay = story.custody.pop();
  if (stay === undefined) return;
  story.custody.push({ from: stay.from, to: releasedAt });
  const plannedAt = Math.max(
    stay.from + 5 * DAY,
    onDay(releasedAt - story.random.whole(14, 28) * DAY, 10 * HOUR),
  );
  tell(story, 'prison.releasePlanned', plannedAt, {
    releaseDate: dateOf(releasedAt),
    licenceRef,
    addressApproved: story.random.chance(0.7),
  });
  tell(story, 'prison.released', releasedAt, {
    reason: 'RELEASED',
    movementReasonCode: 'CR',
    currentLocation: 'OUTSIDE_PRISON',
    currentPrisonStatus: 'NOT_UNDER_PRISON_CARE',
    releasedAt: instantOf(releasedAt),
  });
}

function activate(story: Story, releasedAt: Minute, licenceEnd: Minute, licenceRef: string): void {
  const { random } = story;
  const conditions = [
    { code: 'STD', text: 'To be of good behaviour and to keep in touch as instructed' },
    ...(random.chance(0.5)
      ? [{ code: 'NCO', text: 'Not to enter a named area', place: 'Examplebury town centre' }]
      : []),
  ];
  tell(story, 'probation.licence.activated', releasedAt + HOUR, {
    licenceRef,
    kind: 'CRD',
    licenceType: 'AP',
    dates: { lsd: dateOf(releasedAt), crd: dateOf(releasedAt), led: dateOf(licenceEnd) },
    conditions,
    ...(random.chance(0.25) && { electronicMonitoring: ['curfew'] }),
  });
}

function vary(story: Story, at: Minute, licenceEnd: Minute, licenceRef: string): void {
  tell(story, 'probation.licence.varied', at, {
    licenceRef,
    kind: 'VARIATION',
    licenceType: 'AP',
    dates: { led: dateOf(licenceEnd) },
    conditions: [{ code: 'RES', text: 'To reside as approved', place: 'Examplebury' }],
    reason: 'Address changed',
  });
}

/** Recall and, after days at large, the return to prison; a fixed term of 28 counts the day of return (R39). Returns that moment. */
function recall(story: Story, decidedAt: Minute, recallType: 'LR' | 'FTR_28'): Minute {
  const ualDays = story.random.whole(0, 9);
  const returned = onDay(decidedAt + ualDays * DAY, 15 * HOUR);
  const lawVersion = recallType === 'LR' ? 'CJA 2003 s.254' : 'CJA 2003 s.255A';
  const decided = { recallType, decidedOn: dateOf(decidedAt), revocationDate: dateOf(decidedAt), lawVersion };
  tell(story, 'probation.recall.decided', decidedAt, decided);
  tell(story, 'probation.recall.returnedToCustody', returned, {
    recallType,
    returnToCustodyDate: dateOf(returned),
    inPrisonOnRevocationDate: false,
    ualDays,
    ...(recallType === 'FTR_28' && { expectedRelease: dateOf(returned + 27 * DAY) }),
  });
  receive(story, returned + 2 * HOUR, 'L');
  return returned;
}
