import { type VerifierKey } from '../transparency/note-key.js';
import { type BundleVerdict, type Fault, faultIn } from './verdict.js';
import { derivedFault } from './verify-derived.js';
import { entriesFault } from './verify-entries.js';
import { alteredFiles, filesFault, readHead, readSigned } from './verify-signed.js';

/** What whoever verifies brings: the keys that they believe. */
export interface BundleKeys {
  readonly log: VerifierKey;
  /** Whose signature the bundle bears; the log's own, unless an auditor signed it. */
  readonly signer: VerifierKey;
  /** Every one of them must have cosigned the checkpoint. */
  readonly witnesses: readonly VerifierKey[];
}

/**
 * Verifies an evidence bundle with nothing but the bundle and public keys: the signature of the manifest, each file's
 * hash, the signed head, each event's leaf hash and inclusion proof, the agreements' own signatures, and that the CSV and
 * the report are what the events give. Names the first entry that is not right. `version` is that of this software.
 * Throws `Invalid` `bundle` for what is no folder, `bundle-form` for a form that is not known.
 */
export async function verifyBundle(
  folder: string,
  { log, signer, witnesses }: BundleKeys,
  version: string,
): Promise<BundleVerdict> {
  const incomplete = filesFault(folder);
  if (incomplete !== undefined) return altered(incomplete);
  const manifest = readSigned(folder, signer);
  if ('reason' in manifest) return altered(manifest);
  const checked = { folder, manifest, altered: alteredFiles(folder, manifest) };
  const head = readHead(folder, manifest, log, witnesses);
  if ('reason' in head) return altered(head);
  if (checked.altered.has('checkpoint'))
    return altered(faultIn('checkpoint', null, 'is not what was signed'));
  const isDerivedAgain = manifest.hub === version;
  const fault = entriesFault(checked, head) ?? (await derivedFault(checked, isDerivedAgain));
  if (fault !== undefined) return altered(fault);
  const events = manifest.files.find(({ name }) => name === 'events.ndjson')?.entries ?? 0;
  return {
    outcome: 'proven',
    manifest,
    events,
    witnesses: witnesses.map(({ name }) => name),
    isDerivedAgain,
  };
}

function altered(fault: Fault): BundleVerdict {
  return { outcome: 'altered', ...fault };
}
