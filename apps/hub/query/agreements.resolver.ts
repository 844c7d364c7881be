import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import {
  Args,
  Context,
  Field,
  Int,
  Mutation,
  ObjectType,
  Query,
  registerEnumType,
  Resolver,
} from '@nestjs/graphql';
import { type AgreementVersion, signatoriesOf } from '../../../libs/domain/agreement/agreement.js';
import { type Agreements } from '../agreements/agreements.js';
import {
  AGREEMENTS,
  ChangeAgreement,
  ProposeAgreement,
  SignAgreement,
} from '../agreements/agreements.tokens.js';
import { type QueryContext } from './query-context.js';

const AgreementStatusName = {
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
}

@ObjectType('AgreementParty')
class PartyModel {
  @Field(() => String) agency!: string;
  @Field(() => String) regime!: string;
  @Field(() => String) contact!: string;
}

@ObjectType('Agreement', { description: 'One version of an information-sharing agreement.' })
class AgreementModel {
  @Field(() => String) reference!: string;
  @Field(() => Int) version!: number;
  @Field(() => String) title!: string;
  @Field(() => AgreementStatusName) status!: string;
  @Field(() => String, { description: 'SHA-256 of the canonical document: what the parties sign.' })
  hash!: string;
  @Field(() => String) inForceFrom!: string;
  @Field(() => String) reviewDue!: string;
  @Field(() => String) expires!: string;
  @Field(() => [PartyModel]) parties!: PartyModel[];
  @Field(() => [String]) purposes!: string[];
  @Field(() => [SignatureModel]) signatures!: SignatureModel[];
  @Field(() => String, { description: 'The document as JSON text.' }) document!: string;
}

/** Agreements: those that bind the caller's agency, and the steps of their life. */
@Resolver(() => AgreementModel)
export class AgreementsResolver {
  constructor(
    @Inject(AGREEMENTS) private readonly agreements: Agreements,
    private readonly commands: CommandBus,
  ) {}

  @Query(() => [AgreementModel], {
    name: 'agreements',
    description: 'Agreements that your agency is a party to, or is asked to sign.',
  })
  bindingAgreements(@Context() { asking }: QueryContext): AgreementModel[] {
    const { agency } = asking.caller;
    const binding = [...this.agreements.register().agreements.values()].flatMap((agreement) =>
      agreement.filter(
        (version) => isParty(version, agency) || signatoriesOf(agreement, version).includes(agency),
      ),
    );
    return binding.map(modelOf);
  }

  @Mutation(() => AgreementModel, {
    description: 'Proposes an agreement, or its next version, written in YAML or JSON.',
  })
  async proposeAgreement(
    @Context() { asking }: QueryContext,
    @Args('document') text: string,
  ): Promise<AgreementModel> {
    const { reference, version } = await this.commands.execute(new ProposeAgreement(asking.caller, text));
    return this.model(reference, version);
  }

  @Mutation(() => AgreementModel, {
    description: 'Signs, for your agency, exactly the document with this hash.',
  })
  async signAgreement(
    @Context() { asking }: QueryContext,
    @Args('reference') reference: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('hash') hash: string,
  ): Promise<AgreementModel> {
    await this.commands.execute(new SignAgreement(asking.caller, reference, version, hash));
    return this.model(reference, version);
  }

  @Mutation(() => AgreementModel, {
    description: 'Suspends an agreement: the next query shows nothing under it.',
  })
  suspendAgreement(
    @Context() context: QueryContext,
    @Args('reference') reference: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('reason') reason: string,
  ): Promise<AgreementModel> {
    return this.change(context, 'suspend', { reference, version, reason });
  }

  @Mutation(() => AgreementModel)
  resumeAgreement(
    @Context() context: QueryContext,
    @Args('reference') reference: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('reason') reason: string,
  ): Promise<AgreementModel> {
    return this.change(context, 'resume', { reference, version, reason });
  }

  @Mutation(() => AgreementModel)
  terminateAgreement(
    @Context() context: QueryContext,
    @Args('reference') reference: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('reason') reason: string,
  ): Promise<AgreementModel> {
    return this.change(context, 'terminate', { reference, version, reason });
  }

  private async change(
    { asking }: QueryContext,
    type: ChangeAgreement['type'],
    request: ChangeAgreement['request'],
  ): Promise<AgreementModel> {
    await this.commands.execute(new ChangeAgreement(asking.caller, type, request));
    return this.model(request.reference, request.version);
  }

  private model(reference: string, version: number): AgreementModel {
    const found = (this.agreements.register().agreements.get(reference) ?? []).find(
      ({ document }) => document.version === version,
    );
    if (found === undefined) throw new Error('the agreement was just written');
    return modelOf(found);
  }
}

function isParty({ document }: AgreementVersion, agency: string): boolean {
  return document.parties.some((party) => party.agency === agency);
}

function modelOf({ document, hash, status, signatures }: AgreementVersion): AgreementModel {
  const { reference, version, title, inForceFrom, reviewDue, expires, parties, purposes } = document;
  return {
    reference,
    version,
    title,
    status,
    hash,
    inForceFrom,
    reviewDue,
    expires,
    parties: [...parties],
    purposes: purposes.map(({ id }) => id),
    signatures: signatures.map((each) => ({ ...each, at: new Date(each.at).toISOString() })),
    document: JSON.stringify(document),
  };
}
