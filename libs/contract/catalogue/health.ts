import { type CatalogueEntry } from './entry.js';
import { eventsOf } from './event.js';
import { identifiers, person } from './person.js';
import { choice, date, text } from './property.js';

const { nhs } = identifiers;
const event = eventsOf('health', { nhs, referralRef: text('HLTH', 35), ...person });

/** Health (event catalogue §5.9); the common law of confidence governs every one of its flows (R36, R38). */
export const healthEvents: readonly CatalogueEntry[] = [
  event(
    'process',
    'health.referral.received',
    'Health referral received',
    {
      service: text('HLTH', 150),
      priority: choice('HLTH', ['routine', 'urgent', 'emergency']),
      receivedOn: date('HLTH'),
    },
    ['service', 'receivedOn'],
  ),
  event(
    'fact',
    'health.attendance.recorded',
    'Health attendance recorded',
    { attendedOn: date('HLTH'), attendance: choice('HLTH', ['kept', 'missed', 'rearranged']) },
    ['attendance'],
  ),
];
