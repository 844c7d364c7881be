import { describe, expect, it } from '@jest/globals';
import { isFailure } from '../../contract/failure.js';
import { type AgreementEvent } from '../../domain/agreement/agreement.js';
import {
  EMPTY_REGISTER,
  type Register,
  type RegisterEvent,
  versions,
} from '../../domain/agreement/register.js';
import { agreementOf, custodyClause } from '../../testing/agreements.js';
import { signingKeyFor } from '../../testing/signing-keys.js';
import { cameIntoForce, changed } from '../../testing/world.js';
import { documentHash } from './agreement-document.js';
import { foldRecorded } from './recorded-step.js';
import { signDocument } from './signature.js';

const document = agreementOf({
  reference: 'resettlement',
  clauses: [custodyClause],
});
const by = (agency: string) => ({ agency, user: 'test' });
const keyOf = (agency: string): RegisterEvent => {
  const { key, publicKey } = signingKeyFor(agency);
  return { type: 'signatory.keyRegistered', key, publicKey, by: by(agency), at: 1 };
};
const revoked = (agency: string): RegisterEvent => ({
  type: 'signatory.keyRevoked',
  key: signingKeyFor(agency).key,
  by: by(agency),
  at: 5,
  reason: 'lost',
});
const whole: readonly RegisterEvent[] = [keyOf('police'), keyOf('housing'), ...cameIntoForce(document, 10)];

function folded(events: readonly RegisterEvent[]): Register {
  return events.reduce<Register>((known, event, index) => {
    const logged = { type: event.type, metadata: JSON.stringify(event), position: index + 1 };
    return foldRecorded(known, logged).register;
  }, EMPTY_REGISTER);
}

/** The fault that folding finds, without the position. */
function faultOf(events: readonly RegisterEvent[]): string {
  try {
    folded(events);
  } catch (error) {
    if (isFailure(error) && error.code === 'agreement-log')
      return error.message.replace(/^.*position \d+ /, '');
    throw error;
  }
  return 'none';
}

/** The history, with every event of a type changed. */
function forged<T extends RegisterEvent['type']>(
  type: T,
  change: (event: Extract<RegisterEvent, { type: T }>) => RegisterEvent,
): readonly RegisterEvent[] {
  const isOne = (event: RegisterEvent): event is Extract<RegisterEvent, { type: T }> => event.type === type;
  return whole.map((event) => (isOne(event) ? change(event) : event));
}

const drafted = (event: AgreementEvent): AgreementEvent =>
  event.type === 'agreement.proposed' ? { ...event, type: 'agreement.drafted' } : event;

const foreign = signingKeyFor('vcse');

describe('folding the log of agreements', () => {
  it('gives what is in force, and each event', () => {
    const [version] = versions(folded(whole));
    expect(version?.status).toBe('in-force');
    const [first = keyOf('police')] = whole;
    const logged = { type: first.type, metadata: JSON.stringify(first), position: 1 };
    expect(foldRecorded(EMPTY_REGISTER, logged).event).toEqual(first);
  });

  it('keeps what was signed before its key was revoked', () => {
    expect(faultOf([...whole, revoked('police')])).toBe('none');
  });

  it('takes suspensions and resumptions', () => {
    const after = folded([
      ...whole,
      changed(document, 'agreement.suspended', 20),
      changed(document, 'agreement.resumed', 30),
    ]);
    expect(versions(after)[0]?.force).toEqual([
      { from: 10, to: 20 },
      { from: 30, to: null },
    ]);
  });

  it.each([
    [
      'a document that was changed',
      forged('agreement.proposed', (event) => ({
        ...event,
        document: { ...document, expires: '2036-01-01' },
      })),
      'holds a document of another hash',
    ],
    [
      'a document that was changed together with its hash',
      forged('agreement.proposed', (event) => {
        const other = { ...document, expires: '2036-01-01' };
        return { ...event, document: other, hash: documentHash(other) };
      }),
      'signs another document',
    ],
    [
      'a document that was changed together with every hash',
      forged('agreement.proposed', (event) => ({
        ...event,
        document: { ...document, title: 'x' },
        hash: documentHash({ ...document, title: 'x' }),
      })).map((event) =>
        event.type === 'agreement.signed'
          ? { ...event, hash: documentHash({ ...document, title: 'x' }) }
          : event,
      ),
      'has a signature that does not hold',
    ],
    [
      'a document under the name of another agreement, with its signatures',
      [...whole, ...cameIntoForce(document, 20).map((event) => ({ ...event, reference: 'other' }))],
      'holds a document of another name',
    ],
    [
      'a document under another version, with its signatures',
      [...whole, ...cameIntoForce(document, 20).map((event) => ({ ...event, version: 2 }))],
      'holds a document of another name',
    ],
    [
      'a second document of a version that is signed',
      [...whole, ...cameIntoForce({ ...document, title: 'x' }, 20).slice(0, 1)],
      'writes a version that there is already',
    ],
    [
      'a draft of a version that is signed',
      [...whole, ...cameIntoForce(document, 20).slice(0, 1).map(drafted)],
      'writes a version that there is already',
    ],
    [
      'a signature that was changed',
      forged('agreement.signed', (event) => ({
        ...event,
        signature: signDocument({ ...document, version: 2 }, signingKeyFor(event.party).privateKeyPem),
      })),
      'has a signature that does not hold',
    ],
    [
      'a key that nobody registered',
      forged('agreement.signed', (event) => ({
        ...event,
        key: foreign.key,
        signature: signDocument(document, foreign.privateKeyPem),
      })),
      'has a key of somebody else',
    ],
    [
      'a signature for another party',
      forged('agreement.signed', (event) => ({
        ...event,
        party: event.party === 'police' ? 'housing' : 'police',
      })),
      'has a key of somebody else',
    ],
    [
      'a signature by another agency’s user',
      forged('agreement.signed', (event) => ({ ...event, by: by('vcse') })),
      'has a key of somebody else',
    ],
    ['a revoked key', [...whole.slice(0, 2), revoked('housing'), ...whole.slice(2)], 'has a revoked key'],
    ['a key under another name', [{ ...keyOf('police'), key: 'x' } as RegisterEvent], 'names another key'],
    ['no key', [{ ...keyOf('police'), publicKey: 'AA' } as RegisterEvent], 'holds no key'],
    [
      'force without a signature',
      whole.filter((event) => event.type !== 'agreement.signed' || event.party !== 'housing'),
      'brings into force what is not signed',
    ],
    [
      'a resumption of what was never in force',
      [...whole.slice(0, -1), changed(document, 'agreement.resumed', 20)],
      'resumes what was not in force',
    ],
    [
      'a resumption of what has ended',
      [...whole, changed(document, 'agreement.terminated', 20), changed(document, 'agreement.resumed', 30)],
      'resumes what was not in force',
    ],
  ])('refuses %s', (_, events, fault) => {
    expect(faultOf(events)).toBe(fault);
  });

  it('refuses an event that is not of its type', () => {
    const event: AgreementEvent = changed(document, 'agreement.terminated', 20);
    const logged = { type: 'agreement.reviewed', metadata: JSON.stringify(event), position: 1 };
    expect(() => foldRecorded(EMPTY_REGISTER, logged)).toThrow('is not of its type');
  });
});
