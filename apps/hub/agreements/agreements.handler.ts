import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Agreements } from './agreements.js';
import {
  AGREEMENTS,
  ChangeAgreement,
  RegisterSignatoryKey,
  ReviewAgreement,
  RevokeSignatoryKey,
  SignAgreement,
  WriteAgreement,
} from './agreements.tokens.js';

@CommandHandler(WriteAgreement)
class WriteAgreementHandler implements ICommandHandler<WriteAgreement> {
  constructor(@Inject(AGREEMENTS) private readonly agreements: Agreements) {}

  execute({ caller, type, text, reason }: WriteAgreement) {
    return this.agreements[type](caller, text, reason);
  }
}

@CommandHandler(SignAgreement)
class SignAgreementHandler implements ICommandHandler<SignAgreement> {
  constructor(@Inject(AGREEMENTS) private readonly agreements: Agreements) {}

  execute({ caller, request }: SignAgreement) {
    return this.agreements.sign(caller, request);
  }
}

@CommandHandler(ChangeAgreement)
class ChangeAgreementHandler implements ICommandHandler<ChangeAgreement> {
  constructor(@Inject(AGREEMENTS) private readonly agreements: Agreements) {}

  execute({ caller, type, request }: ChangeAgreement) {
    return this.agreements.change(caller, type, request);
  }
}

@CommandHandler(ReviewAgreement)
class ReviewAgreementHandler implements ICommandHandler<ReviewAgreement> {
  constructor(@Inject(AGREEMENTS) private readonly agreements: Agreements) {}

  execute({ caller, request }: ReviewAgreement) {
    return this.agreements.review(caller, request);
  }
}

@CommandHandler(RegisterSignatoryKey)
class RegisterSignatoryKeyHandler implements ICommandHandler<RegisterSignatoryKey> {
  constructor(@Inject(AGREEMENTS) private readonly agreements: Agreements) {}

  execute({ caller, publicKey }: RegisterSignatoryKey) {
    return this.agreements.registerKey(caller, publicKey);
  }
}

@CommandHandler(RevokeSignatoryKey)
class RevokeSignatoryKeyHandler implements ICommandHandler<RevokeSignatoryKey> {
  constructor(@Inject(AGREEMENTS) private readonly agreements: Agreements) {}

  execute({ caller, key, reason }: RevokeSignatoryKey) {
    return this.agreements.revokeKey(caller, key, reason);
  }
}

export const agreementHandlers = [
  WriteAgreementHandler,
  SignAgreementHandler,
  ChangeAgreementHandler,
  ReviewAgreementHandler,
  RegisterSignatoryKeyHandler,
  RevokeSignatoryKeyHandler,
] as const;
