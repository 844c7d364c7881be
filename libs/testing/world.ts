import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { documentHash } from '../adapters/agreement-document/agreement-document.js';
import { signDocument } from '../adapters/agreement-document/signature.js';
import { openEmbeddedLog } from '../adapters/event-log/embedded-event-log.js';
import { type EventLog, type NewEvent } from '../adapters/event-log/event-log.js';
import { openKeyVault } from '../adapters/key-vault/embedded-key-vault.js';
import { identifierPseudonym } from '../adapters/key-vault/identifier-pseudonym.js';
import { type KeyVault } from '../adapters/key-vault/key-vault.js';
import { applyEvent, type Projection } from '../adapters/projection/projection.js';
import { rebuild } from '../adapters/projection/rebuild.js';
import { standingAt } from '../adapters/projection/standing.js';
import { digestModel, type ModelDigest } from '../adapters/read-store/digest.js';
import { openEmbeddedWriter } from '../adapters/read-store/embedded-writer.js';
import { agencies } from '../contract/agency.js';
import { entryOf } from '../contract/catalogue/catalogue.js';
import { controlOf, presentFields } from '../contract/catalogue/fields.js';
import { type FactMetadata, type SealedFact, streamOf } from '../contract/fact.js';
import { parseMoment, UNKNOWN_MOMENT } from '../contract/moment.js';
import { type AgreementEvent } from '../domain/agreement/agreement.js';
import { type AgreementDocument } from '../domain/agreement/document.js';
import { startOf } from '../domain/agreement/decide.js';
import { type ClockEvent, type RegisterEvent } from '../domain/agreement/register.js';
import { type EmergencyEvent } from '../domain/emergency/emergency.js';
import { signingKeyFor } from './signing-keys.js';

/** The real log, keys and read models in a folder of their own, for tests: no server, no doubles. */
export interface World {
  readonly dir: string;
  readonly log: EventLog;
  readonly vault: KeyVault;
  close(): Promise<void>;
}

export async function openWorld(): Promise<World> {
  const dir = mkdtempSync(join(tmpdir(), 'concordat-'));
  const log = await openEmbeddedLog(join(dir, 'log.sqlite'));
  const vault = openKeyVault({ file: join(dir, 'keys.sqlite'), masterKey: new Uint8Array(32).fill(7) });
  return {
    dir,
    log,
    vault,
    async close() {
      await log.close();
      vault.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** A fact to put into the log directly, past intake. */
export interface GivenFact {
  readonly offender: string;
  readonly publisher: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Unknown unless given. */
  readonly happened?: string;
  readonly received?: number;
  readonly handling?: 'P' | 'C' | null;
  readonly handlingConditions?: string;
  readonly corrects?: string;
  readonly retracts?: string;
  readonly identifiers?: SealedFact['identifiers'];
}

/** Seals and appends a fact; gives its log event id. */
export async function recordFact(
  { log, vault }: Pick<World, 'log' | 'vault'>,
  given: GivenFact,
): Promise<string> {
  const entry = entryOf(given.type);
  if (entry === undefined) throw new Error(`${given.type} is not in the catalogue`);
  const id = randomUUID();
  const stream = streamOf.offender(given.offender);
  const metadata: FactMetadata = {
    offender: given.offender,
    publisher: given.publisher,
    source: `/${given.publisher}/test`,
    sourceId: id,
    version: entry.version,
    happened: parseMoment(given.happened) ?? UNKNOWN_MOMENT,
    recorded: null,
    received: given.received ?? 1000,
    fields: presentFields(entry, given.data),
    control: controlOf(entry, given.data),
    handling: given.handling ?? null,
    corrects: given.corrects ?? null,
    retracts: given.retracts ?? null,
    contentHash: createHash('sha256').update(JSON.stringify(given.data)).digest('hex'),
  };
  const conditions = given.handlingConditions;
  const event = { data: given.data, ...(conditions !== undefined && { handlingconditions: conditions }) };
  const sealed: SealedFact = { event, identifiers: given.identifiers ?? [] };
  const data = await vault.seal(given.offender, `${stream}\n${id}`, Buffer.from(JSON.stringify(sealed)));
  await log.append(stream, [{ id, type: given.type, metadata: JSON.stringify(metadata), data }], 'any');
  return id;
}

/** Appends steps in the life of agreements, and before a signature the registration of its key. */
export async function recordAgreement(log: EventLog, ...events: readonly RegisterEvent[]): Promise<void> {
  await log.append(streamOf.agreements, events.flatMap(withKey).map(logged), 'any');
}

/** Appends what happens to emergency disclosures. */
export async function recordEmergency(log: EventLog, ...events: readonly EmergencyEvent[]): Promise<void> {
  await log.append(streamOf.emergencies, events.map(logged), 'any');
}

function logged(event: RegisterEvent | EmergencyEvent): NewEvent {
  return { id: randomUUID(), type: event.type, metadata: JSON.stringify(event), data: new Uint8Array() };
}

/** Registering a key again changes nothing. */
function withKey(event: RegisterEvent): readonly RegisterEvent[] {
  if (event.type !== 'agreement.signed') return [event];
  const { key, publicKey } = signingKeyFor(event.party);
  return [{ type: 'signatory.keyRegistered', key, publicKey, by: event.by, at: event.at }, event];
}

const by = { agency: 'hub', user: 'test' };
const reason = 'for the test';

/** The events by which a document is proposed, signed by every party and comes into force at a moment. */
export function cameIntoForce(document: AgreementDocument, at: number): readonly AgreementEvent[] {
  const hash = documentHash(document);
  const step = { reference: document.reference, version: document.version, by, at, reason };
  return [
    { type: 'agreement.proposed', ...step, document, hash },
    ...document.parties.map(({ agency }) => {
      const { key, privateKeyPem } = signingKeyFor(agency);
      const signature = signDocument(document, privateKeyPem);
      const signed = { party: agency, hash, key, signature, by: { agency, user: 'test' } };
      return { type: 'agreement.signed' as const, ...step, ...signed };
    }),
    { type: 'agreement.cameIntoForce', ...step },
  ];
}

/** Suspends, resumes, terminates or expires a document's version at a moment. */
export function changed(
  document: AgreementDocument,
  type: 'agreement.suspended' | 'agreement.resumed' | 'agreement.terminated' | 'agreement.expired',
  at: number,
): AgreementEvent {
  return { type, reference: document.reference, version: document.version, by, at, reason };
}

/** A party leaves a document's version at a moment. */
export function withdrew(document: AgreementDocument, party: string, at: number): AgreementEvent {
  const { reference, version } = document;
  return { type: 'agreement.partyWithdrew', reference, version, party, by, at, reason };
}

export function dayBegan(day: string): ClockEvent {
  return { type: 'clock.dayBegan', day, at: startOf(day) };
}

/** Projects the log into read models under `<dir>/<name>`, event by event as the follower does. */
export async function projectAll(
  { log, vault, dir }: World,
  name: string,
  beforeClose: (folder: string) => void = () => undefined,
): Promise<string> {
  const folder = join(dir, name);
  const models = openEmbeddedWriter(folder, identifierPseudonym(vault));
  const projection: Projection = { log, vault, models };
  const standing = await standingAt(log, models.checkpoint());
  for await (const event of log.readAll(models.checkpoint())) {
    await applyEvent(projection, standing, event);
    models.commit(event.position);
  }
  beforeClose(folder);
  models.close();
  return folder;
}

/** Builds read models from nothing under `<dir>/<name>`, the other way. */
export async function rebuildAll({ log, vault, dir }: World, name: string): Promise<string> {
  const folder = join(dir, name);
  const models = openEmbeddedWriter(folder, identifierPseudonym(vault));
  await rebuild({ log, vault, models }, await log.head());
  models.close();
  return folder;
}

/** What every agency would see. */
export function digestAll(folder: string): readonly ModelDigest[] {
  return agencies.map(({ id }) => digestModel(folder, id));
}
