/** An identifier of a publication, by its keyed hash, and the person it is linked to so far. */
export interface KnownIdentifier {
  readonly pseudonym: string;
  readonly offender: string | undefined;
}

export type Link =
  | { readonly outcome: 'found'; readonly offender: string; readonly newIdentifiers: readonly string[] }
  | { readonly outcome: 'new'; readonly newIdentifiers: readonly string[] }
  | { readonly outcome: 'ambiguous'; readonly offenders: readonly string[] };

/**
 * Whom a publication is about. One person found by any of its identifiers, or `named` by the hub's own id: that one,
 * and the identifiers nobody had become theirs. None found: a new person. Two different people: held for review by
 * a human, never guessed. Identifiers are given as pseudonyms and returned without repetition.
 */
export function decideLink(identifiers: readonly KnownIdentifier[], named?: string): Link {
  const offenders = new Set(named === undefined ? [] : [named]);
  const newIdentifiers = new Set<string>();
  for (const { pseudonym, offender } of identifiers) {
    if (offender === undefined) newIdentifiers.add(pseudonym);
    else offenders.add(offender);
  }
  const [offender, ...others] = offenders;
  if (offender === undefined) return { outcome: 'new', newIdentifiers: [...newIdentifiers] };
  if (others.length > 0) return { outcome: 'ambiguous', offenders: [...offenders].sort() };
  return { outcome: 'found', offender, newIdentifiers: [...newIdentifiers] };
}
