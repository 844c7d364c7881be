import { type CatalogueEntry } from './entry.js';
import { eventsOf } from './event.js';
import { person } from './person.js';
import { choice, date, flag, text } from './property.js';

const event = eventsOf('vcse', { clientRef: text('ID', 35), ...person });

const engagement = { programme: text('PERS', 150), site: text('PERS', 150), under18: flag('CHILD') } as const;

/** Voluntary, community and social enterprise sector (event catalogue §5.8). */
export const vcseEvents: readonly CatalogueEntry[] = [
  event('fact', 'vcse.engagement.started', 'Engagement started', { ...engagement, startedOn: date('PERS') }, [
    'programme',
  ]),
  event(
    'fact',
    'vcse.engagement.ended',
    'Engagement ended',
    { ...engagement, endedOn: date('PERS'), reason: text('PERS', 500) },
    ['programme'],
  ),
  event(
    'fact',
    'vcse.outcome.achieved',
    'Outcome achieved',
    {
      ...engagement,
      outcome: choice('PERS', ['employment', 'qualification', 'mentoring', 'volunteering', 'accommodation']),
      qualificationLevel: text('PERS', 50),
      achievedOn: date('PERS'),
    },
    ['outcome'],
  ),
];
