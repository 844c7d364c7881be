import { foldRecorded } from '../../libs/adapters/agreement-document/recorded-step.js';
import { BEFORE_FIRST, type Position } from '../../libs/adapters/event-log/event-log.js';
import { type LogReader } from '../../libs/adapters/event-log/log-reader.js';
import { isFailure } from '../../libs/contract/failure.js';
import { streamOf } from '../../libs/contract/fact.js';
import { type AgreementVersion } from '../../libs/domain/agreement/agreement.js';
import { EMPTY_REGISTER, versions } from '../../libs/domain/agreement/register.js';

/** What checking the agreements of a log found: every version as it was signed, or the first event that is not right. */
export type AgreementsVerdict =
  | {
      readonly outcome: 'proven';
      readonly versions: readonly AgreementVersion[];
      readonly signatures: number;
    }
  | { readonly outcome: 'altered'; readonly position: Position; readonly reason: string };

/** Folds the log's agreements as the hub does, which checks each hash and signature; needs no hub and no keys of its own. */
export async function verifyAgreements(log: Pick<LogReader, 'readAll'>): Promise<AgreementsVerdict> {
  let register = EMPTY_REGISTER;
  for await (const event of log.readAll(BEFORE_FIRST)) {
    if (event.stream !== streamOf.agreements) continue;
    try {
      ({ register } = foldRecorded(register, event));
    } catch (error) {
      const reason = isFailure(error) ? error.message : 'agreement event cannot be read';
      return { outcome: 'altered', position: event.position, reason };
    }
  }
  const all = versions(register);
  const signatures = all.reduce((sum, each) => sum + each.signatures.length, 0);
  return { outcome: 'proven', versions: all, signatures };
}

/** A line for each version, with the hash that its document has. */
export function rowsOf(all: readonly AgreementVersion[]): readonly (readonly (string | number)[])[] {
  return all.map(({ document, hash, status, signatures }) => [
    document.reference,
    document.version,
    status,
    signatures.length,
    hash,
  ]);
}
