import { Unavailable } from '../../../libs/contract/failure.js';

/** A node that has not heard from the log for this long (ms) refuses to answer (design §8). */
export const STALE_AFTER = 5000;

/** The code of that refusal. */
export const STALE = 'stale-node';

export function staleNode(): Unavailable {
  return new Unavailable(STALE, 'the hub has not heard from its log and will not answer from memory');
}

/** What the log gives, or `Unavailable` `stale-node` when it stays silent: nobody waits for ever. */
export async function unlessSilent<T>(asked: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(staleNode()), STALE_AFTER);
  });
  try {
    return await Promise.race([asked, silence]);
  } finally {
    clearTimeout(timer);
  }
}
