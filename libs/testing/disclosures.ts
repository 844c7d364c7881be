import { randomUUID } from 'node:crypto';
import { type EventLog } from '../adapters/event-log/event-log.js';
import { streamOf } from '../contract/fact.js';
import { type Disclosure, disclosureType } from '../domain/disclosure/disclosure.js';

/** Appends the record of an answer as the hub would; gives its position. What is left out is the least. */
export async function recordDisclosure(
  log: EventLog,
  given: Partial<Disclosure> & Pick<Disclosure, 'agency'>,
): Promise<number> {
  const disclosure: Disclosure = {
    user: `${given.agency}-user`,
    purpose: 'reducing-reoffending',
    justification: null,
    at: 2000,
    asOf: await log.head(),
    query: '',
    asked: ['offender'],
    sought: [],
    confirmed: [],
    offenders: [...new Set(given.facts?.map(({ offender }) => offender))],
    facts: [],
    ...given,
  };
  const metadata = JSON.stringify(disclosure);
  const event = { id: randomUUID(), type: disclosureType(disclosure), metadata, data: new Uint8Array() };
  await log.append(streamOf.disclosure(given.agency), [event], 'any');
  return log.head();
}
