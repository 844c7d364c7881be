import {
  DAY,
  dateOf,
  HOUR,
  instantOf,
  type Minute,
  onDay,
  startOfDay,
} from '../../demonstration/calendar.js';
import { workerOf } from '../../demonstration/names.js';
import { later, type Story, tell } from '../../demonstration/story.js';
import { type State } from './careers.js';
import { type Member } from './cast.js';

/** How a person's published year is told: decisions, areas, prison and probation. */
export function tellYear(story: Story, { career, needs }: Member, days: readonly string[]): void {
  const { states, from, to } = career;
  const first = startOfDay(days[0] ?? '');
  let before: State = null;
  states.forEach((state, index) => {
    const at = index === 0 ? entryAt(story, first, needs !== null) : changeAt(story, days[index - 1] ?? '');
    if (state !== before)
      tellChange(story, career.level, before, state, index === 0 ? sinceWhen(story, first, state, at) : at);
    if (before === null && state !== null) assign(story, from ?? to, at + HOUR);
    before = state;
  });
  if (from !== null && to !== null && from !== to) assign(story, to, changeAt(story, days.at(-2) ?? ''));
}

/** Most were taken on in the year before; who is assessed all along entered within days of the first day. */
function entryAt(story: Story, first: Minute, isAssessed: boolean): Minute {
  return isAssessed ? later(story, first, -7, -1) : later(story, first, -300, -20);
}

/** Between two published days, in working hours. */
function changeAt(story: Story, day: string): Minute {
  return later(story, startOfDay(day), 20, 60);
}

interface Moments {
  readonly decided: Minute;
  readonly moved: Minute;
}

/** Who is in prison on the first day went there in the winter before. */
function sinceWhen(story: Story, first: Minute, state: State, decided: Minute): Minute | Moments {
  return state === 'custody' ? { decided, moved: later(story, first, -90, -12) } : decided;
}

function tellChange(story: Story, level: string, before: State, state: State, at: Minute | Moments): void {
  const { decided, moved } = typeof at === 'number' ? { decided: at, moved: at } : at;
  const isNew = before === null;
  const wasStatutory = !isNew && before !== 'voluntary';
  if (state === null) return decide(story, [], null, decided);
  if (isNew || wasStatutory !== (state !== 'voluntary'))
    decide(story, [level], state === 'voluntary' ? 'voluntary' : 'statutory', decided);
  if (state === 'custody') return receive(story, moved);
  if (before === 'custody') release(story, moved - HOUR);
  if (state !== 'voluntary') allocate(story, state, moved);
}

function decide(story: Story, levels: readonly string[], management: string | null, at: Minute): void {
  tell(story, 'hub.management.decided', at, {
    levels,
    ...(management !== null && { management }),
    rationale: levels.length === 0 ? 'Managed no more' : 'Panel decision',
    decidedBy: 'Panel Chair',
  });
}

function assign(story: Story, area: string | null, at: Minute): void {
  if (area !== null) tell(story, 'hub.area.assigned', at, { area });
}

function receive(story: Story, at: Minute): void {
  tell(story, 'prison.received', at, { prisonId: 'ZZA', reason: 'ADMISSION', receivedAt: instantOf(at) });
}

function release(story: Story, at: Minute): void {
  tell(story, 'prison.released', at, {
    reason: 'RELEASED',
    currentLocation: 'OUTSIDE_PRISON',
    releasedAt: instantOf(at),
  });
}

function allocate(story: Story, provider: string, at: Minute): void {
  tell(story, 'probation.case.allocated', at, { teamCode: `${provider}-ZZ`, provider, from: dateOf(at) });
}

const ASSESSMENTS = 5;

/** Assessed on entry and every three months up to twelve; a score goes down by one now and then, never up. */
export function tellNeeds(story: Story, needs: ReadonlyMap<string, number | null>, firstDay: string): void {
  const { random } = story;
  let scores = [...needs];
  const entry = startOfDay(firstDay) + random.whole(0, 3) * DAY;
  for (let nth = 0; nth < ASSESSMENTS; nth += 1) {
    const at = onDay(entry + nth * 90 * DAY, 11 * HOUR);
    tell(story, 'hub.needs.assessed', at, {
      instrument: 'LLR',
      assessedOn: dateOf(at),
      assessor: workerOf(random),
      pathways: scores.map(([pathway, score]) => assessed(pathway, score)),
    });
    scores = scores.map(([pathway, score]) => [
      pathway,
      score !== null && score > 1 && random.chance(0.3) ? score - 1 : score,
    ]);
  }
}

function assessed(pathway: string, score: number | null): object {
  return score === null
    ? { pathway, scored: false, needIdentified: false }
    : { pathway, scored: true, score, needIdentified: true };
}
