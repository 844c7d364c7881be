import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Caller, type Role } from '../../libs/adapters/caller/caller.js';
import { parsePublication } from '../../libs/contract/envelope.js';
import { demonstration } from '../../libs/domain/demonstration/demonstration.js';
import { type Agreements, documentHash } from './agreements/agreements.js';
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

/** Proposes the agreements under `deploy/agreements/` and signs them for every party. */
export async function loadAgreements(
  agreements: Agreements,
  folder = join(projectFolder(), 'deploy', 'agreements'),
): Promise<number> {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort();
  for (const name of files) {
    const text = readFileSync(join(folder, name), 'utf8');
    const document = await agreements.propose(demonstrationCaller('hub', 'signatory'), text);
    const { reference, version, parties } = document;
    for (const { agency } of parties) {
      await agreements.sign(
        demonstrationCaller(agency, 'signatory'),
        reference,
        version,
        documentHash(document),
      );
    }
  }
  return files.length;
}

const EVENTS_AT_ONCE = 500;

export interface Loaded {
  readonly events: number;
  /** Events that did not end as the generator meant them to; anything but none is a defect. */
  readonly unexpected: number;
}

/** Publishes the demonstration partnership through intake, in the order in which the hub would have received it. */
export async function loadPeople(intake: Intake, seed: number): Promise<Loaded> {
  let loaded: Loaded = { events: 0, unexpected: 0 };
  for (const batch of runs()) {
    const publications = batch.events.map(({ event }) => parsePublication(JSON.stringify(event)));
    const receipts = await intake.publish(demonstrationCaller(batch.agency, 'publisher'), publications);
    const unexpected = receipts.filter(
      ({ outcome }, index) => outcome !== batch.events[index]?.expect,
    ).length;
    loaded = { events: loaded.events + publications.length, unexpected: loaded.unexpected + unexpected };
  }
  return loaded;

  /** Consecutive events of one agency, so that order is kept. */
  function* runs() {
    let run: { agency: string; events: { readonly event: object; readonly expect: string }[] } = {
      agency: '',
      events: [],
    };
    for (const { agency, event, expect } of demonstration({ seed })) {
      if (run.agency !== agency || run.events.length >= EVENTS_AT_ONCE) {
        if (run.events.length > 0) yield run;
        run = { agency, events: [] };
      }
      run.events.push({ event, expect });
    }
    if (run.events.length > 0) yield run;
  }
}
