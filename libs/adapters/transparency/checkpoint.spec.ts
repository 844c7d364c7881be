import { describe, expect, it } from '@jest/globals';
import { checkpointText, openCheckpoint, readCheckpoint } from './checkpoint.js';
import { generateSignerKey, SIGNATURE, type SignerKey } from './note-key.js';
import { signText } from './note-signature.js';
import { formatNote } from './note.js';

const key = generateSignerKey('example.com/behind-the-sofa', SIGNATURE);
/** The example of C2SP tlog-checkpoint. */
const body = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
const signedBy = (signer: SignerKey, text: string): string =>
  formatNote({ text, signatures: [signText(text, signer)] });

describe('a checkpoint', () => {
  it('is read and written as the specification shows it', () => {
    const read = readCheckpoint(body);
    expect(read).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20852163, extensions: [] });
    expect(checkpointText(read)).toBe(body);
  });

  it('may have extension lines, which its signature covers', () => {
    const extended = `${body}one\ntwo\n`;
    expect(readCheckpoint(extended).extensions).toEqual(['one', 'two']);
    expect(checkpointText(readCheckpoint(extended))).toBe(extended);
    const opened = openCheckpoint(signedBy(key, extended), key);
    expect(opened.extensions).toEqual(['one', 'two']);
    expect(() => openCheckpoint(signedBy(key, extended).replace('\ntwo\n', '\n'), key)).toThrow('not hold');
  });

  it.each([
    ['no origin', body.replace('example.com/behind-the-sofa', '')],
    ['no root', body.split('\n').slice(0, 2).join('\n') + '\n'],
    ['an empty extension line', `${body}\n`],
    ['an empty line between', body.replace('\n', '\n\n')],
    ['a leading zero', body.replace('2085', '02085')],
    ['a sign', body.replace('2085', '+2085')],
    ['a size that is no number', body.replace('20852163', '0x20')],
    ['a size beyond what can be counted', body.replace('20852163', '9007199254740992')],
    ['a fraction', body.replace('20852163', '1.5')],
    ['a space after the size', body.replace('20852163', '20852163 ')],
    ['a short root', body.replace('CsUYapGGPo4dkMgIAUqom', 'CsUYapGGPo4dkMgIA')],
    ['a root that is not canonical', body.replace('q2I=', 'q2J=')],
    ['no newline at the end', body.slice(0, -1)],
  ])('is refused with %s', (_, text) => {
    expect(() => readCheckpoint(text)).toThrow(expect.objectContaining({ code: 'checkpoint' }));
  });

  it('is believed only when its own log has signed it', () => {
    expect(openCheckpoint(signedBy(key, body), key).size).toBe(20852163);
    const stranger = generateSignerKey('example.com/behind-the-sofa', SIGNATURE);
    expect(() => openCheckpoint(signedBy(stranger, body), key)).toThrow('not signed by the key of its log');
    const other = generateSignerKey('example.com/other', SIGNATURE);
    expect(() => openCheckpoint(signedBy(other, body), other)).toThrow('another log');
    expect(() => openCheckpoint(signedBy(key, body).replace('20852163', '20852164'), key)).toThrow(
      'does not hold',
    );
  });
});
