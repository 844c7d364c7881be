import { dataSchemaUri } from '../../contract/catalogue/catalogue.js';
import { miscopied } from './identifiers.js';
import { type Data } from './story.js';

/** What is wrong with a publication that the hub does not take. */
export const faults = [
  'unknown-type',
  'failed-schema',
  'wrong-check-character',
  'stand-in-date',
  'foreign-source',
  'no-subject',
  'other-content',
] as const;
export type Fault = (typeof faults)[number];

interface GoodEvent extends Readonly<Record<string, unknown>> {
  readonly type: string;
  readonly data: Data;
}

/** The event with the fault in it. Other content under the id of an earlier event needs no change of its own. */
export function spoiled(event: GoodEvent, fault: Fault, pnc: string): Readonly<Record<string, unknown>> {
  const { type, data } = event;
  switch (fault) {
    case 'unknown-type':
      return { ...event, type: `${type}.again`, dataschema: dataSchemaUri(`${type}.again`, 1) };
    case 'failed-schema':
      return { ...event, data: { ...data, shoeSize: 9 } };
    case 'wrong-check-character':
      return { ...event, ...miscopying(data, miscopied(pnc)) };
    case 'stand-in-date':
      return { ...event, data: { ...data, dateOfBirth: '1970-01-01' } };
    case 'foreign-source':
      return { ...event, source: '/elsewhere/records' };
    case 'no-subject':
      return Object.fromEntries(Object.entries(event).filter(([name]) => name !== 'subject'));
    case 'other-content':
      return event;
  }
}

function miscopying(data: Data, pnc: string): Data {
  return { subject: `pnc:${pnc}`, data: { ...data, ...('pnc' in data && { pnc }) } };
}
