import { type Equation } from './suppress-grid.js';

type Row = readonly bigint[];

/**
 * The places whose values follow from the equations alone, whatever the others are: exact elimination to the reduced form,
 * where what is determined stands alone in its row.
 */
export function determinedBy(equations: readonly Equation[]): ReadonlySet<number> {
  const places = [...new Set(equations.flatMap(({ factors }) => [...factors.keys()]))];
  const rows = equations.map(({ factors }) => places.map((place) => BigInt(factors.get(place) ?? 0)));
  const alone = reduced(rows, places.length).flatMap((row) => {
    const [first, ...others] = places.filter((_, column) => row[column] !== 0n);
    return first !== undefined && others.length === 0 ? [first] : [];
  });
  return new Set(alone);
}

function reduced(given: readonly Row[], width: number): readonly Row[] {
  let rows = given;
  let done = 0;
  for (let column = 0; column < width; column += 1) {
    const index = rows.findIndex((row, at) => at >= done && row[column] !== 0n);
    const pivot = rows[index];
    if (pivot === undefined) continue;
    const others = rows.filter((_, at) => at !== index).map((row) => eliminated(row, pivot, column));
    rows = [...others.slice(0, done), pivot, ...others.slice(done)];
    done += 1;
  }
  return rows;
}

/** The row without the pivot's column, in whole numbers without a common divisor. */
function eliminated(row: Row, pivot: Row, column: number): Row {
  const [own, theirs] = [row[column] ?? 0n, pivot[column] ?? 1n];
  if (own === 0n) return row;
  const next = row.map((each, at) => each * theirs - (pivot[at] ?? 0n) * own);
  const divisor = next.reduce(greatestDivisor, 0n);
  return divisor > 1n ? next.map((each) => each / divisor) : next;
}

function greatestDivisor(one: bigint, other: bigint): bigint {
  let [a, b] = [one < 0n ? -one : one, other < 0n ? -other : other];
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
