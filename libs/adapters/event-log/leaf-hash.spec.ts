import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { LoggedEvent, NewEvent } from './event-log.js';
import { leafHash, verifyLeaf } from './leaf-hash.js';

const event: NewEvent = {
  id: '6f0c7a6e-0000-4000-8000-000000000001',
  type: 'police.arrest.recorded',
  metadata: '{"note":"Škoda"}',
  data: Uint8Array.of(0x00, 0xff, 0x10),
};
const logged: LoggedEvent = {
  ...event,
  stream: 'offender-1',
  position: 7,
  revision: 3,
  leafHash: leafHash('offender-1', event),
};

describe('the leaf hash of an event', () => {
  it('is the SHA-256 of the byte 0 and the length-prefixed stream, id, type, metadata and data', () => {
    const written = [
      '00',
      ['000000000000000a', Buffer.from('offender-1').toString('hex')],
      ['0000000000000024', Buffer.from(event.id).toString('hex')],
      ['0000000000000016', Buffer.from(event.type).toString('hex')],
      ['0000000000000011', '7b226e6f7465223a22c5a06b6f6461227d'],
      ['0000000000000003', '00ff10'],
    ];
    const expected = createHash('sha256')
      .update(Buffer.from(written.flat().join(''), 'hex'))
      .digest();
    expect(leafHash('offender-1', event)).toEqual(expected);
    expect(expected.toString('hex')).toBe('011dc33120a520737b64249d21a7bf2cede1d6706d4a4977390428a116b882e9');
  });

  it('tells apart events whose bytes would be the same end to end', () => {
    const moved = { ...event, id: `${event.id}p`, type: event.type.slice(1) };
    expect(leafHash('offender-1', moved)).not.toEqual(logged.leafHash);
    expect(leafHash('offender-16', { ...event, id: event.id.slice(1) })).not.toEqual(logged.leafHash);
  });

  it('is found wrong as soon as any part of the event is another', () => {
    expect(verifyLeaf(logged)).toBe(true);
    const changes: readonly Partial<LoggedEvent>[] = [
      { stream: 'offender-2' },
      { id: event.id.replace('6f', '7f') },
      { type: 'police.arrest.withdrawn' },
      { metadata: '{"note":"Skoda"}' },
      { data: Uint8Array.of(0x00, 0xff, 0x11) },
      { leafHash: Buffer.alloc(32) },
      { leafHash: new Uint8Array() },
    ];
    expect(changes.map((change) => verifyLeaf({ ...logged, ...change }))).toEqual(changes.map(() => false));
  });

  it('is found wrong where a damaged file gives no text, or no bytes', () => {
    for (const part of ['stream', 'id', 'type', 'metadata', 'data', 'leafHash'])
      expect([part, verifyLeaf(Object.assign({}, logged, { [part]: null }))]).toEqual([part, false]);
  });
});
