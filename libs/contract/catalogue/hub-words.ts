import { eventsOf } from './event.js';
import { identifiers, person } from './person.js';
import { choice, code, date, flag, list, many, record, score, text, whole } from './property.js';

const { pnc, cro, noms, crn } = identifiers;

/** Makes one entry of the IOM team's (event catalogue §5.10). */
export const hubEvent = eventsOf('hub', { pnc, cro, noms, crn, ...person });

export const cohort = choice('CJA', ['Fixed', 'Flex', 'Free', 'PPO']);

export const levels = {
  ...list(choice('CJA', ['Standard', 'Enhanced', 'Priority', 'MAPPA-1', 'MAPPA-2', 'MAPPA-3']), 6),
  uniqueItems: true,
} as const;

/** The hub's own id of a referral, a meeting, a plan, a handover. */
export const id = code('ADM', '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$', 36);

export const agencyId = code('ADM', '^[a-z][a-z0-9-]{0,39}$', 40);

/** An area of the partnership, such as a neighbourhood policing area (`NW`), or the partnership next door. */
export const area = code('ADM', '^[A-Za-z][A-Za-z0-9 -]{0,39}$', 40);

export const staff = text('STAFF', 200);

/** The name under which an agency's tokens know somebody. */
export const user = code('STAFF', '^[!-~]{1,128}$', 128);

export const attendees = {
  ...many(record({ agency: agencyId, name: staff }, ['agency']), 50),
  minItems: 1,
} as const;

/** Agreements relied on: `<reference>/<version>`. */
export const agreements = list(text('ADM', 120), 50);

/** Any of the seven may be a health or a drugs pathway, and an element cannot be withheld alone: all of it is health data. */
export const pathwayName = choice('HLTH', [
  'accommodation',
  'education-training-employment',
  'health',
  'drugs-alcohol',
  'finance-benefit-debt',
  'children-families',
  'attitudes-thinking-behaviour',
]);

/** `scored` false: the pathway was not scored, which is not a score of 0. */
export const pathwayScore = record(
  { pathway: pathwayName, scored: flag('HLTH'), score: score('HLTH', 10), needIdentified: flag('HLTH') },
  ['pathway', 'scored', 'needIdentified'],
);

/** Areas of the Justice Star, an instrument of its own: its scores are never converted into pathway scores, nor back. */
export const starScore = record(
  {
    area: choice('HLTH', [
      'accommodation',
      'living-skills',
      'mental-health',
      'friends-community',
      'relationships-family',
      'parenting-caring',
      'drugs-alcohol',
      'positive-use-of-time',
      'managing-strong-feelings',
      'crime-free-life',
    ]),
    score: score('HLTH', 10),
  },
  ['area', 'score'],
);

/** One criterion of a rule for cohorts, as it was judged: by which facts (log event ids), and how. */
export const criterion = record(
  {
    criterion: text('CJA', 60),
    met: choice('CJA', ['yes', 'no', 'unknown']),
    evidence: list(text('ADM', 64), 100),
  },
  ['criterion', 'met'],
);

export const action = record({ action: text('CJA', 1000), owner: staff, due: date('ADM') }, [
  'action',
  'owner',
]);

export const sequence = whole('CJA', 1, 99);
