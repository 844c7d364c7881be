import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Agreements } from './agreements.js';
import { AGREEMENTS, ChangeAgreement, ProposeAgreement, SignAgreement } from './agreements.tokens.js';

@CommandHandler(ProposeAgreement)
export class ProposeAgreementHandler implements ICommandHandler<ProposeAgreement> {
  constructor(@Inject(AGREEMENTS) private readonly agreements: Agreements) {}

  execute({ caller, text }: ProposeAgreement) {
    return this.agreements.propose(caller, text);
  }
}

@CommandHandler(SignAgreement)
export class SignAgreementHandler implements ICommandHandler<SignAgreement> {
  constructor(@Inject(AGREEMENTS) private readonly agreements: Agreements) {}

  execute({ caller, reference, version, hash }: SignAgreement) {
    return this.agreements.sign(caller, reference, version, hash);
  }
}

@CommandHandler(ChangeAgreement)
export class ChangeAgreementHandler implements ICommandHandler<ChangeAgreement> {
  constructor(@Inject(AGREEMENTS) private readonly agreements: Agreements) {}

  execute({ caller, type, request }: ChangeAgreement) {
    return this.agreements.change(caller, type, request);
  }
}
