import { Command } from '@nestjs/cqrs';
import { type Caller } from '../../../libs/adapters/caller/caller.js';
import { type AgreementDocument } from '../../../libs/domain/agreement/document.js';
import { type ChangeRequest } from './agreements.js';

/** The agreements of this process: see `agreements.ts`. */
export const AGREEMENTS = Symbol('agreements');

export class ProposeAgreement extends Command<AgreementDocument> {
  constructor(
    readonly caller: Caller,
    readonly text: string,
  ) {
    super();
  }
}

export class SignAgreement extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly reference: string,
    readonly version: number,
    readonly hash: string,
  ) {
    super();
  }
}

export class ChangeAgreement extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly type: 'suspend' | 'resume' | 'terminate',
    readonly request: ChangeRequest,
  ) {
    super();
  }
}
