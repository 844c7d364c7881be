import { join } from 'node:path';
import { type Command } from 'commander';
import { Unavailable } from '../../libs/contract/failure.js';
import { readCheckpoint } from '../../libs/adapters/transparency/checkpoint.js';
import {
  readCheckpointFile,
  readLogKey,
  TRANSPARENCY,
} from '../../libs/adapters/transparency/log-identity.js';
import { COSIGNATURE, formatVerifierKey, SIGNATURE } from '../../libs/adapters/transparency/note-key.js';
import { parseNote } from '../../libs/adapters/transparency/note.js';
import { folderOf, type FolderOptions, withFolderOptions } from './data-folder.js';
import { makeKeyFile, readKeyFile } from './note-keys.js';
import { CLEAN, type Terminal } from './session.js';

/**
 * `concordat transparency`: `keygen` makes the key of a log (before its hub first starts, under a name of one's own) or
 * of a witness, `vkey` prints what others need to verify with it, `show` prints the last signed head of a data folder.
 */
export function addTransparencyCommand(
  program: Command,
  terminal: Terminal,
  end: (code: number) => void,
): void {
  const family = program.command('transparency').description('keys and heads of the transparency log');
  family
    .command('keygen')
    .description('make a key in a new file that only you may read; print its verifier key')
    .argument('<file>', 'file for the private key')
    .requiredOption(
      '--name <name>',
      'whose key it is: an address without scheme, such as police.example/witness',
    )
    .option('--witness', 'a key for cosigning; without it, one for signing a log')
    .action((file: string, { name, witness }: { readonly name: string; readonly witness?: true }) => {
      const key = makeKeyFile(file, name, witness === true ? COSIGNATURE : SIGNATURE);
      terminal.out(formatVerifierKey(key));
      end(CLEAN);
    });
  withFolderOptions(
    family
      .command('vkey')
      .description("print the verifier key of a key file, or of the data folder's log")
      .argument('[file]', 'file with the private key'),
  ).action((file: string | undefined, options: FolderOptions) => {
    const key = file === undefined ? readLogKey(transparencyOf(options, terminal)) : readKeyFile(file);
    if (key === undefined) throw new Unavailable('log-key-missing', 'the data folder holds no key of a log');
    terminal.out(formatVerifierKey(key));
    end(CLEAN);
  });
  withFolderOptions(family.command('show').description('print the last signed head of a data folder'))
    .option('--json', 'print JSON')
    .action((options: FolderOptions & { readonly json?: true }) => {
      const bytes = readCheckpointFile(transparencyOf(options, terminal));
      if (bytes === undefined)
        throw new Unavailable('checkpoint-missing', 'the data folder holds no checkpoint');
      terminal.out(
        options.json === true ? JSON.stringify(headOf(bytes), null, 2) : bytes.toString().trimEnd(),
      );
      end(CLEAN);
    });
}

function transparencyOf(options: FolderOptions, terminal: Terminal): string {
  return join(folderOf(options, terminal.env), TRANSPARENCY);
}

function headOf(bytes: Uint8Array): object {
  const { text, signatures } = parseNote(bytes);
  const { origin, size, root } = readCheckpoint(text);
  const signed = signatures.map(({ name, id }) => ({ name, id }));
  return { origin, size, root: Buffer.from(root).toString('base64'), signatures: signed };
}
