import { Invalid } from '../../contract/failure.js';
import { parseHash, parseSize } from './checkpoint.js';

/** The request by which a log asks a witness to cosign (C2SP tlog-witness, `add-checkpoint`). */
export interface AddCheckpoint {
  /** The size of the head that the witness is thought to have cosigned last, 0 for none. */
  readonly old: number;
  /** Shows that the tree of the checkpoint begins with the one of that size. */
  readonly proof: readonly Uint8Array[];
  /** The signed note. */
  readonly checkpoint: string;
}

/** The content type in which a witness tells the size that it has cosigned last. */
export const TREE_SIZE_TYPE = 'text/x.tlog.size';

const MOST_PROOF_LINES = 63;

export function formatAddCheckpoint({ old, proof, checkpoint }: AddCheckpoint): string {
  const lines = proof.map((hash) => `${Buffer.from(hash).toString('base64')}\n`);
  return `old ${String(old)}\n${lines.join('')}\n${checkpoint}`;
}

/** Throws `Invalid` `add-checkpoint`, or `checkpoint` for a size or hash that cannot be read. */
export function parseAddCheckpoint(body: string): AddCheckpoint {
  const end = body.indexOf('\n\n');
  const [first = '', ...lines] = body.slice(0, Math.max(0, end)).split('\n');
  if (end < 0 || !first.startsWith('old ') || lines.length > MOST_PROOF_LINES)
    throw new Invalid(
      'add-checkpoint',
      'the request is not an old size, proof lines, an empty line, a checkpoint',
    );
  return {
    old: parseSize(first.slice('old '.length)),
    proof: lines.map(parseHash),
    checkpoint: body.slice(end + 2),
  };
}
