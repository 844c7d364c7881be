import { Inject } from '@nestjs/common';
import { Args, Context, Query, Resolver, Subscription } from '@nestjs/graphql';
import { requireRole } from '../query/asking.js';
import { pageOf, pageSize } from '../query/cursor.js';
import { type Pictures } from '../query/pictures.js';
import { PICTURES } from '../query/query.tokens.js';
import { openPicture, type QueryContext } from '../query/query-context.js';
import { type Caseloads } from './caseloads.js';
import { CaseloadScope } from './model.js';
import { type Rounds } from './rounds.js';
import { silenceViewOf } from './silence.js';
import { decodePlace, encodePlace } from './silence-cursor.js';
import { SilenceConnectionModel, SilenceModel, SilencesArgs } from './silence-model.js';
import { SILENCES as ROOT, silenceWatch } from './silence-watch.js';
import { inOrder, rulesNamed, type Silences } from './silences.js';
import { type Scope } from './sighting.js';
import { type OpeningContext } from './subscription.js';
import { type Candidate } from './watch.js';
import { CASELOADS, ROUNDS, SILENCES } from './watching.tokens.js';

/** What should have happened to people whom somebody watches over, and did not. */
@Resolver(() => SilenceModel)
export class SilenceResolver {
  constructor(
    @Inject(PICTURES) private readonly pictures: Pictures,
    @Inject(SILENCES) private readonly silences: Silences,
    @Inject(CASELOADS) private readonly caseloads: Caseloads,
    @Inject(ROUNDS) private readonly rounds: Rounds,
  ) {}

  @Query(() => SilenceConnectionModel, {
    name: ROOT,
    description:
      'What should have happened and did not, as far as your own picture tells; longest due first.',
  })
  async ask(@Context() context: QueryContext, @Args() { scope, rules, first, after }: SilencesArgs) {
    const picture = await openPicture(this.pictures, context);
    requireRole(context.asking, 'practitioner', 'coordinator');
    const limit = pageSize(first);
    const place = after == null ? undefined : decodePlace(after);
    const all = await this.silences.all(picture, scope, rules == null ? undefined : rulesNamed(rules));
    const rest = place === undefined ? all : all.filter((each) => inOrder(place, each) < 0);
    const edges = rest
      .slice(0, limit)
      .map((each) => ({ cursor: encodePlace(each), node: silenceViewOf(picture, each) }));
    return pageOf(edges, place !== undefined, rest.length > limit);
  }

  @Subscription(() => SilenceModel, {
    name: ROOT,
    description:
      'Tells the silences that there are, then each that is new, a minute after it began at the latest.',
  })
  watch(
    @Context() { ask }: OpeningContext,
    @Args('scope', { type: () => CaseloadScope, defaultValue: 'MINE' }) scope: Scope,
  ): Promise<AsyncIterableIterator<Candidate>> {
    return this.caseloads.open(ask, silenceWatch(this.silences, this.rounds, scope));
  }
}
