import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Args, Context, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  type Agreement,
  type AgreementVersion,
  knownTo,
  signatoriesOf,
} from '../../../libs/domain/agreement/agreement.js';
import { type Agreements, type ChangeRequest, type ChangeType } from '../agreements/agreements.js';
import {
  AGREEMENTS,
  ChangeAgreement,
  ReviewAgreement,
  SignAgreement,
  WriteAgreement,
} from '../agreements/agreements.tokens.js';
import { CLOCK, type Clock } from '../storage.module.js';
import { AgreementModel, agreementView } from './agreement-view.js';
import { type QueryContext } from './query-context.js';

/** Agreements: those that bind the caller's agency, and the steps of their life, which its signatory takes. */
@Resolver(() => AgreementModel)
export class AgreementsResolver {
  constructor(
    @Inject(AGREEMENTS) private readonly agreements: Agreements,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly commands: CommandBus,
  ) {}

  @Query(() => [AgreementModel], {
    name: 'agreements',
    description:
      'Agreements that your agency is or was a party to, owns, drafts, or is asked to sign: every version.',
  })
  bindingAgreements(@Context() { asking }: QueryContext): AgreementModel[] {
    const { agency } = asking.caller;
    const binding = [...this.agreements.register().agreements.values()].flatMap((agreement) =>
      knownTo(agreement, agency).filter((version) => isConcerned(agreement, version, agency)),
    );
    return binding.map((version) => agreementView(version, this.clock()));
  }

  @Mutation(() => AgreementModel, {
    description: 'Keeps a draft of the next version, in YAML or JSON, that your agency alone may see.',
  })
  draftAgreement(
    @Context() context: QueryContext,
    @Args('document') text: string,
    @Args('reason') reason: string,
  ): Promise<AgreementModel> {
    return this.write(context, 'draft', text, reason);
  }

  @Mutation(() => AgreementModel, {
    description:
      'Proposes an agreement, or its next version, written in YAML or JSON: exactly this document.',
  })
  proposeAgreement(
    @Context() context: QueryContext,
    @Args('document') text: string,
    @Args('reason') reason: string,
  ): Promise<AgreementModel> {
    return this.write(context, 'propose', text, reason);
  }

  @Mutation(() => AgreementModel, {
    description:
      'Signs, for your agency, exactly the document with this hash: Ed25519 over its canonical bytes (RFC 8785).',
  })
  async signAgreement(
    @Context() { asking }: QueryContext,
    @Args('reference') reference: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('hash') hash: string,
    @Args('key', { description: 'Id of a key registered for your agency.' }) key: string,
    @Args('signature', { description: 'base64url' }) signature: string,
    @Args('reason') reason: string,
  ): Promise<AgreementModel> {
    const request = { reference, version, hash, key, signature, reason };
    await this.commands.execute(new SignAgreement(asking.caller, request));
    return this.model(asking.caller.agency, request);
  }

  @Mutation(() => AgreementModel, {
    description: 'Suspends a version: the next query shows nothing under it.',
  })
  suspendAgreement(
    @Context() context: QueryContext,
    @Args('reference') reference: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('reason') reason: string,
  ): Promise<AgreementModel> {
    return this.change(context, 'suspend', { reference, version, reason });
  }

  @Mutation(() => AgreementModel, {
    description: 'Lifts a suspension, for the party that made it.',
  })
  resumeAgreement(
    @Context() context: QueryContext,
    @Args('reference') reference: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('reason') reason: string,
  ): Promise<AgreementModel> {
    return this.change(context, 'resume', { reference, version, reason });
  }

  @Mutation(() => AgreementModel, {
    description: 'Withdraws your agency from a version: what it shared and received under it ends at once.',
  })
  withdrawFromAgreement(
    @Context() context: QueryContext,
    @Args('reference') reference: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('reason') reason: string,
  ): Promise<AgreementModel> {
    return this.change(context, 'withdraw', { reference, version, reason });
  }

  @Mutation(() => AgreementModel, {
    description: 'Records, for the owner, that a version was reviewed, and when it is to be reviewed next.',
  })
  async reviewAgreement(
    @Context() { asking }: QueryContext,
    @Args('reference') reference: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('nextReview', { description: 'A calendar date, no later than the agreement expires.' })
    nextReview: string,
    @Args('reason') reason: string,
  ): Promise<AgreementModel> {
    const request = { reference, version, nextReview, reason };
    await this.commands.execute(new ReviewAgreement(asking.caller, request));
    return this.model(asking.caller.agency, request);
  }

  @Mutation(() => AgreementModel, {
    description: 'Ends a version for all, for its owner; before it is signed, also for its proposer.',
  })
  terminateAgreement(
    @Context() context: QueryContext,
    @Args('reference') reference: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('reason') reason: string,
  ): Promise<AgreementModel> {
    return this.change(context, 'terminate', { reference, version, reason });
  }

  private async write(
    { asking }: QueryContext,
    type: 'draft' | 'propose',
    text: string,
    reason: string,
  ): Promise<AgreementModel> {
    const written = await this.commands.execute(new WriteAgreement(asking.caller, type, text, reason));
    return this.model(asking.caller.agency, written);
  }

  private async change(
    { asking }: QueryContext,
    type: ChangeType,
    request: ChangeRequest,
  ): Promise<AgreementModel> {
    await this.commands.execute(new ChangeAgreement(asking.caller, type, request));
    return this.model(asking.caller.agency, request);
  }

  private model(
    agency: string,
    { reference, version }: Pick<ChangeRequest, 'reference' | 'version'>,
  ): AgreementModel {
    const agreement = this.agreements.register().agreements.get(reference) ?? [];
    const found = knownTo(agreement, agency).find(({ document }) => document.version === version);
    if (found === undefined) throw new Error('the agreement was just written');
    return agreementView(found, this.clock());
  }
}

function isConcerned(agreement: Agreement, version: AgreementVersion, agency: string): boolean {
  const { document, drafter, proposer } = version;
  const named = [drafter, proposer, document.owner.agency, ...document.parties.map((party) => party.agency)];
  return named.includes(agency) || signatoriesOf(agreement, version).includes(agency);
}
