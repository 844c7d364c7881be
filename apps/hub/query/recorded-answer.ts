import { type ExecutionResult } from 'graphql';
import { isFailure, Unavailable } from '../../../libs/contract/failure.js';
import { type Answer, answerOf, bodyOf } from './answering.js';
import { type QueryContext } from './query-context.js';
import { STALE, unlessSilent } from './stale-node.js';

/** The code with which an answer is refused that shows what was acknowledged as ended while it was made. */
export const CHANGED_MEANWHILE = 'changed-meanwhile';

export interface Answering {
  readonly context: QueryContext;
  run(): Promise<ExecutionResult> | ExecutionResult;
  /** Makes the record of the answer with this body durable; undefined when it shows nothing that is recorded. */
  readonly record: ((body: string) => Promise<void>) | undefined;
  /** Told of what nobody foresaw. */
  readonly onFault: (error: unknown) => void;
}

/**
 * The answer, whose record is durable (design §1.4, R24). Throws when it cannot be, or `Unavailable` `changed-meanwhile`
 * when what the answer shows may have ended: then nothing of it may leave.
 */
export async function recordedAnswer({ context, run, record, onFault }: Answering): Promise<Answer> {
  const result = await run();
  requireLog(result);
  requireStanding(context);
  const answer = answerOf(result);
  if (record !== undefined) await unlessSilent(record(bodyOf(answer)));
  requireStanding(context);
  result.errors
    ?.filter(({ originalError }) => originalError != null && !isFailure(originalError))
    .forEach(onFault);
  return answer;
}

/** An answer that could not be made because the log is silent could not be recorded either. */
function requireLog({ errors = [] }: ExecutionResult): void {
  for (const { originalError } of errors)
    if (isFailure(originalError) && originalError.code === STALE) throw originalError;
}

/** What was acknowledged as ended while the answer was made must neither be recorded as shown nor leave with it (design §8). */
function requireStanding({ pictures }: QueryContext): void {
  if (!pictures.every((picture) => picture.stands()))
    throw new Unavailable(CHANGED_MEANWHILE, 'agreements or consent changed while you asked: ask again');
}
