import { type IdentifierScheme } from '../../contract/catalogue/entry.js';
import { Invalid } from '../../contract/failure.js';
import { type LinkMetadata, streamOf } from '../../contract/fact.js';
import { type AuditedLog } from './log-window.js';

/**
 * The hub id of whom an identifier names, of several the newest (somebody who was erased and began anew), so that an auditor can begin from what a complaint says. `pseudonym` makes its
 * keyed hash: the identifier itself goes nowhere. Throws `Invalid` `person` when the hub links it to nobody.
 */
export async function personBy(
  log: Pick<AuditedLog, 'readStream'>,
  pseudonym: (scheme: IdentifierScheme, value: string) => string,
  { scheme, value }: { readonly scheme: IdentifierScheme; readonly value: string },
): Promise<string> {
  let newest: string | undefined;
  for await (const { metadata } of log.readStream(streamOf.identifier(pseudonym(scheme, value))))
    newest = (JSON.parse(metadata) as LinkMetadata).offender;
  if (newest !== undefined) return newest;
  throw new Invalid('person', 'the hub links that identifier to nobody');
}
