import { join } from 'node:path';
import { type Command } from 'commander';
import { offenceCodes } from '../../../libs/adapters/reference-data/offence-codes.js';
import { hubClient } from '../hub-client.js';
import { type Progress, watched } from '../progress.js';
import {
  CLEAN,
  dataDirOf,
  FINDINGS,
  type HubOptions,
  type Terminal,
  tokenOf,
  urlOf,
  withHubOptions,
} from '../session.js';
import { importCommonPlatform } from './common-platform/import.js';
import { openShareLedger } from './common-platform/share-ledger.js';
import { addCsvImport } from './csv/command.js';
import { deliverTo, type Delivery, dryDelivery } from './delivery.js';
import { filesOf } from './files.js';
import { resolvingOffences } from './offence-codes.js';
import { importSpi } from './spi/import.js';
import { describe, emptySummary, type ImportSummary, isClean } from './summary.js';

interface ImportOptions extends HubOptions {
  readonly dryRun?: true;
  readonly ndjson?: true;
  readonly json?: true;
}

/** What every importer is given; it may add what its own kind of message needs. */
interface ImportRun {
  readonly delivery: Delivery;
  readonly summary: ImportSummary;
  readonly receivedYear: number;
  readonly onFile: Progress['show'];
}

type Importer = (files: readonly string[], run: ImportRun) => Promise<void>;

/** `concordat import`: publishes the messages of other systems, and says of each file and publication what became of it. */
export function addImportCommand(program: Command, terminal: Terminal, end: (code: number) => void): void {
  const family = program.command('import').description('publish messages of other systems');
  const add = (name: string, description: string): Command =>
    withHubOptions(family.command(name).description(description))
      .argument('<paths...>', 'files, or folders to look through')
      .option('--dry-run', 'read everything, send nothing')
      .option('--ndjson', 'with --dry-run: print the publications, one a line')
      .option('--json', 'print the summary as JSON');
  add('common-platform', 'court results (Common Platform, JSON)').action(
    async (paths: readonly string[], options: ImportOptions) => {
      const importer = withLedger(ledgerFile(terminal), options.dryRun !== true);
      end(await run(filesOf(paths, '.json'), 'courts', importer, options, terminal));
    },
  );
  add('spi', 'police charges (SPI new cases, XML)').action(
    async (paths: readonly string[], options: ImportOptions) => {
      end(await run(filesOf(paths, '.xml'), 'police', importSpi, options, terminal));
    },
  );
  addCsvImport(add('csv', 'extracts of other systems (CSV), as a mapping says'), terminal, end);
}

async function run(
  files: readonly string[],
  agency: string,
  importer: Importer,
  options: ImportOptions,
  terminal: Terminal,
): Promise<number> {
  const summary = emptySummary();
  const lookUp = offenceCodes(dataDirOf(terminal.env));
  const sending = await deliveryOf(agency, summary, options, terminal);
  const delivery = resolvingOffences(sending, lookUp, summary);
  const receivedYear = terminal.now().getUTCFullYear();
  try {
    await watched(terminal, 'files', (show) => {
      const onFile: ImportRun['onFile'] = (done, total) => show(done + 1, total);
      return importer(files, { delivery, summary, receivedYear, onFile });
    });
  } finally {
    report(summary, options, terminal);
  }
  return isClean(summary) ? CLEAN : FINDINGS;
}

async function deliveryOf(
  agency: string,
  summary: ImportSummary,
  options: ImportOptions,
  terminal: Terminal,
): Promise<Delivery> {
  if (options.dryRun === true) return dryDelivery(summary, options.ndjson && terminal.out);
  const url = urlOf(options, terminal.env);
  const token = await tokenOf(options, terminal.env, agency, 'publisher');
  return deliverTo(hubClient(url, token), summary);
}

function withLedger(file: string, keep: boolean): Importer {
  return async (files, context) => {
    const ledger = openShareLedger(file, { keep });
    try {
      await importCommonPlatform(files, { ...context, ledger });
    } finally {
      ledger.close();
    }
  };
}

function ledgerFile(terminal: Terminal): string {
  return join(dataDirOf(terminal.env), 'import', 'common-platform.db');
}

function report(summary: ImportSummary, { json, dryRun, ndjson }: ImportOptions, terminal: Terminal): void {
  const isForPrograms = json === true || (dryRun === true && ndjson === true);
  for (const line of describe(summary, dryRun === true))
    if (isForPrograms) terminal.err(line);
    else terminal.out(line);
  if (json === true) terminal.out(JSON.stringify(summary, null, 2));
}
