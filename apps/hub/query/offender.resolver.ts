import { Inject } from '@nestjs/common';
import { Args, Context, ID, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Invalid } from '../../../libs/contract/failure.js';
import { type TimelineOrder } from '../../../libs/adapters/read-store/read-store.js';
import { requireRole } from './asking.js';
import { pageOf, pageSize } from './cursor.js';
import {
  FactConnectionModel,
  FreshnessModel,
  IdentifierInput,
  OffenderConnectionModel,
  OffenderModel,
  OffenderSearchInput,
  TimelineOrderName,
} from './model.js';
import { OffenderView } from './offender-view.js';
import { type Picture } from './picture.js';
import { type People, type Pictures } from './pictures.js';
import { PICTURES } from './query.tokens.js';
import { openPicture, type QueryContext } from './query-context.js';
import { freshnessOf, type SearchTerm } from './search.js';
import { validated } from './validated.js';

/** People and their facts: thin, because rights are decided in `pictures.ts` and below. */
@Resolver(() => OffenderModel)
export class OffenderResolver {
  constructor(@Inject(PICTURES) private readonly pictures: Pictures) {}

  @Query(() => OffenderModel, {
    nullable: true,
    description:
      'One person, by hub id or by an identifier that your agency may know. Null when there is nothing for you.',
  })
  async offender(
    @Context() context: QueryContext,
    @Args('id', { type: () => ID, nullable: true }) id?: string,
    @Args('identifier', { type: () => IdentifierInput, nullable: true }) identifier?: IdentifierInput,
  ): Promise<OffenderView | null> {
    const picture = await this.open(context);
    if ((id == null) === (identifier == null))
      throw new Invalid('offender-by', 'name either id or identifier');
    if (id != null) return this.pictures.offender(picture, id);
    if (identifier == null) return null;
    const { scheme, value } = validated(IdentifierInput, identifier);
    return this.pictures.byIdentifier(picture, scheme, value);
  }

  @Query(() => OffenderConnectionModel, { description: 'People in your own picture who match every term.' })
  async offenders(
    @Context() context: QueryContext,
    @Args('search', { type: () => OffenderSearchInput }) search: OffenderSearchInput,
    @Args('first', { type: () => Int, defaultValue: 20 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after?: string,
  ) {
    const picture = await this.open(context);
    const terms = termsOf(validated(OffenderSearchInput, search));
    return peopleOf(this.pictures.search(picture, terms, after ?? undefined, pageSize(first)), after);
  }

  @Query(() => OffenderConnectionModel, {
    description:
      'The people for whose case you are responsible, as far as anything of them is shared with you.',
  })
  async caseload(
    @Context() context: QueryContext,
    @Args('first', { type: () => Int, defaultValue: 20 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after?: string,
  ) {
    const picture = await this.open(context);
    return peopleOf(this.pictures.caseload(picture, after ?? undefined, pageSize(first)), after);
  }

  @Query(() => [FreshnessModel], { description: 'How recent what you may see is, by publishing agency.' })
  async freshness(@Context() context: QueryContext) {
    const picture = await this.open(context);
    requireRole(picture.asking, 'practitioner', 'coordinator');
    return freshnessOf(picture).map((each) => ({ ...each, received: new Date(each.received).toISOString() }));
  }

  @ResolveField('timeline', () => FactConnectionModel, {
    description: 'Facts, newest first; superseded ones stay in history.',
  })
  timeline(
    @Parent() offender: OffenderView,
    @Args('first', { type: () => Int, defaultValue: 20 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after?: string,
    @Args('order', { type: () => TimelineOrderName, defaultValue: 'happened' }) order?: TimelineOrder,
    @Args('types', { type: () => [String], nullable: true }) types?: string[],
  ) {
    return offender.timeline({
      first,
      after: after ?? undefined,
      order: order ?? 'happened',
      types: types ?? undefined,
    });
  }

  private open(context: QueryContext): Promise<Picture> {
    return openPicture(this.pictures, context);
  }
}

function peopleOf({ people, more }: People, after: string | null | undefined) {
  const edges = people.map((node) => ({ cursor: node.id, node }));
  return pageOf(edges, after != null, more);
}

function termsOf({ familyName, givenName, dateOfBirth }: OffenderSearchInput): readonly SearchTerm[] {
  const terms: SearchTerm[] = [];
  if (familyName != null) terms.push({ kind: 'family-name', value: familyName });
  if (givenName != null) terms.push({ kind: 'given-name', value: givenName });
  if (dateOfBirth != null) terms.push({ kind: 'date-of-birth', value: dateOfBirth });
  return terms;
}
