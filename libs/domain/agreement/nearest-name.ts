/** The candidate that is spelt most like a name, the first of several alike; undefined when none is close to it. */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  const far = Math.max(1, Math.floor(name.length / 3)) + 1;
  let nearest: { readonly name: string; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) >= (nearest?.distance ?? far)) continue;
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < (nearest?.distance ?? far)) nearest = { name: candidate, distance };
  }
  return nearest?.name;
}

/** How many letters must be put in, left out or changed to make one word of another (Levenshtein). */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let index = 0; index < one.length; index += 1) {
    const next = [index + 1];
    for (let column = 0; column < other.length; column += 1) {
      const changed = (row[column] ?? 0) + (one[index] === other[column] ? 0 : 1);
      next.push(Math.min(changed, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
