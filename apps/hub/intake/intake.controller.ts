import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type Caller } from '../../../libs/adapters/caller/caller.js';
import { Invalid, Unavailable } from '../../../libs/contract/failure.js';
import { CallerGuard, CurrentCaller } from '../caller.guard.js';
import { PROBLEM_JSON, type Reply } from '../problem.filter.js';
import { type Intake } from './intake.js';
import { type Fence } from '../fence.js';
import { FENCE } from '../fence.module.js';
import { BINDING_AGREEMENTS, type BindingAgreements, INTAKE, Publish } from './intake.tokens.js';
import { type EventRequest, readRelease, readSubmission } from './publishing.js';
import { type QuarantinePage } from './quarantine.js';
import { type Receipt } from './receipt.js';
import { type Status, statusOf } from './status.js';

const JSON_TYPE = 'application/json; charset=utf-8';
const HELD_ON_A_PAGE = 100;

/** The HTTP face of intake (design §10): bodies arrive as text, answers are receipts. */
@Controller()
@UseGuards(CallerGuard)
export class IntakeController {
  constructor(
    @Inject(INTAKE) private readonly intake: Intake,
    @Inject(BINDING_AGREEMENTS) private readonly agreements: BindingAgreements,
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(FENCE) private readonly fence: Fence,
  ) {}

  @Post('events')
  async publish(
    @CurrentCaller() caller: Caller,
    @Req() request: EventRequest,
    @Res() reply: Reply,
  ): Promise<void> {
    const { mode, publications } = readSubmission(request);
    const receipts = await this.commands.execute(new Publish(caller, publications));
    const [receipt] = receipts;
    if (mode === 'batch') answerBatch(reply, receipts);
    else if (receipt !== undefined) answer(reply, receipt);
  }

  @Get('status')
  status(@CurrentCaller() caller: Caller): Status {
    return statusOf(caller, this.agreements(caller.agency), this.intake.lastEvent(caller.agency));
  }

  @Get('quarantine')
  quarantine(
    @CurrentCaller() caller: Caller,
    @Query('after') after?: string,
    @Query('limit') limit?: string,
  ): QuarantinePage {
    return this.intake.quarantine.list(
      caller,
      wholeNumber('after', after, 0),
      wholeNumber('limit', limit, HELD_ON_A_PAGE),
    );
  }

  @Post('quarantine/:id/release')
  async release(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() body: unknown,
    @Res() reply: Reply,
  ): Promise<void> {
    const receipt = await this.intake.quarantine.release(caller, id, readRelease(body));
    if (receipt.position !== undefined) this.fence.raise(receipt.position);
    answer(reply, receipt);
  }
}

/** A single rejection is answered as its problem, anything else as its receipt. */
function answer(reply: Reply, receipt: Receipt): void {
  const { status, problem } = receipt;
  const type = problem === undefined ? JSON_TYPE : PROBLEM_JSON;
  reply
    .status(status)
    .type(type)
    .send(JSON.stringify(problem ?? receipt));
}

/** A batch is answered one by one; only when nothing of it could be tried is the answer that for the whole. */
function answerBatch(reply: Reply, receipts: readonly Receipt[]): void {
  if (receipts.length > 0 && receipts.every(({ status }) => status === 503)) {
    throw new Unavailable('not-recorded', 'no event of the batch could be recorded');
  }
  reply.status(200).type(JSON_TYPE).send(JSON.stringify(receipts));
}

function wholeNumber(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new Invalid('invalid-query', `${name} must be a whole number`);
}
