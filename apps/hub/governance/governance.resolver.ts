import { Inject } from '@nestjs/common';
import { Args, Context, Field, ID, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { parseMoment } from '../../../libs/contract/moment.js';
import { Invalid } from '../../../libs/contract/failure.js';
import { dayOf } from '../../../libs/domain/agreement/time.js';
import { type GovernanceEvent } from '../../../libs/domain/governance/act.js';
import { type Governance, standing } from '../../../libs/domain/governance/governance.js';
import { type Held } from '../../../libs/domain/casework/held.js';
import { type QueryContext } from '../query/query-context.js';
import { GovernanceActInput, governanceLists, GovernanceModel } from './act-types.js';
import { type GovernanceRoom } from './governance.js';
import { GOVERNANCE } from './governance.tokens.js';

@ObjectType('RecordedAct')
class RecordedActModel {
  @Field(() => ID, { description: 'The log event.' }) event!: string;
  @Field(() => String) type!: string;
  @Field(() => String) on!: string;
}

/** Governance of the partnership: what stands, for whoever works in it, and what its leaders record. */
@Resolver(() => GovernanceModel)
export class GovernanceResolver {
  constructor(@Inject(GOVERNANCE) private readonly room: GovernanceRoom) {}

  @Query(() => GovernanceModel, {
    description:
      'Documents, measures, roles, priorities, sites, reports received, self-assessments: what stood at the end of a day.',
  })
  async governance(
    @Context() { asking }: QueryContext,
    @Args('at', { type: () => String, nullable: true, description: 'A calendar date; today when absent.' })
    at?: string,
  ): Promise<object> {
    return modelOf(await this.room.governance(), at == null ? asking.now : endOf(at));
  }

  @Mutation(() => [RecordedActModel], {
    description:
      'Records an act: a signatory for its own agency (documents, measures, roles), coordinators and signatories of the IOM team for the partnership. Gives what was recorded.',
  })
  async recordGovernance(
    @Context() { asking }: QueryContext,
    @Args('act', { type: () => GovernanceActInput }) act: object,
  ): Promise<RecordedActModel[]> {
    const recorded = await this.room.record(asking.caller, act);
    return recorded.map(({ id, event }) => ({ event: id, type: event.type, on: event.on }));
  }
}

function modelOf(governance: Governance, at: number): object {
  const lists = Object.entries(governanceLists);
  return Object.fromEntries(lists.map(([list, kind]) => [list, standing(governance, kind, at).map(told)]));
}

function told({ value, to, by }: Held<GovernanceEvent>): object {
  const ended = to === null ? null : dayOf(to);
  const recorded = new Date(value.at).toISOString();
  return { ...value, event: by[0], ended, reportedBy: value.by.agency, recorded };
}

function endOf(day: string): number {
  const moment = parseMoment(day);
  if (moment?.precision !== 'day') throw new Invalid('at', 'at must be a calendar date such as 2026-04-01');
  return moment.to - 1;
}
