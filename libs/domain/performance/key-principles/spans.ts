import { type Held } from '../../casework/held.js';
import { type Span } from '../day.js';

/** Stretches of time in order, none touching another. */
export type Spans = readonly Span[];

/** Intervals as stretches; what still holds has no end. */
export function spansOf(held: readonly Pick<Held<unknown>, 'from' | 'to'>[]): Spans {
  return united(held.map(({ from, to }) => ({ from, to: to ?? Infinity })));
}

/** Everything that any of the stretches covers. */
export function united(spans: readonly Span[]): Spans {
  const inOrder = spans.filter(({ from, to }) => from < to).toSorted((one, other) => one.from - other.from);
  return inOrder.reduce<readonly Span[]>((before, span) => {
    const last = before.at(-1);
    if (last === undefined || last.to < span.from) return [...before, span];
    return [...before.slice(0, -1), { from: last.from, to: Math.max(last.to, span.to) }];
  }, []);
}

/** What of the stretches lies within a period. */
export function within(spans: Spans, { from, to }: Span): Spans {
  return united(spans.map((each) => ({ from: Math.max(each.from, from), to: Math.min(each.to, to) })));
}

/** What both cover. */
export function shared(some: Spans, others: Spans): Spans {
  return united(others.flatMap((each) => within(some, each)));
}

/** What the first cover and the others do not. */
export function without(some: Spans, others: Spans): Spans {
  return others.reduce<Spans>(
    (rest, { from, to }) =>
      rest.flatMap((each) => [
        ...within([each], { from: -Infinity, to: from }),
        ...within([each], { from: to, to: Infinity }),
      ]),
    some,
  );
}

/** When two or more of several hold at once. */
export function overlaps(several: readonly Spans[]): Spans {
  return united(
    several.flatMap((one, index) => several.slice(index + 1).flatMap((other) => shared(one, other))),
  );
}

/** Their length in milliseconds. */
export function lengthOf(spans: Spans): number {
  return spans.reduce((sum, { from, to }) => sum + to - from, 0);
}
