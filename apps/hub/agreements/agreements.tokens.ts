import { Command } from '@nestjs/cqrs';
import { type Caller } from '../../../libs/adapters/caller/caller.js';
import { type AgreementDocument } from '../../../libs/domain/agreement/document.js';
import { type ChangeRequest, type ChangeType, type ReviewRequest, type SignRequest } from './agreements.js';

/** The agreements of this process: see `agreements.ts`. */
export const AGREEMENTS = Symbol('agreements');

/** Drafts or proposes a document, YAML or JSON. */
export class WriteAgreement extends Command<AgreementDocument> {
  constructor(
    readonly caller: Caller,
    readonly type: 'draft' | 'propose',
    readonly text: string,
    readonly reason: string,
  ) {
    super();
  }
}

export class SignAgreement extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly request: SignRequest,
  ) {
    super();
  }
}

export class ChangeAgreement extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly type: ChangeType,
    readonly request: ChangeRequest,
  ) {
    super();
  }
}

export class ReviewAgreement extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly request: ReviewRequest,
  ) {
    super();
  }
}

/** Gives the id of the key. */
export class RegisterSignatoryKey extends Command<string> {
  constructor(
    readonly caller: Caller,
    readonly publicKey: string,
  ) {
    super();
  }
}

export class RevokeSignatoryKey extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly key: string,
    readonly reason: string,
  ) {
    super();
  }
}
