/** Takes things in as they come and gives them out in order, one at a time, to whoever iterates over it. */
export interface Mailbox<T> extends AsyncIterableIterator<T> {
  /** Of a closed mailbox, a no-op. */
  put(each: T): void;
  /** What lies in it is dropped: whoever iterates is done, or gets the reason thrown. Only the first close counts. */
  close(reason?: Error): void;
  return(): Promise<IteratorResult<T, undefined>>;
}

const DONE = { done: true, value: undefined } as const;

/** A mailbox that holds so many at most; one more closes it with the reason that `full` gives. */
export function openMailbox<T>(most: number, full: () => Error, closed?: () => void): Mailbox<T> {
  const held: T[] = [];
  let ended: { reason: Error | undefined } | undefined;
  let wake: (() => void) | undefined;

  function close(reason?: Error): void {
    if (ended !== undefined) return;
    ended = { reason };
    held.length = 0;
    wake?.();
    closed?.();
  }

  function end(): IteratorResult<T, undefined> {
    const reason = ended?.reason;
    ended = { reason: undefined };
    if (reason !== undefined) throw reason;
    return DONE;
  }

  const mailbox: Mailbox<T> = {
    put(each) {
      if (ended !== undefined) return;
      if (held.length >= most) return close(full());
      held.push(each);
      wake?.();
    },
    close,
    async next() {
      while (ended === undefined && held.length === 0)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      if (ended !== undefined) return end();
      const [value] = held.splice(0, 1);
      return value === undefined ? DONE : { done: false, value };
    },
    return() {
      close();
      return Promise.resolve(DONE);
    },
    [Symbol.asyncIterator]: () => mailbox,
  };
  return mailbox;
}
