import { Inject } from '@nestjs/common';
import { Context, Query, Resolver } from '@nestjs/graphql';
import { type Caller } from '../../../libs/adapters/caller/caller.js';
import { agencyOf } from '../../../libs/contract/agency.js';
import { type FeedSilence } from '../../../libs/domain/silence/feed-silence.js';
import { type Pictures } from '../query/pictures.js';
import { PICTURES } from '../query/query.tokens.js';
import { openPicture, type QueryContext } from '../query/query-context.js';
import { titleOf } from './silence.js';
import { FeedSilenceModel } from './silence-model.js';
import { type Silences } from './silences.js';
import { SILENCES } from './watching.tokens.js';

/** Agencies that have fallen silent: no person is in it. */
@Resolver(() => FeedSilenceModel)
export class FeedSilenceResolver {
  constructor(
    @Inject(PICTURES) private readonly pictures: Pictures,
    @Inject(SILENCES) private readonly silences: Silences,
  ) {}

  @Query(() => [FeedSilenceModel], {
    description:
      "Feeds that are silent for longer than they ever are: your agency's own; every agency's for coordinators and operators of the IOM team.",
  })
  async feedSilences(@Context() context: QueryContext): Promise<readonly FeedSilenceModel[]> {
    const picture = await openPicture(this.pictures, context);
    const { caller } = context.asking;
    const silent = await this.silences.feeds(picture.now);
    return silent.filter(({ agency }) => agency === caller.agency || watchesAll(caller)).map(modelOf);
  }
}

function watchesAll({ agency, roles }: Caller): boolean {
  return agencyOf(agency)?.kind === 'hub' && (roles.includes('coordinator') || roles.includes('operator'));
}

function modelOf({ rule, version, agency, type, due, since }: FeedSilence): FeedSilenceModel {
  const title = titleOf(rule, version);
  return { rule, version, title, agency, type, due: textOf(due), since: textOf(since) };
}

function textOf(moment: number): string {
  return new Date(moment).toISOString();
}
