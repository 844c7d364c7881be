import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePublication } from '../../libs/contract/envelope.js';
import { demonstration, type DemonstrationEvent } from '../../libs/domain/demonstration/demonstration.js';
import { demonstrationActs } from '../../libs/domain/demonstration/governance.js';
import { demonstrationCaller } from './demonstration-caller.js';
import { type GovernanceRoom } from './governance/governance.js';
import { type Intake } from './intake/intake.js';

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
  writeFileSync(marker, '', { flush: true });
  const loaded = await load();
  rmSync(marker);
  return loaded;
}

const EVENTS_AT_ONCE = 500;
const RUNS_AT_ONCE = 200;

interface Loaded {
  readonly events: number;
  /** Events that did not end as the generator meant them to; anything but none is a defect. */
  readonly unexpected: number;
}

/** Records what the demonstration partnership did besides its work with people, once. */
export async function loadGovernance(room: GovernanceRoom): Promise<void> {
  if ((await room.governance()).length > 0) return;
  for (const { agency, act } of demonstrationActs())
    await room.record(demonstrationCaller(agency, 'signatory'), act);
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
