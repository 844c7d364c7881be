import { DAY, dateOf, HOUR, type Minute } from './calendar.js';
import { workerOf } from './names.js';
import { later, type Story, tell, timesOutside } from './story.js';

type Outside = ReturnType<typeof timesOutside>[number];

/** Half of those with a drugs or alcohol need are in treatment for a time; half of these consent to its being known. */
export function treatment(story: Story, from: Minute): void {
  const { person, random } = story;
  if (!person.needs.has('drugs-alcohol') || !random.chance(0.5)) return;
  const times = timesOutside(story, from, 60);
  const time = random.chance(0.5) ? times[times.length - 1] : random.pick(times);
  if (time === undefined) return;
  const referredAt = refer(story, time);
  const startedAt = later(story, referredAt, 7, 14);
  const modality = random.pick(['pharmacological', 'psychosocial', 'recovery-support']);
  const data = { triageDate: dateOf(startedAt - 3 * DAY), modality, interventionStart: dateOf(startedAt) };
  tell(story, 'treatment.started', startedAt, data);
  if (random.chance(0.5)) consent(story, startedAt);
  attend(story, 'treatment.attendance.recorded', startedAt, time, random.whole(4, 12));
  endTreatment(story, startedAt, time, modality);
}

function refer(story: Story, time: Outside): Minute {
  const { random, positiveTests } = story;
  const referredAt = later(story, time.from, 2, 12);
  const isTested = positiveTests.some((at) => at < referredAt && at > referredAt - 60 * DAY);
  tell(story, 'treatment.referral.made', referredAt, {
    referralDate: dateOf(referredAt),
    source: isTested ? 'arrest-referral' : random.pick(['probation', 'prison', 'self']),
    agencyCode: 'Z0001',
    substances: random.pick([['opiate'], ['opiate', 'crack'], ['alcohol'], ['cocaine', 'alcohol']]),
    ...(isTested && { testedSubstances: ['opiate'], requiredAssessment: 'initial' }),
  });
  return referredAt;
}

function attend(story: Story, type: string, from: Minute, { to }: Outside, times: number): void {
  const { random } = story;
  let at = later(story, from, 7, 14);
  for (let nth = 0; nth < times && at < to - DAY; nth++, at = later(story, at, 10, 16)) {
    const attendance = random.pick(['kept', 'kept', 'kept', 'missed', 'rearranged']);
    tell(story, type, at, { attendedOn: dateOf(at), attendance });
  }
}

/** Prison ends treatment; otherwise it ends after half a year, if the story lasts so long. */
function endTreatment(story: Story, startedAt: Minute, time: Outside, modality: string): void {
  const planned = later(story, startedAt, 210, 240);
  const isCut = planned >= time.to - DAY;
  if (isCut && !time.custody) return;
  const endedOn = isCut ? time.to - HOUR : planned;
  const reason = isCut
    ? 'in-custody'
    : story.random.pick(['completed-drug-free', 'completed-occasional-user', 'dropped-out']);
  tell(story, 'treatment.ended', endedOn, { endedOn: dateOf(endedOn), modality, reason });
}

/** Consent is the IOM team's to record; some withdraw it. */
function consent(story: Story, startedAt: Minute): void {
  const { random } = story;
  const consentScope = random.pick([
    ['police:HLTH', 'hub:HLTH'],
    ['police:HLTH', 'hub:HLTH', 'probation:HLTH'],
    ['police:HLTH', 'hub:HLTH', 'probation:*'],
    ['police:treatment.attendance.recorded/attendance', 'hub:HLTH'],
  ]);
  const data = { consentScope, formVersion: '3', recordedBy: workerOf(random) };
  const givenAt = later(story, startedAt, 0, 5);
  tell(story, 'hub.consent.given', givenAt, data);
  if (random.chance(0.12)) tell(story, 'hub.consent.withdrawn', later(story, givenAt, 20, 90), data);
}

/** Health services are asked for some of those with a health need. */
export function health(story: Story, from: Minute): void {
  const { person, random } = story;
  const [time] = timesOutside(story, from, 40);
  if (!person.needs.has('health') || time === undefined) return;
  const receivedOn = later(story, time.from, 5, 20);
  tell(story, 'health.referral.received', receivedOn, {
    referralRef: `HRF-${person.index}`,
    service: random.pick(['Liaison and diversion', 'Community mental health', 'Primary care']),
    priority: random.pick(['routine', 'routine', 'urgent']),
    receivedOn: dateOf(receivedOn),
  });
  attend(story, 'health.attendance.recorded', receivedOn, time, random.whole(1, 5));
}

/** A voluntary programme, for some of those with needs that it answers; it may lead to a job or a qualification. */
export function voluntary(story: Story, from: Minute): void {
  const { person, random } = story;
  const times = timesOutside(story, from, 100);
  if (!person.needs.has('education-training-employment') || times.length === 0 || !random.chance(0.4)) return;
  const { to } = random.pick(times);
  const programme = random.pick(['Invented Futures', 'Pretend Workshop', 'Imaginary Allotment']);
  const engagement = { clientRef: `VOL-${person.index}`, programme, site: 'Examplebury Centre' };
  const startedOn = later(story, to, -95, -75);
  tell(story, 'vcse.engagement.started', startedOn, { ...engagement, startedOn: dateOf(startedOn) });
  const achievedOn = later(story, startedOn, 25, 60);
  const outcome = random.pick(['employment', 'qualification', 'mentoring', 'volunteering']);
  if (random.chance(0.5)) {
    tell(story, 'vcse.outcome.achieved', achievedOn, {
      ...engagement,
      outcome,
      achievedOn: dateOf(achievedOn),
    });
  }
  const endedOn = later(story, startedOn, 61, 70);
  if (random.chance(0.7))
    tell(story, 'vcse.engagement.ended', endedOn, { ...engagement, endedOn: dateOf(endedOn) });
}
