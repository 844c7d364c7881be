import { type FactIdentifier } from '../../contract/fact.js';
import { type KeyVault } from './key-vault.js';

/** How an identifier of a person is looked up without being stored: its keyed hash, kept apart by scheme. */
export function identifierPseudonym(
  vault: Pick<KeyVault, 'pseudonym'>,
): (identifier: Pick<FactIdentifier, 'scheme' | 'value'>) => string {
  return ({ scheme, value }) => vault.pseudonym(`identifier:${scheme}`, value);
}
