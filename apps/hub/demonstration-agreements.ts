import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentHash, parseAgreement } from '../../libs/adapters/agreement-document/agreement-document.js';
import { signDocument } from '../../libs/adapters/agreement-document/signature.js';
import { createDurably } from '../../libs/adapters/files/durable-file.js';
import { generateSigningKey, type SigningKey, signingKeyOf } from '../../libs/adapters/signature/ed25519.js';
import { NO_AGREEMENT, proposedVersions, signatoriesOf } from '../../libs/domain/agreement/agreement.js';
import { startOf } from '../../libs/domain/agreement/decide.js';
import { type AgreementDocument } from '../../libs/domain/agreement/document.js';
import { type Agreements, type AgreementSteps } from './agreements/agreements.js';
import { demonstrationCaller } from './demonstration-caller.js';
import { projectFolder } from './project-folder.js';

const DAY = 86_400_000;
const REASON = 'the agreement of the demonstration';

/**
 * Proposes the agreements under `deploy/agreements/` and signs them for every party, as far as that is not done, each
 * on the day before it is in force, or now when that is later than now: so the hub knows the earlier versions as they
 * were in their time. The private keys are kept under `demonstration-keys/` in the data folder, for users to sign with.
 */
export async function loadAgreements(
  agreements: Agreements,
  dataDir: string,
  folder = join(projectFolder(), 'deploy', 'agreements'),
): Promise<number> {
  const documents = documentsIn(folder);
  const signing = signingKeys(join(dataDir, 'demonstration-keys'));
  await agreements.loadHistory(async (at) => {
    for (const { moment, document } of calendarOf(documents)) {
      const steps = at(moment);
      if (document === undefined) await steps.elapse();
      else await agree({ agreements, steps, signing }, document);
    }
  });
  return documents.length;
}

function documentsIn(folder: string): readonly AgreementDocument[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  const documents = files.map((name) => parseAgreement(readFileSync(join(folder, name), 'utf8')));
  return documents.sort(
    (one, other) => one.reference.localeCompare(other.reference) || one.version - other.version,
  );
}

interface Day {
  readonly moment: number;
  /** What is signed then; nothing on days on which time alone acts. */
  readonly document?: AgreementDocument;
}

/** The days on which something happens to the agreements, in order; on one day first what time brings about. */
function calendarOf(documents: readonly AgreementDocument[]): readonly Day[] {
  const days = documents.flatMap(({ inForceFrom, expires }) => [inForceFrom, expires]);
  const signings = documents.map((document) => ({ moment: startOf(document.inForceFrom) - DAY, document }));
  const ticks = [...new Set(days)].map((day) => ({ moment: startOf(day) }));
  return [...ticks, ...signings].sort((one, other) => one.moment - other.moment);
}

interface Loading {
  readonly agreements: Agreements;
  readonly steps: AgreementSteps;
  readonly signing: (agency: string) => SigningKey;
}

async function agree(loading: Loading, document: AgreementDocument): Promise<void> {
  const { agreements, steps } = loading;
  if (find(agreements, document).version === undefined) {
    const caller = demonstrationCaller(document.owner.agency, 'signatory');
    await steps.propose(caller, JSON.stringify(document), REASON);
  }
  const { agreement, version } = find(agreements, document);
  if (version?.status !== 'proposed') return;
  const hasSigned = (agency: string): boolean => version.signatures.some(({ party }) => party === agency);
  for (const agency of signatoriesOf(agreement, version).filter((each) => !hasSigned(each)))
    await sign(loading, document, agency);
}

async function sign(
  { agreements, steps, signing }: Loading,
  document: AgreementDocument,
  agency: string,
): Promise<void> {
  const caller = demonstrationCaller(agency, 'signatory');
  const { key, publicKey, privateKeyPem } = signing(agency);
  if (!agreements.register().keys.has(key)) await steps.registerKey(caller, publicKey);
  const { reference, version } = document;
  const signature = signDocument(document, privateKeyPem);
  const request = { reference, version, hash: documentHash(document), key, signature, reason: REASON };
  await steps.sign(caller, request);
}

function find(agreements: Agreements, { reference, version }: AgreementDocument) {
  const agreement = proposedVersions(agreements.register().agreements.get(reference) ?? NO_AGREEMENT);
  return { agreement, version: agreement.find(({ document }) => document.version === version) };
}

/** Keys kept in a folder that only its owner may read, one file for each agency, made when it is first asked for. */
function signingKeys(folder: string): (agency: string) => SigningKey {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return (agency) => {
    const file = join(folder, `${agency}.pem`);
    if (!existsSync(file)) createDurably(file, generateSigningKey().privateKeyPem);
    return signingKeyOf(readFileSync(file, 'utf8'));
  };
}
