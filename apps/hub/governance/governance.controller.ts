import { Body, Controller, Header, Inject, Post, UseGuards } from '@nestjs/common';
import { type Caller } from '../../../libs/adapters/caller/caller.js';
import { CallerGuard, CurrentCaller } from '../caller.guard.js';
import { type GovernanceRoom } from './governance.js';
import { GOVERNANCE } from './governance.tokens.js';

interface Recorded {
  readonly recorded: readonly { readonly event: string; readonly type: string; readonly on: string }[];
}

/** Governance for the systems of agencies: the same acts as the mutation's. */
@Controller('governance')
@UseGuards(CallerGuard)
export class GovernanceController {
  constructor(@Inject(GOVERNANCE) private readonly room: GovernanceRoom) {}

  @Post()
  @Header('cache-control', 'no-store')
  async record(@CurrentCaller() caller: Caller, @Body() act: unknown): Promise<Recorded> {
    const recorded = await this.room.record(caller, act);
    return { recorded: recorded.map(({ id, event }) => ({ event: id, type: event.type, on: event.on })) };
  }
}
