import { type IdentifierScheme } from '../../contract/catalogue/entry.js';
import { type FactIdentifier } from '../../contract/fact.js';
import { parseIdentifier } from '../../domain/identity/identifiers.js';
import { type KeyVault } from './key-vault.js';

/** How an identifier of a person is looked up without being stored: its keyed hash, kept apart by scheme. */
export function identifierPseudonym(
  vault: Pick<KeyVault, 'pseudonym'>,
): (identifier: Pick<FactIdentifier, 'scheme' | 'value'>) => string {
  return ({ scheme, value }) => vault.pseudonym(`identifier:${scheme}`, value);
}

/** The same for an identifier as somebody wrote it: in its canonical form where it has one, read in a year of receipt. */
export function soughtPseudonym(vault: Pick<KeyVault, 'pseudonym'>, year: () => number) {
  const pseudonym = identifierPseudonym(vault);
  return (scheme: IdentifierScheme, value: string): string => {
    const parsed = parseIdentifier(scheme, value, year());
    return pseudonym({ scheme, value: parsed.outcome === 'valid' ? parsed.value : value });
  };
}
