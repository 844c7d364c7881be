import { type Actor, type AgreementEvent } from '../domain/agreement/agreement.js';
import { type AgreementCommand, startOf } from '../domain/agreement/decide.js';
import { type AgreementDocument } from '../domain/agreement/document.js';
import { hashOf } from './agreements.js';

const reason = 'for the test';

export function signatoryOf(agency: string): Actor {
  return { agency, user: `signatory of ${agency}` };
}

const signatureOf = (party: string) => ({ party, key: `key of ${party}`, signature: `signed by ${party}` });

/** What may happen to one version of an agreement, by an agency, at the beginning of a date. */
export function stepsOf(document: AgreementDocument) {
  const { reference, version } = document;
  const step = (agency: string, date: string) => ({
    ...{ reference, version, reason },
    ...{ by: signatoryOf(agency), at: startOf(date) },
  });
  const writing = { document, hash: hashOf(document) };
  return {
    drafted: (by: string, date: string): AgreementEvent => ({
      ...{ ...step(by, date), ...writing },
      type: 'agreement.drafted',
    }),
    proposed: (by: string, date: string): AgreementEvent => ({
      ...{ ...step(by, date), ...writing },
      type: 'agreement.proposed',
    }),
    signed: (by: string, date: string): AgreementEvent => ({
      ...{ ...step(by, date), ...signatureOf(by), hash: hashOf(document) },
      type: 'agreement.signed',
    }),
    withdrew: (by: string, date: string): AgreementEvent => ({
      ...step(by, date),
      type: 'agreement.partyWithdrew',
      party: by,
    }),
    became: (
      how: 'cameIntoForce' | 'suspended' | 'resumed' | 'terminated',
      by: string,
      date: string,
    ): AgreementEvent => ({ ...step(by, date), type: `agreement.${how}` }),
  };
}

/** What agencies may ask of one version of an agreement at the beginning of a date. */
export function commandsOf(document: AgreementDocument, date: string) {
  const { version } = document;
  const asked = (agency: string) => ({ reason, by: signatoryOf(agency), at: startOf(date) });
  const hash = hashOf(document);
  return {
    propose: (by: string): AgreementCommand => ({ ...asked(by), type: 'propose', document, hash }),
    sign: (by: string, signed = hash): AgreementCommand => ({
      ...{ ...asked(by), ...signatureOf(by), version },
      type: 'sign',
      hash: signed,
    }),
    review: (by: string, nextReview: string): AgreementCommand => ({
      ...{ ...asked(by), version },
      type: 'review',
      nextReview,
    }),
    change: (type: 'suspend' | 'resume' | 'withdraw' | 'terminate', by: string): AgreementCommand => ({
      ...{ ...asked(by), version },
      type,
    }),
  };
}
