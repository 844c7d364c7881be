import { Inject } from '@nestjs/common';
import { Args, Context, Resolver, Subscription } from '@nestjs/graphql';
import { type Candidate, type Caseloads } from './caseloads.js';
import { CaseloadItemModel, CaseloadScope } from './model.js';
import { type Scope } from './sighting.js';
import { CASELOAD, type OpeningContext } from './subscription.js';
import { CASELOADS } from './watching.tokens.js';

/** What happens to the people somebody watches over. */
@Resolver(() => CaseloadItemModel)
export class CaseloadResolver {
  constructor(@Inject(CASELOADS) private readonly caseloads: Caseloads) {}

  @Subscription(() => CaseloadItemModel, {
    name: CASELOAD,
    description: 'Tells at once of what happens to managed people, each item already minimised and recorded.',
  })
  caseload(
    @Context() { ask }: OpeningContext,
    @Args('scope', { type: () => CaseloadScope, defaultValue: 'MINE' }) scope: Scope,
  ): Promise<AsyncIterableIterator<Candidate>> {
    return this.caseloads.open(ask, scope);
  }
}
