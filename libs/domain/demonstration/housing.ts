import { DAY, dateOf, type Minute } from './calendar.js';
import { isInPrison, later, type Story, tell } from './story.js';

/** Whoever leaves prison with an accommodation need is referred before release, and many are placed; prison ends a placement. */
export function housing(story: Story): void {
  const { person, custody, random } = story;
  if (!person.needs.has('accommodation')) return;
  const releases = custody.flatMap(({ to }) => (to === null ? [] : [to]));
  if (releases.length === 0) return homeless(story);
  for (const release of releases) {
    if (random.chance(0.6)) apply(story, later(story, release, -13, -6), 'duty-to-refer-prison');
    if (random.chance(0.6)) place(story, release + DAY);
  }
}

function homeless(story: Story): void {
  const { random, start, end } = story;
  const at = later(story, random.whole(start, end - 60 * DAY), 0, 0);
  if (isInPrison(story, at) || !random.chance(0.5)) return;
  apply(story, at, random.pick(['homelessness-relief', 'duty-to-refer-probation', 'register']));
  if (random.chance(0.5)) place(story, later(story, at, 10, 40));
}

function apply(story: Story, at: Minute, applicationType: string): void {
  tell(story, 'housing.application.submitted', at, {
    localAuthority: 'Examplebury Council',
    applicationRef: `APP-${story.person.index}-${dateOf(at)}`,
    applicationType,
    refDate: dateOf(at),
  });
}

/** Some councils know only the month of arrival. */
function place(story: Story, from: Minute): void {
  const { random, person, custody } = story;
  const arrivedOn = later(story, from, 0, 0);
  if (isInPrison(story, arrivedOn)) return;
  const prison = custody.map((stay) => stay.from).find((each) => each > arrivedOn) ?? Infinity;
  const accommodationType = random.pick([
    'CAS3',
    'CAS2',
    'supported',
    'council',
    'private',
    'hostel',
    'sofa-surfing',
  ]);
  const placement = {
    tenantRef: `TEN-${person.index}`,
    placementRef: `PLC-${person.index}-${dateOf(arrivedOn)}`,
    accommodationType,
  };
  const isMonth = random.chance(0.08);
  tell(
    story,
    'housing.placement.started',
    arrivedOn,
    {
      ...placement,
      ...(!isMonth && { arrivedOn: dateOf(arrivedOn), expectedDeparture: dateOf(arrivedOn + 180 * DAY) }),
    },
    { precision: isMonth ? 'month' : 'day' },
  );
  const moving = random.chance(0.5) ? later(story, arrivedOn, 60, 180) : Infinity;
  const departedOn = Math.min(moving, prison);
  if (departedOn === Infinity) return;
  const reason = departedOn === prison ? 'Returned to custody' : 'Moved on';
  tell(story, 'housing.placement.ended', departedOn, {
    ...placement,
    departedOn: dateOf(departedOn),
    reason,
  });
}
