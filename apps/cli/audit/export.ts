import { join } from 'node:path';
import { type Command } from 'commander';
import { exportBundle } from '../../../libs/adapters/evidence/export-bundle.js';
import { hubVersion } from '../../../libs/adapters/evidence/hub-version.js';
import { type AskedOf, type Manifest } from '../../../libs/adapters/evidence/manifest.js';
import { personBy } from '../../../libs/adapters/audit/person.js';
import { type LogReader } from '../../../libs/adapters/event-log/log-reader.js';
import { soughtPseudonym } from '../../../libs/adapters/key-vault/identifier-pseudonym.js';
import {
  readCheckpointFile,
  readLogKey,
  TRANSPARENCY,
} from '../../../libs/adapters/transparency/log-identity.js';
import { formatVerifierKey, type SignerKey } from '../../../libs/adapters/transparency/note-key.js';
import { parseNote } from '../../../libs/adapters/transparency/note.js';
import { proverFor } from '../../../libs/adapters/transparency/stored-proofs.js';
import { openStoredTree } from '../../../libs/adapters/transparency/tile-store.js';
import { isFailure, Unavailable } from '../../../libs/contract/failure.js';
import { beginningOf, endOf } from '../../../libs/domain/audit/questions.js';
import { folderOf, type FolderOptions, withFolderOptions, withKeys, withLog } from '../data-folder.js';
import { readKeyFile } from '../note-keys.js';
import { watched } from '../progress.js';
import { ALTERED, CLEAN, type Terminal } from '../session.js';
import { readSignedHead } from '../signed-tree.js';
import { type Identifier, identifierIn, type OperationsAsked } from './auditor.js';
import { given } from './disclosures.js';

interface ExportOptions extends OperationsAsked {
  readonly out: string;
  readonly key?: string;
}

type DataOption = Pick<FolderOptions, 'data'>;

const help = `
Names a person, a user or a clause, or an agency with a period, as \`audit disclosures\` does. The bundle is a new folder:
hand it over as it is, or pack it with any archiver. It holds no values: people stand by hub id, and what facts say is
encrypted. The log is read as far as its last signed head; no ledger records this reading.`;

/** `concordat audit export`: an evidence bundle that verifies offline. Exit code 4 when the log is not as it was signed. */
export function addExportCommand(family: Command, terminal: Terminal, end: (code: number) => void): void {
  const command = family
    .command('export')
    .description('a bundle of evidence that anybody can verify offline')
    .option('--person <id>', 'hub id, or an identifier such as pnc:2001/0171310W')
    .option('--agency <id>', 'whose people were shown something')
    .option('--user <name>', 'who was')
    .option('--clause <clause>', '<reference>/<version>#<clause>')
    .option('--from <date>', 'from the beginning of this day, or from a moment (RFC 3339)')
    .option('--to <date>', 'to the end of this day, or to a moment')
    .requiredOption('--out <folder>', 'the new folder')
    .option('--key <file>', "sign with this key (default: the log's own)")
    .addHelpText('after', help);
  withFolderOptions(command).action(async ({ data, ...options }: ExportOptions & DataOption) => {
    try {
      const folder = folderOf(given<DataOption>({ data }), terminal.env);
      await exported(folder, options, terminal);
      end(CLEAN);
    } catch (error) {
      if (!isFailure(error) || !altered.has(error.code)) throw error;
      terminal.err(`concordat: ${error.message}`);
      end(ALTERED);
    }
  });
}

const altered: ReadonlySet<string> = new Set(['log-altered', 'agreement-log', 'checkpoint-forged']);

function exported(data: string, options: ExportOptions, terminal: Terminal): Promise<void> {
  const folder = join(data, TRANSPARENCY);
  return withLog(data, async (log) => {
    const checkpoint = headOf(data);
    const signer = signerOf(options, folder);
    const question = await questionIn(options, (identifier) => personIn(data, log, identifier, terminal));
    const prover = proverFor(checkpoint, openStoredTree(folder));
    const at = terminal.now().getTime();
    const manifest = await watched(terminal, 'positions', (show) => {
      const progress = (done: number): void => show(done, checkpoint.size);
      const parts = { log, checkpoint, prover, signer, question, at, hub: hubVersion() };
      return exportBundle(options.out, { ...parts, progress });
    });
    tell(manifest, { options, signer, unsigned: (await log.head()) - manifest.asOf.position }, terminal);
  });
}

/** The last head of the folder, believed as far as its own key says, with all its cosignatures. */
function headOf(data: string) {
  const head = readSignedHead(data);
  if (head === undefined)
    throw new Unavailable(
      'checkpoint-missing',
      'the data folder holds no signed head to prove anything against',
    );
  if (head.outcome === 'forged') throw new Unavailable('checkpoint-forged', head.reason);
  const bytes = readCheckpointFile(head.folder) ?? new Uint8Array();
  return { ...head.checkpoint, note: parseNote(bytes) };
}

function signerOf({ key }: ExportOptions, folder: string): SignerKey {
  const signer = key === undefined ? readLogKey(folder) : readKeyFile(key);
  if (signer === undefined)
    throw new Unavailable('log-key-missing', 'the data folder holds no key of a log: sign with --key');
  return signer;
}

/** Keys are read only to find whom an identifier names. */
function personIn(
  data: string,
  log: LogReader,
  identifier: Identifier,
  { env, now }: Terminal,
): Promise<string> {
  const year = (): number => now().getUTCFullYear();
  return withKeys(data, env, (vault) => personBy(log, soughtPseudonym(vault, year), identifier));
}

async function questionIn(
  { person, agency, user, clause, from, to }: ExportOptions,
  hubId: (identifier: Identifier) => Promise<string>,
): Promise<AskedOf> {
  const identifier = identifierIn(person);
  return given<AskedOf>({
    person: identifier === undefined ? person : await hubId(identifier),
    agency,
    user,
    clause,
    from: from === undefined ? undefined : instant(beginningOf('--from', from)),
    to: to === undefined ? undefined : instant(endOf('--to', to)),
  });
}

function instant(at: number): string {
  return new Date(at).toISOString();
}

interface Made {
  readonly options: ExportOptions;
  readonly signer: SignerKey;
  /** Events of the log after the signed head. */
  readonly unsigned: number;
}

function tell({ counts, asOf }: Manifest, { options, signer, unsigned }: Made, terminal: Terminal): void {
  const { answers, people, facts } = counts;
  terminal.out(options.out);
  terminal.err(
    `${answers} answers about ${people} people, resting on ${facts} facts, as of position ${asOf.position}`,
  );
  if (unsigned > 0) terminal.err(`${unsigned} events after the last signed head are not in it`);
  terminal.err(`signed with ${formatVerifierKey(signer)}`);
}
