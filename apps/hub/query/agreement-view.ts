import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { type AgreementVersion } from '../../../libs/domain/agreement/agreement.js';
import { type SignatoryKey } from '../../../libs/domain/agreement/signatories.js';
import { isReviewOverdue } from '../../../libs/domain/agreement/time.js';

const AgreementStatusName = {
  drafted: 'drafted',
  proposed: 'proposed',
  signed: 'signed',
  inForce: 'in-force',
  suspended: 'suspended',
  superseded: 'superseded',
  expired: 'expired',
  terminated: 'terminated',
} as const;
registerEnumType(AgreementStatusName, { name: 'AgreementStatus' });

@ObjectType('AgreementSignature')
class SignatureModel {
  @Field(() => String) party!: string;
  @Field(() => String) user!: string;
  @Field(() => String) at!: string;
  @Field(() => String, { description: 'Id of the key: see signatoryKeys.' }) key!: string;
  @Field(() => String, { description: 'Ed25519 over the canonical document (RFC 8785), base64url.' })
  signature!: string;
}

@ObjectType('AgreementParty')
class PartyModel {
  @Field(() => String) agency!: string;
  @Field(() => String) regime!: string;
  @Field(() => String) contact!: string;
}

@ObjectType('AgreementWithdrawal', { description: 'A party that has left: its flows have ended.' })
class WithdrawalModel {
  @Field(() => String) party!: string;
  @Field(() => String) at!: string;
}

@ObjectType('AgreementSuspension')
class SuspensionModel {
  @Field(() => String, { description: 'The party that suspended it, and alone may resume it.' })
  party!: string;
  @Field(() => String) at!: string;
  @Field(() => String) reason!: string;
}

@ObjectType('AgreementStep', {
  description: 'Something that happened to a version: what, who, when and why.',
})
class StepModel {
  @Field(() => String) what!: string;
  @Field(() => String) agency!: string;
  @Field(() => String) user!: string;
  @Field(() => String) at!: string;
  @Field(() => String) reason!: string;
}

@ObjectType('Agreement', { description: 'One version of an information-sharing agreement.' })
export class AgreementModel {
  @Field(() => String) reference!: string;
  @Field(() => Int) version!: number;
  @Field(() => String) title!: string;
  @Field(() => AgreementStatusName) status!: string;
  @Field(() => String, { description: 'SHA-256 of the canonical document: what the parties sign.' })
  hash!: string;
  @Field(() => String, { description: 'The agency that keeps it up to date and may end it for all.' })
  owner!: string;
  @Field(() => String) inForceFrom!: string;
  @Field(() => String, { description: 'Date of the next review; a review moves it.' }) reviewDue!: string;
  @Field(() => Boolean, {
    description: 'The review was due on a day that is over. A warning: nothing stops.',
  })
  reviewOverdue!: boolean;
  @Field(() => String) expires!: string;
  @Field(() => [PartyModel]) parties!: PartyModel[];
  @Field(() => [String]) purposes!: string[];
  @Field(() => [SignatureModel]) signatures!: SignatureModel[];
  @Field(() => [WithdrawalModel]) withdrawn!: WithdrawalModel[];
  @Field(() => SuspensionModel, { nullable: true }) suspension!: SuspensionModel | null;
  @Field(() => [StepModel], { description: 'Its history, oldest first.' }) steps!: StepModel[];
  @Field(() => String, { description: 'The document as JSON text.' }) document!: string;
}

export function agreementView(version: AgreementVersion, now: number): AgreementModel {
  const { document, hash, status, reviewDue, signatures, withdrawn, suspension, steps } = version;
  const { reference, version: number, title, owner, inForceFrom, expires, parties, purposes } = document;
  return {
    reference,
    version: number,
    title,
    status,
    hash,
    owner: owner.agency,
    inForceFrom,
    reviewDue,
    reviewOverdue: isReviewOverdue(version, now),
    expires,
    parties: [...parties],
    purposes: purposes.map(({ id }) => id),
    signatures: signatures.map(dated),
    withdrawn: withdrawn.map(dated),
    suspension: suspension && dated(suspension),
    steps: steps.map(({ type, by, at, reason }) => ({
      what: type.slice('agreement.'.length),
      ...by,
      at: instant(at),
      reason,
    })),
    document: JSON.stringify(document),
  };
}

@ObjectType('SignatoryKey', {
  description: 'An Ed25519 public key with which the signatories of an agency sign.',
})
export class SignatoryKeyModel {
  @Field(() => String, { description: 'SHA-256 of the 32 bytes of the public key.' }) key!: string;
  @Field(() => String) agency!: string;
  @Field(() => String, { description: 'The 32 bytes, base64url.' }) publicKey!: string;
  @Field(() => String) registered!: string;
  @Field(() => String, { nullable: true, description: 'Since when nothing more can be signed with it.' })
  revoked!: string | null;
}

export function signatoryKeyView({
  key,
  agency,
  publicKey,
  registered,
  revoked,
}: SignatoryKey): SignatoryKeyModel {
  return {
    key,
    agency,
    publicKey,
    registered: instant(registered.at),
    revoked: revoked && instant(revoked.at),
  };
}

function dated<T extends { readonly at: number }>(each: T): Omit<T, 'at'> & { readonly at: string } {
  return { ...each, at: instant(each.at) };
}

function instant(at: number): string {
  return new Date(at).toISOString();
}
