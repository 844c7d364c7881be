type Data = Record<string, unknown>;

/**
 * The data of a fact put together again from values by field path, as far as there are any: `pathways[].score` with
 * `[5, null]` becomes `{ pathways: [{ score: 5 }, {}] }`. The other way round from `minimise`, for values shown as they are.
 */
export function restored(values: Readonly<Record<string, unknown>>): Readonly<Data> {
  const data: Data = {};
  for (const [path, value] of Object.entries(values)) put(data, path.split('.'), value);
  return data;
}

function put(into: Data, [step = '', ...rest]: readonly string[], value: unknown): void {
  if (value === null || value === undefined) return;
  if (!step.endsWith('[]') || rest.length === 0) {
    const name = step.endsWith('[]') ? step.slice(0, -2) : step;
    if (rest.length === 0) into[name] = value;
    else put((into[name] ??= {}) as Data, rest, value);
    return;
  }
  const items = (into[step.slice(0, -2)] ??= []) as Data[];
  if (Array.isArray(value)) value.forEach((each, at) => put((items[at] ??= {}), rest, each));
}
