import { hash } from 'node:crypto';

/**
 * The log event id of a publication: a UUID (version 8, RFC 9562 §5.8) from SHA-256 of `source` NUL `id`, so that a
 * resend has the same id wherever and whenever it is received.
 */
export function eventIdOf(source: string, id: string): string {
  return uuidOf(`${source}\0${id}`);
}

/** The id of an event that intake itself adds beside a publication's: its quarantine, its release, or a link. */
export function companionIdOf(eventId: string, companion: string): string {
  return uuidOf(`${companion}\0\0${eventId}`);
}

function uuidOf(name: string): string {
  const digits = hash('sha256', name);
  const variant = ((parseInt(digits.charAt(16), 16) & 0x3) | 0x8).toString(16);
  const parts = [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
  ];
  return [...parts, digits.slice(20, 32)].join('-');
}
