import { hash, timingSafeEqual } from 'node:crypto';
import type { LoggedEvent, NewEvent } from './event-log.js';

const PREFIX = 1;
const LENGTH = 8;

/**
 * The canonical bytes of an event behind the RFC 6962 leaf prefix: one byte 0x00, then stream, id, type and metadata
 * (UTF-8) and data, in this order, each preceded by its length in bytes as an unsigned 64-bit big-endian integer.
 * Position and revision are left out: the place in the tree and in the stream states them.
 */
function leafBytes(stream: string, event: NewEvent): Buffer {
  const texts = [stream, event.id, event.type, event.metadata];
  const size = texts.reduce((sum, text) => sum + LENGTH + Buffer.byteLength(text), PREFIX);
  const bytes = Buffer.alloc(size + LENGTH + event.data.length);
  const dataAt = texts.reduce((at, text) => {
    const length = bytes.write(text, at + LENGTH);
    bytes.writeUInt32BE(length, at + LENGTH - 4);
    return at + LENGTH + length;
  }, PREFIX);
  bytes.writeUInt32BE(event.data.length, dataAt + LENGTH - 4);
  bytes.set(event.data, dataAt + LENGTH);
  return bytes;
}

/** The RFC 6962 §2.1 leaf hash of an event in a stream: SHA-256(0x00 || canonical bytes), 32 bytes. */
export function leafHash(stream: string, event: NewEvent): Buffer {
  return hash('sha256', leafBytes(stream, event), 'buffer');
}

/**
 * Whether a logged event still has the content whose hash was stored with it. A damaged file may also give what is no
 * text where text was written.
 */
export function verifyLeaf(event: LoggedEvent): boolean {
  const texts: readonly unknown[] = [event.stream, event.id, event.type, event.metadata];
  const bytes: readonly unknown[] = [event.data, event.leafHash];
  if (!texts.every((text) => typeof text === 'string') || !bytes.every(ArrayBuffer.isView)) return false;
  return event.leafHash.length === 32 && timingSafeEqual(leafHash(event.stream, event), event.leafHash);
}
