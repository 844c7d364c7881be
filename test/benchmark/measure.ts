import autocannon from 'autocannon';

/** One line of the result: a figure, its unit, and the floor measured in the same run that bounds it. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What the figure aims at (at least, or at most where the unit is a time). */
  readonly aim?: number;
  readonly floor?: { readonly name: string; readonly value: number };
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** A percentile by nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/**
 * Runs `work` over and over for about so many milliseconds, several times; gives the median of runs a second. The clock
 * is looked at after every batch.
 */
export function perSecond(work: () => void, milliseconds = 300, rounds = 5, batch = 100): number {
  const rates = Array.from({ length: rounds }, () => {
    let runs = 0;
    const begun = performance.now();
    while (performance.now() - begun < milliseconds) {
      for (let index = 0; index < batch; index += 1) work();
      runs += batch;
    }
    return (runs * 1000) / (performance.now() - begun);
  });
  return median(rates);
}

export interface Load {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: () => string;
  readonly expect: (status: number, body: string) => boolean;
}

/** Requests a second that were answered as expected; throws when one was not. */
export async function load({ url, connections, seconds, headers, body, expect }: Load): Promise<number> {
  let wrong = 0;
  let first = '';
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    method: 'POST',
    headers,
    requests: [
      {
        setupRequest: (request) => ({ ...request, body: body() }),
        onResponse: (status, answer) => {
          if (expect(status, answer)) return;
          wrong += 1;
          first ||= `${status} ${answer.slice(0, 500)}`;
        },
      },
    ],
  });
  if (wrong > 0 || result.errors > 0)
    throw new Error(`${wrong} wrong answers and ${result.errors} errors from ${url}: ${first}`);
  return result.requests.total / result.duration;
}
