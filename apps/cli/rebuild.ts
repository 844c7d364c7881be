import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Command } from 'commander';
import { openEmbeddedLog } from '../../libs/adapters/event-log/embedded-event-log.js';
import { type EventLog } from '../../libs/adapters/event-log/event-log.js';
import { digestModel, type ModelDigest } from '../../libs/adapters/read-store/digest.js';
import { modelFile } from '../../libs/adapters/read-store/embedded-writer.js';
import { isFailure, Unavailable } from '../../libs/contract/failure.js';
import {
  agenciesOf,
  folderOf,
  type FolderOptions,
  logFile,
  withAgencies,
  withAside,
  withFolderOptions,
  withKeys,
} from './data-folder.js';
import { watched } from './progress.js';
import { rebuildInto } from './rebuild-aside.js';
import { ALTERED, CLEAN, type Terminal } from './session.js';
import { readSignedHead } from './signed-tree.js';
import { table } from './table.js';
import { verifyLog, wordsOf } from './verify-log.js';

/**
 * `concordat rebuild`: makes read models anew from the log, while the hub is stopped. They are built aside and put in
 * place once whole, so that an interruption leaves what was there; from an altered log nothing is built (exit code 4).
 */
export function addRebuildCommand(program: Command, terminal: Terminal, end: (code: number) => void): void {
  const command = program.command('rebuild').description('make read models anew from the log');
  withAgencies(withFolderOptions(command)).action(async (options: FolderOptions) => {
    end(await withHeldLog(folderOf(options, terminal.env), (log) => rebuildAll(options, log, terminal)));
  });
}

/** Holds the log as its one writer, so that no hub runs or starts meanwhile. Throws `Unavailable` `hub-running`. */
async function withHeldLog<T>(folder: string, work: (log: EventLog) => Promise<T>): Promise<T> {
  if (!existsSync(logFile(folder)))
    throw new Unavailable('log-unreadable', 'the data folder holds no event log');
  const log = await openEmbeddedLog(logFile(folder)).catch((error: unknown) => {
    if (!isFailure(error) || error.code !== 'log-in-use') throw error;
    throw new Unavailable('hub-running', 'stop the hub first: it holds the event log');
  });
  try {
    return await work(log);
  } finally {
    await log.close();
  }
}

async function rebuildAll(options: FolderOptions, log: EventLog, terminal: Terminal): Promise<number> {
  const folder = folderOf(options, terminal.env);
  const agencies = agenciesOf(options);
  const verdict = await watched(terminal, 'positions checked', (show) =>
    verifyLog(log, show, readSignedHead(folder)),
  );
  if (verdict.outcome === 'altered') {
    terminal.err(`${wordsOf(verdict)}; nothing was rebuilt`);
    return ALTERED;
  }
  await withKeys(folder, terminal.env, (vault) =>
    withAside(folder, async (aside) => {
      const build = (progress: (done: number, total: number) => void): Promise<void> =>
        rebuildInto(aside, verdict.head, { log, vault, progress });
      await watched(terminal, 'positions rebuilt', build);
      for (const agency of agencies) putInPlace(modelFile(aside, agency), modelFile(folder, agency));
    }),
  );
  for (const line of tableOf(agencies.map((agency) => digestModel(folder, agency)))) terminal.out(line);
  return CLEAN;
}

/**
 * Puts a read model where another was. The old one goes before what SQLite keeps beside it, so that at no moment
 * a file stands beside changes that are not its own; between the two the hub would make the model anew by itself.
 */
function putInPlace(built: string, place: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${place}${suffix}`, { force: true });
  mkdirSync(dirname(place), { recursive: true, mode: 0o700 });
  renameSync(built, place);
}

function tableOf(models: readonly ModelDigest[]): readonly string[] {
  const rows = models.map(({ agency, position, facts, digest }) => [agency, position, facts, digest]);
  return table(['agency', 'position', 'facts', 'digest'], rows);
}
