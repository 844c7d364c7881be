import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { caseOf } from '../../../libs/domain/casework/case.js';
import { OffenderModel } from '../query/model.js';
import { type OffenderView } from '../query/offender-view.js';
import { CaseworkModel } from './case-model.js';
import { caseView } from './case-view.js';
import { caseTypes } from './casework.js';

/** The case as far as the facts in the caller's own picture tell it: what is not shared is not folded in. */
@Resolver(() => OffenderModel)
export class CaseResolver {
  @ResolveField('casework', () => CaseworkModel)
  casework(@Parent() offender: OffenderView): CaseworkModel {
    const { facts, tell } = offender.read(caseTypes);
    return caseView(caseOf(facts), offender.asOf, tell);
  }
}
