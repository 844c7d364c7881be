import { Invalid } from '../../../libs/contract/failure.js';
import { type SilencePlace } from './silences.js';

/** The place of a silence as a client holds it: it says no more than the silence itself. */
export function encodePlace({ due, key }: SilencePlace): string {
  return Buffer.from(JSON.stringify([due, key])).toString('base64url');
}

/** Reads a cursor; throws `Invalid` `cursor` when it is not one of ours. */
export function decodePlace(text: string): SilencePlace {
  const [due, key, ...rest] = parsed(text);
  if (typeof due !== 'number' || typeof key !== 'string' || rest.length > 0)
    throw new Invalid('cursor', 'after is not a cursor of this list');
  return { due, key };
}

function parsed(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
