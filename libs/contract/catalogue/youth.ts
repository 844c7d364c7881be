import { type CatalogueEntry } from './entry.js';
import { eventsOf } from './event.js';
import { identifiers, person } from './person.js';
import { choice, date, flag, text } from './property.js';

const { ycrn, pnc, crn } = identifiers;
const event = eventsOf('youth', { yosId: text('ID', 35), ycrn, pnc, ...person });

const order = choice('CHILD', [
  'referral-order',
  'reparation-order',
  'youth-rehabilitation-order',
  'youth-conditional-caution',
  'detention-and-training-order',
  'section-250',
  'out-of-court-disposal',
]);

/** Youth offending (event catalogue §5.7): a child's data has its own class (R41), nothing carries over at 18 by itself. */
export const youthEvents: readonly CatalogueEntry[] = [
  event(
    'fact',
    'youth.case.opened',
    'Youth case opened',
    { openedOn: date('CHILD'), order, endsOn: date('CHILD'), caseManager: text('STAFF', 200) },
    ['yosId', 'openedOn'],
  ),
  event(
    'fact',
    'youth.case.closed',
    'Youth case closed',
    { closedOn: date('CHILD'), order, reason: text('CHILD', 500) },
    ['yosId', 'closedOn'],
  ),
  event(
    'fact',
    'youth.transition.completed',
    'Transition to adult services completed',
    {
      crn,
      completedOn: date('CHILD'),
      toTeam: text('STAFF', 100),
      consentGiven: flag('CHILD'),
      notifiedOn: date('CHILD'),
    },
    ['yosId', 'completedOn'],
  ),
];
