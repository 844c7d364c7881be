import { intelligence } from './arrest.js';
import { DAY, type Minute } from './calendar.js';
import { custodyCycle } from './custody.js';
import { health, treatment, voluntary } from './support.js';
import { housing } from './housing.js';
import { management } from './management.js';
import { type Person } from './person.js';
import { type Random } from './random.js';
import { limitedAccess, reportingRestrictions } from './safeguards.js';
import { type Happening, type Story, storyOf } from './story.js';
import { communityCycle, minorCycle, riskAssessments, youthCycle } from './supervision.js';

/** Everything that happens to a person between two moments, in no order; some of it may lie beyond the end. */
export function lifeCourse(random: Random, person: Person, start: Minute, end: Minute): readonly Happening[] {
  const story = storyOf(person, random, start, end);
  const parts = partsOf(story);
  parts.slice(0, -1).forEach(([from, to]) => earlierCycle(story, from, to));
  const last = parts.at(-1);
  if (last !== undefined) lastCycle(story, ...last);
  intelligence(story);
  const selected = management(story);
  riskAssessments(story, start + 60 * DAY);
  treatment(story, selected);
  health(story, selected);
  voluntary(story, selected);
  housing(story);
  limitedAccess(story);
  reportingRestrictions(story);
  return story.happenings;
}

/** The time cut into one part for each cycle of offending and what follows it; Priority people have more of them. */
function partsOf({ random, person, start, end }: Story): readonly (readonly [Minute, Minute])[] {
  const parts = person.level === 'Priority' ? random.whole(3, 4) : random.whole(2, 3);
  const begin = start + random.whole(0, 30) * DAY;
  const each = (end - begin) / parts;
  const cut = (at: number): Minute =>
    begin + at * each + (at % parts === 0 ? 0 : random.whole(-10, 10) * DAY);
  const cuts = Array.from({ length: parts + 1 }, (_, at) => cut(at));
  return cuts.slice(1).map((to, at) => [(cuts[at] ?? begin) + 2 * DAY, to]);
}

function earlierCycle(story: Story, from: Minute, to: Minute): void {
  const { random, person } = story;
  const isFirst = story.cases === 0;
  if (person.ending === 'child')
    return isFirst ? youthCycle(story, from, story.end) : minorCycle(story, from);
  const kind = random.whole(1, 10);
  if (kind <= (person.level === 'Priority' ? 5 : 3)) custodyCycle(story, from, to, 'served');
  else if (kind <= 7 || isFirst) communityCycle(story, from, to, 'ended');
  else minorCycle(story, from);
}

function lastCycle(story: Story, from: Minute, to: Minute): void {
  switch (story.person.ending) {
    case 'custody':
      return custodyCycle(story, from, to, story.random.chance(0.5) ? 'inside' : 'recalled');
    case 'licence':
      return custodyCycle(story, from, to, 'on-licence');
    case 'order':
      return communityCycle(story, from, to, 'running');
    case 'unsupervised':
    case 'child':
      return minorCycle(story, from);
  }
}
