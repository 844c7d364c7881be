import { join } from 'node:path';
import { type Position } from '../../libs/adapters/event-log/event-log.js';
import { type LogReader } from '../../libs/adapters/event-log/log-reader.js';
import { identifierPseudonym } from '../../libs/adapters/key-vault/identifier-pseudonym.js';
import { type KeyVault } from '../../libs/adapters/key-vault/key-vault.js';
import { rebuild } from '../../libs/adapters/projection/rebuild.js';
import { digestModel } from '../../libs/adapters/read-store/digest.js';
import { openEmbeddedWriter } from '../../libs/adapters/read-store/embedded-writer.js';
import { type RebuiltAt } from './compare-pictures.js';
import { type Progress } from './progress.js';

interface Sources {
  readonly log: LogReader;
  readonly vault: KeyVault;
  readonly progress: Progress['show'];
}

/** Builds every agency's read model from the log, up to a position, under a folder that holds none yet. */
export async function rebuildInto(
  folder: string,
  upTo: Position,
  { log, vault, progress }: Sources,
): Promise<void> {
  const models = openEmbeddedWriter(folder, identifierPseudonym(vault));
  try {
    await rebuild({ log, vault, models }, upTo, (position) => progress(position, upTo));
  } finally {
    models.close();
  }
}

/** Rebuilds under a folder as often as another position is asked for, and gives the digests of these agencies. */
export function rebuiltUnder(folder: string, agencies: readonly string[], sources: Sources): RebuiltAt {
  const known = new Map<Position, ReadonlyMap<string, string>>();
  return async (position) => {
    const before = known.get(position);
    if (before !== undefined) return before;
    const place = join(folder, String(position));
    await rebuildInto(place, position, sources);
    const digests = new Map(agencies.map((agency) => [agency, digestModel(place, agency).digest]));
    known.set(position, digests);
    return digests;
  };
}
