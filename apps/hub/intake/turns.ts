/** A place in a queue: `ready` when everybody before is done. `done` may be called more than once. */
export interface Turn {
  readonly ready: Promise<void> | undefined;
  readonly done: () => void;
}

/** Queues by name, so that what belongs to one person happens in the order in which it was begun. */
export function openTurns(): { take(name: string): Turn } {
  const tails = new Map<string, Promise<void>>();
  return {
    take(name) {
      const before = tails.get(name);
      let release = (): void => undefined;
      const own = new Promise<void>((resolve) => (release = resolve));
      const tail = before === undefined ? own : before.then(() => own);
      tails.set(name, tail);
      void tail.then(() => tails.get(name) === tail && tails.delete(name));
      return { ready: before, done: () => release() };
    },
  };
}
