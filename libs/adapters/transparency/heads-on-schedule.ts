import { isOf } from './note-key.js';
import { type TransparencyLog } from './transparency-log.js';
import { type KnownWitness, submit, type Submitted } from './witness-client.js';

export interface ScheduleParts {
  readonly log: TransparencyLog;
  readonly witnesses: readonly KnownWitness[];
  /** Milliseconds between heads; there is a new one only when the log has grown. */
  readonly every: number;
  readonly onFault: (error: unknown) => void;
  /** Told when a witness does not cosign; `ahead` and `split` say that two histories were shown. */
  readonly onRefusal: (witness: KnownWitness, submitted: Submitted) => void;
}

export interface Schedule {
  /** Signs a head now, if the log has grown, and asks every witness that has not cosigned it. Never throws. */
  run(): Promise<void>;
  /** Waits for a round under way, and starts no other. */
  stop(): Promise<void>;
}

/** Signs heads and has them cosigned, round after round. A witness that could not be reached is asked in the next round. */
export function startSchedule({ log, witnesses, every, onFault, onRefusal }: ScheduleParts): Schedule {
  const known = new Map<KnownWitness, number>();
  let round: Promise<void> = Promise.resolve();

  async function ask(witness: KnownWitness): Promise<void> {
    const { note, size } = log.checkpoint();
    if (size === 0 || note.signatures.some((line) => isOf(line, witness.key))) return;
    const prove = (from: number) => log.consistency(from, size).proof;
    const submitted = await submit(witness, { note, size, prove }, known.get(witness) ?? 0);
    if (submitted.outcome !== 'cosigned') return onRefusal(witness, submitted);
    known.set(witness, size);
    log.addCosignatures(note.text, submitted.lines);
  }

  async function once(): Promise<void> {
    await log.sign().catch(onFault);
    await Promise.all(witnesses.map((witness) => ask(witness).catch(onFault)));
  }

  const run = (): Promise<void> => (round = round.then(once));
  let isWaiting = false;
  const timer = setInterval(() => {
    if (isWaiting) return;
    isWaiting = true;
    void run().finally(() => (isWaiting = false));
  }, every).unref();
  return {
    run,
    async stop() {
      clearInterval(timer);
      await round;
    },
  };
}
