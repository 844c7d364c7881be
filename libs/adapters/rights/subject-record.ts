import { type Agency } from '../../contract/agency.js';
import { type FactMetadata, streamOf } from '../../contract/fact.js';
import { Invalid } from '../../contract/failure.js';
import { EMPTY_REGISTER } from '../../domain/agreement/register.js';
import { type Disclosure, isDisclosure } from '../../domain/disclosure/disclosure.js';
import {
  type DataProtectionEvent,
  evolve as evolveProtection,
  UNPROTECTED,
} from '../../domain/erasure/data-protection.js';
import { type OpenedFact } from '../../domain/picture/project.js';
import { type SubjectRecord } from '../../domain/rights/access-pack.js';
import { foldRecorded } from '../agreement-document/recorded-step.js';
import { BEFORE_FIRST, type EventLog, type LoggedEvent } from '../event-log/event-log.js';
import { type KeyVault } from '../key-vault/key-vault.js';
import { openFact } from '../projection/opened-fact.js';
import { rightsOf } from './rights-record.js';

export interface RecordParts {
  readonly log: EventLog;
  readonly vault: KeyVault;
}

/**
 * Reads from the log what a request for access is answered from: one pass, with one person's facts and answers in
 * memory. Throws `Invalid` `person` when the hub knows nobody of that id.
 */
export async function subjectRecord(
  parts: RecordParts,
  asked: { readonly offender: string; readonly controller: Agency; readonly at: number },
): Promise<SubjectRecord> {
  const { offender } = asked;
  const { log, vault } = parts;
  const facts: OpenedFact[] = [];
  const disclosures: Disclosure[] = [];
  let register = EMPTY_REGISTER;
  let protection = UNPROTECTED;
  let known = false;
  for await (const event of log.readAll(BEFORE_FIRST)) {
    if (event.stream === streamOf.offender(offender)) {
      const fact = openFact(vault, event, JSON.parse(event.metadata) as FactMetadata);
      if (fact !== undefined) facts.push(fact);
      known = true;
    } else if (event.stream === streamOf.agreements) ({ register } = foldRecorded(register, event));
    else if (event.stream === streamOf.dataProtection) {
      const step = JSON.parse(event.metadata) as DataProtectionEvent;
      if (step.offender === offender) protection = evolveProtection(protection, step);
    } else disclosures.push(...answerAbout(event, offender));
  }
  if (!known) throw new Invalid('person', 'the hub knows nobody of that id');
  const { restrictions } = await rightsOf(parts, offender);
  return { ...asked, facts, disclosures, register, protection, restrictions };
}

/** An answer in which the person was, without anybody else. */
function answerAbout({ type, metadata }: LoggedEvent, offender: string): readonly Disclosure[] {
  if (!isDisclosure(type) || !metadata.includes(offender)) return [];
  const disclosure = JSON.parse(metadata) as Disclosure;
  if (!disclosure.offenders.includes(offender)) return [];
  const facts = disclosure.facts.filter((fact) => fact.offender === offender);
  const confirmed = disclosure.confirmed.filter((each) => each.offender === offender);
  return [{ ...disclosure, offenders: [offender], facts, confirmed }];
}
