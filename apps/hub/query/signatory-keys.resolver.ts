import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { type Agreements } from '../agreements/agreements.js';
import { AGREEMENTS, RegisterSignatoryKey, RevokeSignatoryKey } from '../agreements/agreements.tokens.js';
import { SignatoryKeyModel, signatoryKeyView } from './agreement-view.js';
import { type QueryContext } from './query-context.js';

/** The keys with which agencies sign: everybody's to verify with, a signatory's to register and revoke. */
@Resolver(() => SignatoryKeyModel)
export class SignatoryKeysResolver {
  constructor(
    @Inject(AGREEMENTS) private readonly agreements: Agreements,
    private readonly commands: CommandBus,
  ) {}

  @Query(() => [SignatoryKeyModel], { description: 'The keys of all agencies, oldest first.' })
  signatoryKeys(): SignatoryKeyModel[] {
    return [...this.agreements.register().keys.values()].map(signatoryKeyView);
  }

  @Mutation(() => SignatoryKeyModel, { description: 'Registers a key for your agency; its other keys stay.' })
  async registerSignatoryKey(
    @Context() { asking }: QueryContext,
    @Args('publicKey', { description: 'The 32 bytes of an Ed25519 public key, base64url.' })
    publicKey: string,
  ): Promise<SignatoryKeyModel> {
    return this.model(await this.commands.execute(new RegisterSignatoryKey(asking.caller, publicKey)));
  }

  @Mutation(() => SignatoryKeyModel, {
    description:
      'Revokes a key of your agency: nothing more can be signed with it; what was signed stays signed.',
  })
  async revokeSignatoryKey(
    @Context() { asking }: QueryContext,
    @Args('key') key: string,
    @Args('reason') reason: string,
  ): Promise<SignatoryKeyModel> {
    await this.commands.execute(new RevokeSignatoryKey(asking.caller, key, reason));
    return this.model(key);
  }

  private model(key: string): SignatoryKeyModel {
    const found = this.agreements.register().keys.get(key);
    if (found === undefined) throw new Error('the key was just written');
    return signatoryKeyView(found);
  }
}
