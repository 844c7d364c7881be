import { Invalid } from '../../../libs/contract/failure.js';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A request body as text, nothing in it replaced or left out. Throws `Invalid` `not-utf-8`. */
export function eventText(body: Uint8Array): string {
  try {
    return utf8.decode(body);
  } catch {
    throw new Invalid('not-utf-8', 'the request body is not UTF-8');
  }
}
