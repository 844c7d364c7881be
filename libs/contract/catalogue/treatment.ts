import { type CatalogueEntry } from './entry.js';
import { eventsOf } from './event.js';
import { identifiers, person } from './person.js';
import { choice, date, list, text } from './property.js';

const { nhs } = identifiers;
const event = eventsOf('treatment', { clientRef: text('ID', 35), nhs, ...person });

const modality = choice('HLTH', [
  'pharmacological',
  'psychosocial',
  'recovery-support',
  'residential',
  'inpatient-detoxification',
]);

const substances = [
  'opiate',
  'crack',
  'cocaine',
  'cannabis',
  'alcohol',
  'amphetamine',
  'benzodiazepine',
  'new-psychoactive',
  'other',
] as const;

/** Drug and alcohol services (event catalogue §5.6); what comes from a drug test stays bound to PACE s.63B(7) (R37). */
export const treatmentEvents: readonly CatalogueEntry[] = [
  event(
    'process',
    'treatment.referral.made',
    'Treatment referral made',
    {
      referralDate: date('HLTH'),
      source: choice('HLTH', [
        'arrest-referral',
        'prison',
        'probation',
        'court',
        'youth-offending',
        'self',
        'general-practice',
        'hospital',
        'social-care',
        'other',
      ]),
      agencyCode: text('HLTH', 20),
      substances: list(choice('HLTH', substances), 3),
      testedSubstances: list(choice('DRUG', ['opiate', 'cocaine']), 2),
      requiredAssessment: choice('DRUG', ['initial', 'follow-up']),
    },
    ['referralDate'],
  ),
  event(
    'fact',
    'treatment.started',
    'Treatment started',
    { triageDate: date('HLTH'), modality, interventionStart: date('HLTH') },
    ['modality', 'interventionStart'],
  ),
  event(
    'fact',
    'treatment.attendance.recorded',
    'Treatment attendance recorded',
    { attendedOn: date('HLTH'), attendance: choice('HLTH', ['kept', 'missed', 'rearranged']) },
    ['attendance'],
  ),
  event(
    'fact',
    'treatment.ended',
    'Treatment ended',
    {
      endedOn: date('HLTH'),
      modality,
      reason: choice('HLTH', [
        'completed-drug-free',
        'completed-occasional-user',
        'transferred',
        'dropped-out',
        'in-custody',
        'declined',
        'died',
        'other',
      ]),
    },
    ['endedOn', 'reason'],
  ),
];
