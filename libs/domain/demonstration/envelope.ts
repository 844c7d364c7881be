import { dataSchemaUri } from '../../contract/catalogue/catalogue.js';
import { dateOf, instantOf, monthOf } from './calendar.js';
import { spoiled } from './faults.js';
import { naming } from './naming.js';
import { type Arrival } from './receipt.js';
import { type Happening } from './story.js';

/** The agency that publishes a type: the one of its kind. */
export function agencyOfType(type: string): string {
  const [kind = ''] = type.split('.');
  return kind === 'court' ? 'courts' : kind;
}

const systems: Readonly<Record<string, string>> = {
  'police.arrest': 'custody',
  'police.drugTest': 'custody',
  'police.charge': 'case-preparation',
  police: 'intelligence',
  probation: 'case-management',
  prison: 'offender-records',
  court: 'results',
  housing: 'allocations',
  treatment: 'client-records',
  youth: 'caseload',
  vcse: 'programmes',
  health: 'referrals',
  hub: 'casework',
};

/** The system of the agency that a type comes from: `/police/custody`. */
function sourceOf(type: string): string {
  const [kind = '', thing = ''] = type.split('.');
  return `/${agencyOfType(type)}/${systems[`${kind}.${thing}`] ?? systems[kind] ?? kind}`;
}

/** The publication as its agency would send it: a CloudEvent in structured JSON. */
export function eventOf(arrival: Arrival): Readonly<Record<string, unknown>> {
  const { person, id, happening, recordedAt, corrects, retracts, isFirst, fault } = arrival;
  const { type, handling } = happening;
  const { subject, data } = naming(person, type, isFirst);
  const event = {
    specversion: '1.0',
    id,
    source: sourceOf(type),
    type,
    subject,
    time: timeOf(happening),
    dataschema: dataSchemaUri(type, 1),
    recordedtime: instantOf(recordedAt),
    ...(handling !== undefined && { handling }),
    ...(corrects !== undefined && { corrects }),
    ...(retracts !== undefined && { retracts }),
    data: { ...data, ...happening.data },
  };
  return fault === undefined ? event : spoiled(event, fault, person.pnc);
}

function timeOf({ at, precision }: Happening): string {
  switch (precision) {
    case 'instant':
      return instantOf(at);
    case 'day':
      return dateOf(at);
    case 'month':
      return monthOf(at);
  }
}
