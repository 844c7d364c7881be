import { existsSync } from 'node:fs';
import { type Position } from '../../libs/adapters/event-log/event-log.js';
import { digestModel, sqliteCode, type ModelDigest } from '../../libs/adapters/read-store/digest.js';
import { modelFile } from '../../libs/adapters/read-store/embedded-writer.js';

/**
 * What became of one agency's read model. `same`: it holds what the log gives. `behind`: it does as of its own
 * position, but others have followed further, and it never took in what they did. `different`: it does not.
 */
export interface PictureFinding {
  readonly agency: string;
  readonly outcome: 'same' | 'behind' | 'different' | 'missing' | 'unreadable';
  /** As the model itself says; 0 when it is missing or unreadable. */
  readonly position: Position;
  readonly facts: number;
  readonly digest: string;
  /** The digest of what the log gives for that position; null when there was nothing to compare. */
  readonly expected: string | null;
}

/** The digests of read models built from nothing, up to a position of the log. */
export type RebuiltAt = (position: Position) => Promise<ReadonlyMap<string, string>>;

/**
 * Compares live read models with rebuilt ones, while the hub runs or not.
 *
 * A model's rows and its position are stored in one transaction and read in one, so a model is exactly what the log
 * gives up to its position, wherever the hub has got to meanwhile. One that nothing touched keeps an old position for
 * a while, though it holds what newer ones do. So every model is compared with a rebuild up to the newest position of
 * all; one that differs is read once more, since it may have moved on while the others were read, and is compared
 * with a rebuild up to its own position.
 */
export async function comparePictures(
  folder: string,
  agencies: readonly string[],
  rebuiltAt: RebuiltAt,
): Promise<readonly PictureFinding[]> {
  const read = agencies.map((agency) => readModel(folder, agency));
  const newest = Math.max(0, ...read.map(({ position }) => position));
  const rebuilt = await rebuiltAt(newest);
  const findings: PictureFinding[] = [];
  for (const model of read) {
    const { agency, digest } = model;
    const isSame = model.outcome === undefined && digest === rebuilt.get(agency);
    findings.push(
      isSame
        ? { ...model, outcome: 'same', expected: digest }
        : await again(folder, model, newest, rebuiltAt),
    );
  }
  return findings;
}

type ReadModel = ModelDigest & { readonly outcome?: 'missing' | 'unreadable' };

async function again(
  folder: string,
  { agency }: ReadModel,
  newest: Position,
  rebuiltAt: RebuiltAt,
): Promise<PictureFinding> {
  const model = readModel(folder, agency);
  const { digest, position, outcome } = model;
  if (outcome !== undefined) return { ...model, outcome, expected: null };
  if (digest === (await rebuiltAt(newest)).get(agency))
    return { ...model, outcome: 'same', expected: digest };
  const expected = (await rebuiltAt(position)).get(agency) ?? null;
  if (digest !== expected) return { ...model, outcome: 'different', expected };
  return { ...model, outcome: position < newest ? 'behind' : 'same', expected };
}

function readModel(folder: string, agency: string): ReadModel {
  const nothing = { agency, position: 0, facts: 0, digest: '' };
  if (!existsSync(modelFile(folder, agency))) return { ...nothing, outcome: 'missing' };
  try {
    return digestModel(folder, agency);
  } catch (error) {
    if (sqliteCode(error) !== undefined) return { ...nothing, outcome: 'unreadable' };
    throw error;
  }
}
