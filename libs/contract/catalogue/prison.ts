import { type CatalogueEntry } from './entry.js';
import { eventsOf } from './event.js';
import { identifiers, person } from './person.js';
import { choice, code, date, flag, instant, many, record, text } from './property.js';

const { noms, pnc, cro } = identifiers;
const event = eventsOf('prison', { noms, pnc, cro, bookingRef: text('ID', 35), ...person }, ['noms']);

const prisonId = code('CJF', '^[A-Z]{3}$', 3);
const movementReasonCode = code('CJF', '^[A-Z0-9]{1,6}$', 6);

const sentenceDate = record(
  {
    kind: choice('CJF', [
      'crd',
      'ard',
      'sed',
      'led',
      'ned',
      'hdced',
      'hdcad',
      'prrd',
      'ped',
      'tused',
      'tersed',
    ]),
    date: date('CJF'),
    overridden: flag('CJF'),
  },
  ['kind', 'date'],
);

/**
 * Prisons (event catalogue §5.3). A release to hospital is health data, so it is not among the reasons: the reason is
 * then absent and `releasedToHospital` says it.
 */
export const prisonEvents: readonly CatalogueEntry[] = [
  event(
    'fact',
    'prison.received',
    'Received into prison',
    {
      prisonId,
      reason: choice('CJF', ['ADMISSION', 'TEMPORARY_ABSENCE_RETURN', 'RETURN_FROM_COURT', 'TRANSFERRED']),
      movementReasonCode,
      receivedAt: instant('CJF'),
      provisionalUntil: instant('ADM'),
    },
    ['prisonId', 'reason'],
  ),
  event(
    'fact',
    'prison.released',
    'Released from prison',
    {
      prisonId,
      reason: choice('CJF', [
        'TEMPORARY_ABSENCE_RELEASE',
        'RELEASED',
        'SENT_TO_COURT',
        'TRANSFERRED',
        'UNKNOWN',
      ]),
      movementReasonCode,
      releasedToHospital: flag('HLTH'),
      currentLocation: choice('CJF', ['IN_PRISON', 'OUTSIDE_PRISON', 'BEING_TRANSFERRED']),
      currentPrisonStatus: choice('CJF', ['UNDER_PRISON_CARE', 'NOT_UNDER_PRISON_CARE']),
      releasedAt: instant('CJF'),
      provisionalUntil: instant('ADM'),
    },
    [],
  ),
  event(
    'fact',
    'prison.releasePlanned',
    'Release planned',
    {
      prisonId,
      releaseDate: date('CJF'),
      licenceRef: text('ID', 35),
      addressApproved: flag('LOC'),
      gatePickUpBy: text('STAFF', 200),
    },
    ['releaseDate'],
  ),
  event('fact', 'prison.sentenceDates.changed', 'Sentence dates changed', { dates: many(sentenceDate, 30) }, [
    'dates',
  ]),
  event(
    'fact',
    'prison.transfer',
    'Transferred between prisons',
    { from: prisonId, to: prisonId, transferredAt: instant('CJF') },
    ['from', 'to'],
  ),
];
