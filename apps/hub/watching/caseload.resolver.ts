import { Inject } from '@nestjs/common';
import { Args, Context, Resolver, Subscription } from '@nestjs/graphql';
import { type Follower } from '../projector/follower.js';
import { FOLLOWER } from '../projector/projector.module.js';
import { type Caseloads } from './caseloads.js';
import { CASELOAD, happenings } from './happenings.js';
import { CaseloadItemModel, CaseloadScope } from './model.js';
import { type Scope } from './sighting.js';
import { type OpeningContext } from './subscription.js';
import { type Candidate } from './watch.js';
import { CASELOADS } from './watching.tokens.js';

/** What happens to the people somebody watches over. */
@Resolver(() => CaseloadItemModel)
export class CaseloadResolver {
  constructor(
    @Inject(CASELOADS) private readonly caseloads: Caseloads,
    @Inject(FOLLOWER) private readonly follower: Follower,
  ) {}

  @Subscription(() => CaseloadItemModel, {
    name: CASELOAD,
    description: 'Tells at once of what happens to managed people, each item already minimised and recorded.',
  })
  caseload(
    @Context() { ask }: OpeningContext,
    @Args('scope', { type: () => CaseloadScope, defaultValue: 'MINE' }) scope: Scope,
  ): Promise<AsyncIterableIterator<Candidate>> {
    return this.caseloads.open(ask, happenings(this.follower, scope));
  }
}
