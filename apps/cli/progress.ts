import { SingleBar } from 'cli-progress';
import { type Terminal } from './session.js';

/** Tells the person who watches how far work has come. */
export interface Progress {
  readonly show: (done: number, total: number) => void;
  readonly stop: () => void;
}

/** Runs work under a progress bar, if somebody watches. `unit` says what is counted. */
export async function watched<T>(
  terminal: Pick<Terminal, 'interactive'>,
  unit: string,
  work: (show: Progress['show']) => Promise<T>,
): Promise<T> {
  const bar = progressBar(terminal, unit);
  try {
    return await work(bar.show);
  } finally {
    bar.stop();
  }
}

/** A bar among the messages while a person watches them, and nothing otherwise. */
function progressBar({ interactive }: Pick<Terminal, 'interactive'>, unit: string): Progress {
  if (!interactive) return { show: () => undefined, stop: () => undefined };
  const format = `{bar} {value}/{total} ${unit}`;
  const bar = new SingleBar({ format, stream: process.stderr, hideCursor: true, clearOnComplete: true });
  bar.start(0, 0);
  return {
    show: (done, total) => {
      bar.setTotal(total);
      bar.update(done);
    },
    stop: () => bar.stop(),
  };
}
