import { birthday, DAY, dateOf, type Minute } from './calendar.js';
import { COURT } from './court.js';
import { type Data, isAdult, later, type Story, tell } from './story.js';

/** Probation marks a few of its cases as limited in access (R53), most often because somebody there knows the person. */
export function limitedAccess(story: Story): void {
  const { random, person, start, end } = story;
  const isTheirs = person.ending === 'custody' || person.ending === 'licence' || person.ending === 'order';
  if (!isTheirs || !random.chance(0.04)) return;
  const markedAt = later(story, start, 90, 500);
  const restriction = random.chance(0.75) ? 'RESTRICTED' : 'EXCLUDED';
  tell(story, 'probation.lao.set', markedAt, { restriction, reason: 'Known to a member of staff' });
  const liftedAt = later(story, markedAt, 60, 200);
  if (random.chance(0.3) && liftedAt < end)
    tell(story, 'probation.lao.set', liftedAt, { restriction: 'NONE' });
}

/** Courts protect every child until the eighteenth birthday, and postpone reports about a few trials until they are over. */
export function reportingRestrictions(story: Story): void {
  const { random, person, start } = story;
  const imposedAt = later(story, start, 30, 300);
  if (person.ending === 'child' && !isAdult(story, imposedAt)) {
    const scope = 'Nothing that would lead to the identification of the child';
    impose(story, imposedAt, {
      provision: 'CYPA 1933 s.49',
      scope,
      ends: dateOf(birthday(person.born, 18) - DAY),
    });
  }
  if (person.ending !== 'child' && random.chance(0.02)) postpone(story, imposedAt);
}

function postpone(story: Story, imposedAt: Minute): void {
  impose(story, imposedAt, { provision: 'CCA 1981 s.4(2)', scope: 'Reports of the trial until its end' });
  const liftedAt = later(story, imposedAt, 20, 120);
  tell(story, 'court.reportingRestriction.lifted', liftedAt, {
    ...COURT,
    restrictionId: restrictionIdOf(story),
    liftedOn: dateOf(liftedAt),
    reason: 'The trial is over',
  });
}

function impose(story: Story, at: Minute, restriction: Data): void {
  const data = { ...COURT, restrictionId: restrictionIdOf(story), ...restriction, imposedOn: dateOf(at) };
  tell(story, 'court.reportingRestriction.imposed', at, data);
}

/** One restriction for each person at most, so it takes its id from the person's number. */
function restrictionIdOf({ person: { index, offset } }: Story): string {
  const [seed, person] = [String(offset).padStart(8, '0'), String(index).padStart(12, '0')];
  return `${seed}-0000-4000-8000-${person}`;
}
