import { expect, it } from '@jest/globals';
import { eventText } from './event-text.js';

it('reads UTF-8 and leaves nothing out', () => {
  expect(eventText(Buffer.from('{"name":"Zoë 😀"}'))).toBe('{"name":"Zoë 😀"}');
  expect(eventText(Buffer.from('\ufeff{}'))).toBe('\ufeff{}');
});

it.each([[[0x22, 0xff, 0x22]], [[0x22, 0xf0, 0x9f, 0x98, 0x22]], [[0xed, 0xa0, 0x80]], [[0xc0, 0x80]]])(
  'refuses the bytes %j',
  (bytes) => {
    expect(() => eventText(Uint8Array.from(bytes))).toThrow('not UTF-8');
  },
);
