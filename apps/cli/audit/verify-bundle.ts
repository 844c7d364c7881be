import { type Command } from 'commander';
import { hubVersion } from '../../../libs/adapters/evidence/hub-version.js';
import { type BundleVerdict } from '../../../libs/adapters/evidence/verdict.js';
import { verifyBundle } from '../../../libs/adapters/evidence/verify-bundle.js';
import { parseVerifierKey } from '../../../libs/adapters/transparency/note-key.js';
import { ALTERED, CLEAN, type Terminal } from '../session.js';

interface VerifyOptions {
  readonly logKey: string;
  readonly signer?: string;
  readonly witnessKey: readonly string[];
}

const help = `
Needs the bundle and public keys, and nothing else: no data folder, no hub, no network. Take the keys from somebody other than
whoever gave you the bundle. Exit codes: 0 as it was made, 2 wrong usage, 4 altered: the first entry that is not right is named.`;

/** `concordat audit verify`: whether an evidence bundle is what it says, offline. */
export function addVerifyBundleCommand(
  family: Command,
  terminal: Terminal,
  end: (code: number) => void,
): void {
  family
    .command('verify')
    .description('verify a bundle of evidence offline')
    .argument('<bundle>', 'the folder')
    .requiredOption('--log-key <key>', "the log's verifier key")
    .option('--signer <key>', 'verifier key of whoever signed the bundle (default: the log)')
    .option('--witness-key <key>', 'a witness that must have cosigned (repeat for more)', gather, [])
    .addHelpText('after', help)
    .action(async (folder: string, { logKey, signer = logKey, witnessKey }: VerifyOptions) => {
      const keys = {
        log: parseVerifierKey(logKey),
        signer: parseVerifierKey(signer),
        witnesses: witnessKey.map(parseVerifierKey),
      };
      end(tell(await verifyBundle(folder, keys, hubVersion()), terminal));
    });
}

function gather(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function tell(verdict: BundleVerdict, { out, err }: Terminal): number {
  if (verdict.outcome === 'altered') {
    const { file, entry, reason } = verdict;
    out(`the bundle was altered: ${file}${entry === null ? '' : `, entry ${entry}`} ${reason}`);
    return ALTERED;
  }
  const { manifest, events, witnesses, isDerivedAgain } = verdict;
  const { asOf, checkpoint, counts } = manifest;
  out(
    `the bundle is as it was made on ${asOf.at}: ${counts.answers} answers and ${events} events, each proven to stand in the log ` +
      `${checkpoint.origin} of ${checkpoint.size} events`,
  );
  for (const name of witnesses) out(`cosigned by ${name}`);
  if (!isDerivedAgain)
    err(
      `it was made with version ${manifest.hub}: its CSV and report were checked by their hashes, not made again`,
    );
  return CLEAN;
}
