import { type FactMetadata, isFactStream, streamOf } from '../../contract/fact.js';
import { type AgreementEvent } from '../../domain/agreement/agreement.js';
import { matchesType } from '../../domain/agreement/compile.js';
import { isDisclosure, type Disclosure } from '../../domain/disclosure/disclosure.js';
import { grantsText, project, projectFor, recipientsOf } from '../../domain/picture/project.js';
import { type EventLog, type LoggedEvent } from '../event-log/event-log.js';
import { type KeyVault } from '../key-vault/key-vault.js';
import { type ReadModelWriter } from '../read-store/read-store.js';
import { openFact } from './opened-fact.js';
import { type Standing } from './standing.js';

export interface Projection {
  readonly log: Pick<EventLog, 'readAll' | 'readStream'>;
  readonly vault: KeyVault;
  readonly models: ReadModelWriter;
}

/**
 * Takes one event of the log into the read models (design §7): a fact becomes a row for each agency that may see
 * something of it; a change of a person's state re-evaluates that person's rows, a change of an agreement the rows
 * it bears on. The caller commits.
 */
export async function applyEvent(
  projection: Projection,
  standing: Standing,
  event: LoggedEvent,
): Promise<void> {
  projection.models.from(event.position);
  const change = standing.apply(event);
  if (change.kind === 'agreement')
    await reevaluateAgreement(projection, standing, change.event, event.position);
  if (change.kind === 'fact') {
    putFact(projection, standing, event, change.metadata);
    const { supersedes, metadata } = change;
    if (supersedes !== undefined) {
      projection.models.supersede(metadata.publisher, supersedes.id, supersedes.supersession);
    }
    for (const offender of change.stateChanged) {
      await reevaluateOffender(projection, standing, offender, event.position);
    }
  }
  if (change.kind === 'other' && isDisclosure(event.type)) noteDisclosure(projection, event);
}

/** Writes the rows of one fact as the standing decides. */
export function putFact(
  { vault, models }: Projection,
  standing: Standing,
  event: LoggedEvent,
  metadata: FactMetadata,
): void {
  const fact = openFact(vault, event, metadata);
  if (fact === undefined) return;
  for (const row of project(standing.table(), standing.state(metadata.offender), fact)) {
    models.put(row, standing.supersession(event.id));
  }
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
): Promise<void> {
  for await (const event of projection.log.readStream(streamOf.offender(offender))) {
    if (event.position >= before) break;
    reevaluate(projection, standing, event, undefined);
  }
}

/** Only the events that change what is in force bear on rows, and only on the flows that the agreement names. */
async function reevaluateAgreement(
  projection: Projection,
  standing: Standing,
  step: AgreementEvent,
  before: number,
): Promise<void> {
  if (step.type === 'agreement.proposed' || step.type === 'agreement.signed') return;
  const clauses = (standing.register().agreements.get(step.reference) ?? []).flatMap(
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
  const fact = openFact(vault, event, metadata);
  for (const agency of changing) {
    const row = fact && projectFor(standing.table(), state, fact, agency);
    if (row === undefined) models.remove(agency, event.position);
    else models.put(row, standing.supersession(event.id));
  }
}
