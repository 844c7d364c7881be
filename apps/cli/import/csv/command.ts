import { join } from 'node:path';
import { type Command } from 'commander';
import { offenceCodes } from '../../../../libs/adapters/reference-data/offence-codes.js';
import { hubClient } from '../../hub-client.js';
import { watched } from '../../progress.js';
import { CLEAN, dataDirOf, FINDINGS, type HubOptions, type Terminal, tokenOf, urlOf } from '../../session.js';
import { filesOf } from '../files.js';
import { type Destination, importCsv } from './import.js';
import { type Mapping } from './mapping.js';
import { readMappingFile } from './read-mapping.js';
import { noRejects, rejectsIn } from './rejects.js';
import { openRevisions } from './revisions.js';
import { type CsvSummary, describeCsv, emptyCsvSummary, isCleanCsv } from './summary.js';

interface CsvOptions extends HubOptions {
  readonly mapping: string;
  readonly rejects?: string;
  readonly dryRun?: true;
  readonly ndjson?: true;
  readonly json?: true;
}

/** Completes `concordat import csv`: what an extract becomes is told by a mapping, not by a program. */
export function addCsvImport(command: Command, terminal: Terminal, end: (code: number) => void): void {
  command
    .requiredOption('--mapping <file>', 'how rows become events (docs/guides/import-csv.md)')
    .option('--rejects <file>', 'write refused rows to a new file, which only you may read')
    .action(async (paths: readonly string[], options: CsvOptions) => {
      end(await run(filesOf(paths, '.csv'), options, terminal));
    });
}

async function run(files: readonly string[], options: CsvOptions, terminal: Terminal): Promise<number> {
  const mapping = readMappingFile(options.mapping);
  const rejects = options.rejects === undefined ? noRejects : rejectsIn(options.rejects);
  const destination = await destinationOf(mapping, options, terminal);
  const summary = emptyCsvSummary();
  const lookUp = offenceCodes(dataDirOf(terminal.env));
  const receivedYear = terminal.now().getUTCFullYear();
  try {
    await watched(terminal, 'files', (show) => {
      const onFile = (done: number, total: number): void => show(done + 1, total);
      return importCsv(files, { mapping, destination, rejects, summary, lookUp, receivedYear, onFile });
    });
  } finally {
    rejects.close();
    if (destination.kind === 'hub') destination.revisions.close();
    tell(summary, options, terminal);
  }
  return isCleanCsv(summary) ? CLEAN : FINDINGS;
}

/** Prints the summary on stdout; in words on stderr where stdout is for programs. */
function tell(summary: CsvSummary, { dryRun, ndjson, json }: CsvOptions, terminal: Terminal): void {
  const isForPrograms = json === true || (dryRun === true && ndjson === true);
  const lines = describeCsv(summary, dryRun === true);
  lines.forEach(isForPrograms ? terminal.err : terminal.out);
  if (json === true) terminal.out(asJson(summary));
}

async function destinationOf(
  mapping: Mapping,
  options: CsvOptions,
  terminal: Terminal,
): Promise<Destination> {
  if (options.dryRun === true) return { kind: 'dry', write: options.ndjson && terminal.out };
  const { env } = terminal;
  const publish = hubClient(urlOf(options, env), await tokenOf(options, env, mapping.agency, 'publisher'));
  return { kind: 'hub', publish, revisions: openRevisions(join(dataDirOf(env), 'import', 'csv.db')) };
}

function asJson({ general: { unverified, offences }, ...summary }: CsvSummary): string {
  return JSON.stringify({ ...summary, unverified, offences }, null, 2);
}
