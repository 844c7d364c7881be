import { Invalid } from '../../../../libs/contract/failure.js';
import { type Delivery } from '../delivery.js';
import { readText } from '../files.js';
import { type Publication } from '../publication.js';
import { type ImportSummary } from '../summary.js';
import { chargeOf, isOrganisation } from './charge.js';
import { readNewCase } from './message.js';

interface SpiImport {
  readonly delivery: Delivery;
  readonly summary: ImportSummary;
  /** The year of import, for identifiers with a short year. */
  readonly receivedYear: number;
  /** Called before each file is published. */
  readonly onFile: (done: number, total: number) => void;
}

/** Imports police-to-court messages: a charge for each defendant. A file with a fault is refused as a whole, by name. */
export async function importSpi(files: readonly string[], context: SpiImport): Promise<void> {
  for (const [done, file] of files.entries()) {
    context.onFile(done, files.length);
    for (const event of chargesIn(file, context)) await context.delivery.send(file, event.subject, event);
  }
  await context.delivery.finish();
}

function chargesIn(file: string, { summary, receivedYear }: SpiImport): readonly Publication[] {
  try {
    const message = readNewCase(readText(file));
    const people = message.defendants.filter((defendant) => !isOrganisation(defendant));
    const charges = people.map((defendant) => chargeOf(message, defendant, receivedYear));
    summary.filesRead += 1;
    summary.organisations += message.defendants.length - people.length;
    return charges;
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    summary.refused.push({ file, reason: error.message });
    return [];
  }
}
