import { describe, expect, it } from '@jest/globals';
import {
  COSIGNATURE,
  formatSignerKey,
  formatVerifierKey,
  generateSignerKey,
  parseSignerKey,
  parseVerifierKey,
  SIGNATURE,
} from './note-key.js';
import { cosignedAt, cosignText, signText, verified } from './note-signature.js';
import { formatNote, parseNote } from './note.js';

/** The example of Go's `sumdb/note`, the reference implementation. */
const peter = {
  private: 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz',
  public: 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  text: "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n",
  line: '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n',
};
const note = `${peter.text}\n${peter.line}`;
const key = parseVerifierKey(peter.public);

describe('a signed note', () => {
  it('is made and verified as the reference implementation does', () => {
    const signer = parseSignerKey(peter.private);
    expect(formatNote({ text: peter.text, signatures: [signText(peter.text, signer)] })).toBe(note);
    expect(formatVerifierKey(signer)).toBe(peter.public);
    expect(formatSignerKey(signer)).toBe(peter.private);
    expect(verified(parseNote(Buffer.from(note)), [key])).toHaveLength(1);
  });

  it('may have empty lines: the last one ends its text', () => {
    const text = 'one\n\n\ntwo\n';
    const signed = formatNote({ text, signatures: [signText(text, parseSignerKey(peter.private))] });
    expect(parseNote(signed).text).toBe(text);
    expect(verified(parseNote(signed), [key])).toHaveLength(1);
  });

  it('may have a hundred signatures, sixteen of which must be read', () => {
    expect(parseNote(`${peter.text}\n${peter.line.repeat(100)}`).signatures).toHaveLength(100);
    expect(() => parseNote(`${peter.text}\n${peter.line.repeat(101)}`)).toThrow('too many');
  });

  const bytes = (text: string): Uint8Array => Buffer.from(text);
  it.each([
    ['nothing', bytes('')],
    ['no empty line', bytes(`${peter.text}${peter.line}`)],
    ['no signature', bytes(`${peter.text}\n`)],
    ['no newline at its end', bytes(note.slice(0, -1))],
    ['text after its signatures', bytes(`${note}more\n`)],
    ['an empty line after its signatures', bytes(`${note}\n`)],
    ['line ends of another system', bytes(note.replaceAll('\n', '\r\n'))],
    ['a carriage return in its text', bytes(`a\r\n\n${peter.line}`)],
    ['a tab in its text', bytes(`a\tb\n\n${peter.line}`)],
    ['a zero byte in its text', bytes(`a\0b\n\n${peter.line}`)],
    ['a hyphen for the dash', bytes(note.replace('—', '-'))],
    ['an en dash for the dash', bytes(note.replace('—', '–'))],
    ['a horizontal bar for the dash', bytes(note.replace('—', '―'))],
    ['no space after the dash', bytes(note.replace('— ', '—'))],
    ['two spaces after the dash', bytes(note.replace('— ', '—  '))],
    ['a space at the end of a line', bytes(note.replace('nAM=', 'nAM= '))],
    ['a name with a plus sign', bytes(note.replace('PeterNeumann x', 'Peter+Neumann x'))],
    ['a name with a no-break space', bytes(note.replace('PeterNeumann x', 'Peter\u00a0Neumann x'))],
    ['no padding', bytes(note.replace('nAM=', 'nAM'))],
    ['a base64 that is not canonical', bytes(note.replace('nAM=', 'nAN='))],
    ['the alphabet for addresses', bytes(note.replace('x08go/', 'x08go_'))],
    ['a signature of a key id alone', bytes(`${peter.text}\n— PeterNeumann x08gow==\n`)],
    ['what is not UTF-8', Buffer.concat([Buffer.from([0xff]), bytes(note)])],
    ['a surrogate written as UTF-8', Buffer.concat([Buffer.from([0xed, 0xa0, 0x80]), bytes(note)])],
    ['a million characters', bytes(`${'a'.repeat(1_000_000)}\n${note}`)],
  ])('is refused with %s', (_, hostile) => {
    expect(() => parseNote(hostile)).toThrow(expect.objectContaining({ kind: 'invalid', code: 'note' }));
  });

  it('keeps a byte order mark as a part of its text, which then is another', () => {
    const marked = parseNote(Buffer.from(`\ufeff${note}`));
    expect(marked.text.startsWith('\ufeff')).toBe(true);
    expect(() => verified(marked, [key])).toThrow('does not hold');
  });
});

describe('the signatures of a note', () => {
  const other = generateSignerKey('PeterNeumann', SIGNATURE);

  it('are left out when their key is not known, though it shares the name or the id', () => {
    const parsed = parseNote(note);
    expect(verified(parsed, [])).toEqual([]);
    expect(verified(parsed, [other])).toEqual([]);
    expect(verified(parsed, [{ ...other, name: 'Enoch', id: key.id }])).toEqual([]);
    const both = { ...parsed, signatures: [signText(parsed.text, other), ...parsed.signatures] };
    expect(verified(both, [key])).toEqual(parsed.signatures);
  });

  it('make the note refused when one of a known key does not hold, wherever it stands', () => {
    const [good] = parseNote(note).signatures;
    if (good === undefined) throw new Error('the note has no signature');
    const forged = { ...signText(peter.text, other), id: key.id };
    for (const signatures of [[forged], [good, forged], [forged, good]])
      expect(() => verified({ text: peter.text, signatures }, [key])).toThrow('does not hold');
    const changed = { text: peter.text.replace('problem', 'question'), signatures: [good] };
    expect(() => verified(changed, [key])).toThrow('does not hold');
  });

  it('do not hold with a byte more or less', () => {
    const [good] = parseNote(note).signatures;
    const signature = Buffer.from(good?.signature ?? []);
    for (const wrong of [signature.subarray(1), Buffer.concat([signature, Buffer.alloc(1)])]) {
      const signatures = [{ name: key.name, id: key.id, signature: wrong }];
      expect(() => verified({ text: peter.text, signatures }, [key])).toThrow('does not hold');
    }
  });
});

describe('a cosignature', () => {
  const witness = generateSignerKey('police.example/witness', COSIGNATURE);
  const text = 'test\n123\nf+7CoKgXKE/tNys9TTXcr/ad6U/K3xvznmzew9y6SP0=\n';
  const line = cosignText(text, witness, Date.UTC(2026, 2, 1));

  it('holds with the time that it was made at, and with no other', () => {
    expect(cosignedAt(line)).toBe(BigInt(Date.UTC(2026, 2, 1) / 1000));
    expect(verified({ text, signatures: [line] }, [witness])).toEqual([line]);
    const later = Buffer.from(line.signature);
    later.writeUInt8(1 + later.readUInt8(7), 7);
    const signatures = [{ ...line, signature: later }];
    expect(() => verified({ text, signatures }, [witness])).toThrow('does not hold');
  });

  it('covers extension lines', () => {
    const extended = { text: `${text}more\n`, signatures: [line] };
    expect(() => verified(extended, [witness])).toThrow('does not hold');
  });

  it('is no signature over the text itself, nor the other way round', () => {
    const asLog = { ...witness, type: SIGNATURE } as const;
    expect(() => verified({ text, signatures: [line] }, [asLog])).toThrow('does not hold');
    const plain = { ...signText(text, asLog), id: witness.id };
    expect(() => verified({ text, signatures: [plain] }, [witness])).toThrow('does not hold');
    expect(() => signText(text, witness)).toThrow('signs no notes');
    expect(() => cosignText(text, asLog, 0)).toThrow('made for a witness');
  });

  it('has a time that others read (transparency-dev/formats)', () => {
    const [known] = parseNote(
      `${text}\n— any ZGhGuQAAAABm/qTPeyKXD+R2rzyQsxPiP8mXum7qq/iF0u4vanlqJyocWODBt97w9uL+8qT7S5gxEHWWOworDcFiEBYJXORmnFBOBA==\n`,
    ).signatures;
    expect(known && cosignedAt(known)).toBe(1727964367n);
  });
});

describe('a key', () => {
  it.each([
    'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8',
    'TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6',
    'remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2',
  ])('of another implementation is read: %s', (text) => {
    expect(formatVerifierKey(parseVerifierKey(text))).toBe(text);
  });

  it.each([
    ['no parts', 'PeterNeumann'],
    ['two parts', 'PeterNeumann+c74f20a3'],
    ['no name', '+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'],
    ['another name', 'PeterNewman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'],
    ['another id', 'PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'],
    ['another type', 'PeterNeumann+c74f20a3+BBpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'],
    ['a type that is not known', 'PeterNeumann+c74f20a3+Bhpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'],
    ['a byte less', 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy1w=='],
    ['a space', 'Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'],
    ['a newline', `${peter.public}\n`],
    ['its private half', peter.private],
  ])('is refused with %s', (_, text) => {
    expect(() => parseVerifierKey(text)).toThrow('not a verifier key');
  });

  it('of small order is refused', () => {
    const weak = Buffer.concat([Buffer.from([1, 1]), Buffer.alloc(31)]).toString('base64');
    expect(() => parseVerifierKey(`weak+00000000+${weak}`)).toThrow('Ed25519');
  });

  it('is not made under a name that notes cannot have', () => {
    for (const name of ['', 'a b', 'a+b', 'a\u2003b', 'a\nb', '\ud800'])
      expect(() => generateSignerKey(name, SIGNATURE)).toThrow('no spaces');
    expect(() => parseSignerKey(peter.public)).toThrow('signer key');
    expect(() => parseSignerKey(peter.private.replace('c74f', 'c74e'))).toThrow('signer key');
  });
});
