import { type EventLog } from '../../../libs/adapters/event-log/event-log.js';
import { soughtPseudonym } from '../../../libs/adapters/key-vault/identifier-pseudonym.js';
import { type KeyVault } from '../../../libs/adapters/key-vault/key-vault.js';
import { openFact } from '../../../libs/adapters/projection/opened-fact.js';
import { entryOf } from '../../../libs/contract/catalogue/catalogue.js';
import { type IdentifierScheme } from '../../../libs/contract/catalogue/entry.js';
import { fieldsOf, valuesOf } from '../../../libs/contract/catalogue/fields.js';
import { type FactMetadata, streamOf } from '../../../libs/contract/fact.js';
import { foldTerm } from '../../../libs/domain/picture/project.js';
import { type HeldEvent } from './index-entry.js';
import { type ReceiptIndex } from './receipt-index.js';
import { type Recorder } from './recorder.js';

interface Parts {
  readonly log: EventLog;
  readonly vault: KeyVault;
  readonly index: ReceiptIndex;
  readonly recorder: Recorder;
}

/**
 * Publications in quarantine, or released from it, that are about a person: one recorded as a fact of theirs, one that
 * they are a candidate for, and one that holds an identifier of theirs or both a family name and a date of birth. What is
 * held for a fault in its identifiers can be told no better.
 */
export async function quarantinedAbout(parts: Parts, offender: string): Promise<readonly string[]> {
  const { index, recorder } = parts;
  const traits = await traitsOf(parts, offender);
  const found: string[] = [];
  for (const held of index.everHeld()) {
    const recordedFor = index.receipt(held.id)?.offender;
    const isAbout =
      recordedFor === offender ||
      held.candidates.includes(offender) ||
      (recordedFor === undefined && mentions(parts, traits, held, await recorder.open(held)));
    if (isAbout) found.push(held.id);
  }
  return found;
}

/** What a person is known by: hub id, and names and dates of birth as a search would fold them. */
interface Traits {
  readonly offender: string;
  readonly names: ReadonlySet<string>;
  readonly births: ReadonlySet<string>;
}

async function traitsOf({ log, vault }: Parts, offender: string): Promise<Traits> {
  const names = new Set<string>();
  const births = new Set<string>();
  for await (const event of log.readStream(streamOf.offender(offender))) {
    const metadata = JSON.parse(event.metadata) as FactMetadata;
    const data = openFact(vault, event, metadata)?.sealed.event.data;
    const entry = entryOf(event.type, metadata.version);
    if (data === undefined || entry === undefined) continue;
    for (const field of fieldsOf(entry)) {
      const folded = valuesOf(field, data).flatMap((value) =>
        typeof value === 'string' ? [foldTerm(value)] : [],
      );
      if (field.search === 'family-name') folded.forEach((value) => names.add(value));
      if (field.search === 'date-of-birth') folded.forEach((value) => births.add(value));
    }
  }
  return { offender, names, births };
}

const schemes: readonly IdentifierScheme[] = ['pnc', 'cro', 'asn', 'noms', 'crn', 'nhs', 'ycrn'];
const LONGEST_IDENTIFIER = 64;

function mentions({ vault, index }: Parts, traits: Traits, held: HeldEvent, text: string): boolean {
  const { offender, names, births } = traits;
  const strings = [...stringsIn(JSON.parse(text))];
  const folded = strings.map(foldTerm);
  if (folded.some((each) => names.has(each)) && folded.some((each) => births.has(each))) return true;
  const sought = soughtPseudonym(vault, () => new Date(held.received).getUTCFullYear());
  const isTheirs = (pseudonym: string): boolean => index.offender(pseudonym) === offender;
  return strings
    .filter(({ length }) => length <= LONGEST_IDENTIFIER)
    .flatMap((each) => [each, each.slice(each.indexOf(':') + 1)])
    .some(
      (each) =>
        each === offender ||
        isTheirs(vault.pseudonym('identifier:ref', `${held.agency}:${each}`)) ||
        schemes.some((scheme) => isTheirs(sought(scheme, each))),
    );
}

function* stringsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null)
    for (const each of Object.values(value)) yield* stringsIn(each);
}
