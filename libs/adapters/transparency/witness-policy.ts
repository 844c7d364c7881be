import { join } from 'node:path';
import { Invalid } from '../../contract/failure.js';
import { readIfThere } from '../files/durable-file.js';
import { COSIGNATURE, parseVerifierKey } from './note-key.js';
import { type KnownWitness } from './witness-client.js';

/** The file in the folder of the transparency log that lists its witnesses. */
export const POLICY_FILE = 'witnesses';

/**
 * The witnesses of a log's folder: none when the file is absent. Its lines are those of C2SP tlog-policy of the form
 * `witness <name> <verifier key> <url>`; its other lines (`log`, `group`, `quorum`, comments) concern those who verify,
 * and are passed over. Throws `Invalid` `witness-policy` with the number of a line that is not right.
 */
export function readWitnesses(folder: string): readonly KnownWitness[] {
  const text = readIfThere(join(folder, POLICY_FILE))?.toString() ?? '';
  return text.split('\n').flatMap((line, index) => {
    const words = line.split(/[ \t]+/).filter((word) => word !== '');
    const [keyword = '#', , key = '', url = ''] = words;
    if (keyword.startsWith('#') || OTHERS.includes(keyword)) return [];
    const witness = keyword === 'witness' && words.length === 4 ? witnessOf(key, url) : undefined;
    if (witness !== undefined) return [witness];
    const detail = 'is not "witness <name> <verifier key of a witness> <http or https address>"';
    throw new Invalid('witness-policy', `line ${String(index + 1)} of the file ${POLICY_FILE} ${detail}`);
  });
}

const OTHERS = ['log', 'group', 'quorum'];

function witnessOf(text: string, url: string): KnownWitness | undefined {
  const key = parseVerifierKey(text);
  const isAddress = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  return isAddress && key.type === COSIGNATURE ? { key, url } : undefined;
}
