import { randomUUID } from 'node:crypto';
import { sealWords, type SealedWords } from '../../../libs/adapters/audit/question.js';
import { type EventLog } from '../../../libs/adapters/event-log/event-log.js';
import { type KeyVault } from '../../../libs/adapters/key-vault/key-vault.js';
import { isFailure, Unavailable } from '../../../libs/contract/failure.js';
import { streamOf } from '../../../libs/contract/fact.js';
import { loggingLawAt } from '../../../libs/domain/audit/law.js';
import {
  type AskedQuestion,
  type AskedWords,
  type Disclosure,
  disclosureType,
  keepsQuestion,
  keysOf,
} from '../../../libs/domain/disclosure/disclosure.js';
import { type Agreements } from '../agreements/agreements.js';
import { type Progress } from './pictures.js';
import { type QueryContext } from './query-context.js';

/** What was asked, besides what the context says. */
export interface Asked {
  readonly question: AskedQuestion;
  /** SHA-256 (hex) of the document. */
  readonly hash: string;
  /** Names of the root fields. */
  readonly roots: readonly string[];
  /** Whether document or variables hold words of the asker. */
  readonly hasWords: boolean;
  /** Whether it is an item of a subscription: somebody is in it, and what was asked is kept under their keys. */
  readonly isItem: boolean;
}

/** Writes the record of an answer before it leaves; `body` is the response's body as it will be sent. */
export type RecordAnswer = (context: QueryContext, asked: Asked, body: string) => Promise<void>;

export interface RecordParts {
  readonly log: EventLog;
  readonly vault: KeyVault;
  readonly agreements: Pick<Agreements, 'position'>;
  readonly progress: Pick<Progress, 'position'>;
}

/** Records answers in the ledgers of their agencies, which hold no personal data in the clear (R24, R25). */
export function recordingTo(parts: RecordParts): RecordAnswer {
  const { log, vault } = parts;
  return async (context, asked, body) => {
    const record = recordOf(parts, context, asked, body);
    const { justification } = context.asking;
    const isKept = asked.isItem || keepsQuestion(record, asked.hasWords);
    const question = isKept ? asked.question : null;
    const keys = asked.isItem ? record.offenders : keysOf(record);
    const place = { id: randomUUID(), stream: streamOf.disclosure(record.agency) };
    const { data, shares } = await sealed(vault, place, keys, { justification, question });
    const metadata = JSON.stringify({ ...record, shares });
    await log.append(place.stream, [{ id: place.id, type: disclosureType(record), metadata, data }], 'any');
  };
}

function recordOf(
  { vault, agreements, progress }: RecordParts,
  { asking, pictures }: QueryContext,
  { hash, roots }: Asked,
  body: string,
): Disclosure {
  const { caller, purpose, justificationRequired, witness, now } = asking;
  const { agency, user, roles, team } = caller;
  const at = Math.max(now, ...pictures.map((picture) => picture.now));
  return {
    agency,
    user,
    roles,
    ...(team !== undefined && { team }),
    purpose,
    justification: null,
    justificationRequired,
    law: loggingLawAt(at)?.id ?? null,
    at,
    asOf: Math.min(progress.position(), ...pictures.map((picture) => picture.asOf)),
    agreementsAsOf: agreements.position(),
    query: vault.pseudonym('question', hash),
    asked: roots,
    ...witness.noted(),
    answer: vault.pseudonym('answer', body),
  };
}

/** Whoever is erased while the answer is made is shown in it no more. */
async function sealed(
  ...words: [KeyVault, { id: string; stream: string }, readonly string[], AskedWords]
): Promise<SealedWords> {
  try {
    return await sealWords(...words);
  } catch (error) {
    if (!isFailure(error) || error.code !== 'key-erased') throw error;
    throw new Unavailable('changed-meanwhile', 'agreements or consent changed while you asked: ask again');
  }
}
