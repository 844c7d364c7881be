import { closeSync, existsSync, fsyncSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Caller, type Role } from '../../libs/adapters/caller/caller.js';
import { type AgreementDocument } from '../../libs/domain/agreement/document.js';
import { parsePublication } from '../../libs/contract/envelope.js';
import { demonstration, type DemonstrationEvent } from '../../libs/domain/demonstration/demonstration.js';
import { documentHash, parseAgreement } from '../../libs/adapters/agreement-document/agreement-document.js';
import { type AgreementVersion } from '../../libs/domain/agreement/agreement.js';
import { type Agreements } from './agreements/agreements.js';
import { type Intake } from './intake/intake.js';
import { projectFolder } from './project-folder.js';

/** The people who sign and publish in the demonstration. */
function demonstrationCaller(agency: string, role: Role): Caller {
  return {
    agency,
    user: `demonstration-${role}`,
    roles: [role],
    purposes: [],
    expires: Number.MAX_SAFE_INTEGER,
  };
}

const MARKER = 'demonstration.loading';

/**
 * Loads the demonstration into an empty hub, or into one whose loading was interrupted, which a marker file in its
 * data folder tells. What is there already is left as it is. Returns null when there is nothing to load.
 */
export async function loadDemonstration<T>(
  dataDir: string,
  isEmpty: boolean,
  load: () => Promise<T>,
): Promise<T | null> {
  const marker = join(dataDir, MARKER);
  if (!isEmpty && !existsSync(marker)) return null;
  const descriptor = openSync(marker, 'w');
  fsyncSync(descriptor);
  closeSync(descriptor);
  const loaded = await load();
  rmSync(marker);
  return loaded;
}

/** Proposes the agreements under `deploy/agreements/` and signs them for every party, as far as that is not done. */
export async function loadAgreements(
  agreements: Agreements,
  folder = join(projectFolder(), 'deploy', 'agreements'),
): Promise<number> {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort();
  for (const name of files) {
    const text = readFileSync(join(folder, name), 'utf8');
    const document = parseAgreement(text);
    const [first] = document.parties;
    if (versionOf(agreements, document) === undefined)
      await agreements.propose(demonstrationCaller(first?.agency ?? 'hub', 'signatory'), text);
    await signForAll(agreements, document);
  }
  return files.length;
}

/** Signs for each party that has not signed, unless the version is past that step. */
async function signForAll(agreements: Agreements, document: AgreementDocument): Promise<void> {
  const { status, signatures = [] } = versionOf(agreements, document) ?? {};
  if (status !== 'proposed') return;
  const { reference, version } = document;
  for (const { agency } of document.parties) {
    if (signatures.some(({ party }) => party === agency)) continue;
    const caller = demonstrationCaller(agency, 'signatory');
    await agreements.sign(caller, reference, version, documentHash(document));
  }
}

function versionOf(
  agreements: Agreements,
  { reference, version }: AgreementDocument,
): AgreementVersion | undefined {
  const versions = agreements.register().agreements.get(reference) ?? [];
  return versions.find(({ document }) => document.version === version);
}

const EVENTS_AT_ONCE = 500;
const RUNS_AT_ONCE = 200;

interface Loaded {
  readonly events: number;
  /** Events that did not end as the generator meant them to; anything but none is a defect. */
  readonly unexpected: number;
}

/** Publishes the demonstration partnership through intake, in the order in which the hub would have received it. */
export async function loadPeople(intake: Intake, seed: number): Promise<Loaded> {
  let loaded: Loaded = { events: 0, unexpected: 0 };
  let sent: Promise<void>[] = [];
  for (const run of runs(demonstration({ seed }))) {
    sent.push(
      publishRun(intake, run).then((unexpected) => {
        loaded = { events: loaded.events + run.length, unexpected: loaded.unexpected + unexpected };
      }),
    );
    if (sent.length < RUNS_AT_ONCE) continue;
    await Promise.all(sent);
    sent = [];
  }
  await Promise.all(sent);
  return loaded;
}

/** How many events of a run did not end as they were meant to, or had not been taken before. Intake keeps the order of calls for each person. */
async function publishRun(intake: Intake, run: readonly DemonstrationEvent[]): Promise<number> {
  const publications = run.map(({ event }) => parsePublication(JSON.stringify(event)));
  const receipts = await intake.publish(demonstrationCaller(run[0]?.agency ?? '', 'publisher'), publications);
  return receipts.filter(({ outcome }, index) => !isMeant(outcome, run[index]?.expect)).length;
}

function isMeant(outcome: string, expected: string | undefined): boolean {
  return outcome === expected || (outcome === 'duplicate' && expected === 'accepted');
}

/** Consecutive events of one agency. */
function* runs(events: Iterable<DemonstrationEvent>): Generator<readonly DemonstrationEvent[]> {
  let run: DemonstrationEvent[] = [];
  for (const event of events) {
    if (run.length > 0 && (run[0]?.agency !== event.agency || run.length >= EVENTS_AT_ONCE)) {
      yield run;
      run = [];
    }
    run.push(event);
  }
  if (run.length > 0) yield run;
}
