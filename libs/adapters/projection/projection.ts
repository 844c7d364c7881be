import { type FactMetadata, isFactStream, streamOf } from '../../contract/fact.js';
import { agencies } from '../../contract/agency.js';
import { type AgreementEvent } from '../../domain/agreement/agreement.js';
import { ageBounds, matchesType } from '../../domain/agreement/compile.js';
import { startOf } from '../../domain/agreement/decide.js';
import { type Register, type RegisterEvent, versions } from '../../domain/agreement/register.js';
import { crossings, UNMANAGED } from '../../domain/casework/offender-state.js';
import { isDisclosure, type Disclosure } from '../../domain/disclosure/disclosure.js';
import { grantsText, recipientsOf } from '../../domain/picture/grants.js';
import { type OpenedFact, project, projectFor } from '../../domain/picture/project.js';
import { tiesOf } from '../../domain/picture/ties.js';
import { type EventLog, type LoggedEvent } from '../event-log/event-log.js';
import { type KeyVault } from '../key-vault/key-vault.js';
import { type ReadModelWriter } from '../read-store/read-store.js';
import { openFact } from './opened-fact.js';
import { type Change, type Standing } from './standing.js';

export interface Projection {
  readonly log: Pick<EventLog, 'readAll' | 'readStream'>;
  readonly vault: KeyVault;
  readonly models: ReadModelWriter;
}

/**
 * Takes one event of the log into the read models (design §7): a fact becomes a row for each agency that may see
 * something of it; a change of a person's state re-evaluates that person's rows, a change of an agreement the rows
 * it bears on, and the passing of time whatever it changes. Says what it changed. The caller commits.
 */
export async function applyEvent(
  projection: Projection,
  standing: Standing,
  event: LoggedEvent,
): Promise<Change> {
  projection.models.from(event.position);
  const change = standing.apply(event);
  if (change.kind === 'register') await takeStep(projection, standing, change, event.position);
  if (change.kind === 'fact') {
    putFact(projection, standing, event, change.metadata);
    const { supersedes, metadata } = change;
    if (supersedes !== undefined) {
      projection.models.supersede(metadata.publisher, supersedes.id, supersedes.supersession);
    }
  }
  for (const offender of 'stateChanged' in change ? change.stateChanged : []) {
    putTies(projection, standing, offender);
    const only = change.kind === 'emergency' ? new Set([change.agency]) : undefined;
    await reevaluateOffender(projection, standing, offender, event.position, only);
  }
  if (change.kind === 'protection' && change.erased !== null) projection.models.erase(change.erased);
  if (change.kind === 'other' && isDisclosure(event.type)) noteDisclosure(projection, event);
  return change;
}

/** Writes the rows of one fact as the standing decides. */
export function putFact(
  { vault, models }: Projection,
  standing: Standing,
  event: LoggedEvent,
  metadata: FactMetadata,
): void {
  const fact = opened(vault, standing, event, metadata);
  if (fact === undefined) return;
  for (const row of project(standing.table(), standing.state(metadata.offender), fact)) {
    models.put(row, standing.supersession(event.id));
  }
}

/** What a fact says; nothing of a person who was erased, also when the key is not destroyed yet. */
function opened(
  vault: KeyVault,
  standing: Standing,
  event: LoggedEvent,
  metadata: FactMetadata,
): OpenedFact | undefined {
  return standing.isErased(metadata.offender) ? undefined : openFact(vault, event, metadata);
}

/** Tells each agency which of its own people are tied to a person now. */
export function putTies({ models }: Projection, standing: Standing, offender: string): void {
  const state = standing.isErased(offender) ? UNMANAGED : standing.state(offender);
  for (const { id } of agencies) models.tie(id, offender, tiesOf(state, id));
}

/** Adds a line to the ledger of the agency whose user asked. */
export function noteDisclosure({ models }: Projection, event: LoggedEvent): void {
  const { agency, user, purpose, at, offenders, facts } = JSON.parse(event.metadata) as Disclosure;
  models.note({ agency, position: event.position, at, user, purpose, offenders, facts: facts.length });
}

async function reevaluateOffender(
  projection: Projection,
  standing: Standing,
  offender: string,
  before: number,
  only?: ReadonlySet<string>,
): Promise<void> {
  for await (const event of projection.log.readStream(streamOf.offender(offender))) {
    if (event.position >= before) break;
    reevaluate(projection, standing, event, only);
  }
}

/** An event of the agreements changes what they permit, and moves the moment as of which everything is decided. */
async function takeStep(
  projection: Projection,
  standing: Standing,
  { event, before }: { readonly event: RegisterEvent; readonly before: Register },
  position: number,
): Promise<void> {
  const { asOf } = standing.register();
  const references = endedBetween(before, asOf);
  if ('reference' in event && changesForce(event)) references.add(event.reference);
  for (const reference of references) await reevaluateAgreement(projection, standing, reference, position);
  if (asOf === before.asOf) return;
  const ages = ageBounds(standing.register());
  for (const [offender, state] of standing.offenders()) {
    if (crossings(state, ages, before.asOf, asOf))
      await reevaluateOffender(projection, standing, offender, position);
  }
}

/** Only some steps change what is in force. */
function changesForce({ type }: AgreementEvent): boolean {
  return !['agreement.drafted', 'agreement.proposed', 'agreement.signed', 'agreement.reviewed'].includes(
    type,
  );
}

/** Agreements whose last day ended as time moved on, whether or not their expiry is in the log yet. */
function endedBetween(before: Register, asOf: number): Set<string> {
  const ended = versions(before).filter(({ document }) => {
    const end = startOf(document.expires);
    return before.asOf < end && end <= asOf;
  });
  return new Set(ended.map(({ document }) => document.reference));
}

/** Decides anew the rows of the flows that an agreement names, in any of its versions. */
async function reevaluateAgreement(
  projection: Projection,
  standing: Standing,
  reference: string,
  before: number,
): Promise<void> {
  const clauses = (standing.register().agreements.get(reference) ?? []).flatMap(
    ({ document }) => document.clauses,
  );
  const recipients = new Set(clauses.flatMap((clause) => clause.recipients));
  for await (const event of projection.log.readAll(0)) {
    if (event.position >= before) break;
    const bears = isFactStream(event.stream) && clauses.some((clause) => matchesType(clause, event.type));
    if (bears) reevaluate(projection, standing, event, recipients);
  }
}

/** Decides a fact anew for everyone it may concern, or for some agencies: rows come, change or go; most stand. */
function reevaluate(
  { vault, models }: Projection,
  standing: Standing,
  event: LoggedEvent,
  only: ReadonlySet<string> | undefined,
): void {
  const metadata = JSON.parse(event.metadata) as FactMetadata;
  const clear = { type: event.type, metadata };
  const state = standing.state(metadata.offender);
  const changing = [...(only ?? recipientsOf(standing.table(), clear))].filter(
    (agency) => !models.stands(agency, event.position, grantsText(standing.table(), state, clear, agency)),
  );
  if (changing.length === 0) return;
  const fact = opened(vault, standing, event, metadata);
  for (const agency of changing) {
    const row = fact && projectFor(standing.table(), state, fact, agency);
    if (row === undefined) models.remove(agency, event.position);
    else models.put(row, standing.supersession(event.id));
  }
}
