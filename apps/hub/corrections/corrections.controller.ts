import { Controller, Get, Header, Inject, Query, UseGuards } from '@nestjs/common';
import { type Caller } from '../../../libs/adapters/caller/caller.js';
import { Invalid } from '../../../libs/contract/failure.js';
import { CallerGuard, CurrentCaller } from '../caller.guard.js';
import { type CorrectionView, viewOf } from './correction-view.js';
import { CORRECTIONS } from './corrections.tokens.js';
import { type CorrectionRoom } from './room.js';

const ON_A_PAGE = 100;

/** The next page begins after `next`; null when this one was the last for now. */
interface CorrectionPage {
  readonly corrections: readonly CorrectionView[];
  readonly next: string | null;
}

/** Corrections for the systems of an agency: what it must answer, in the order in which it was opened. */
@Controller('corrections')
@UseGuards(CallerGuard)
export class CorrectionsController {
  constructor(@Inject(CORRECTIONS) private readonly room: CorrectionRoom) {}

  @Get()
  @Header('cache-control', 'no-store')
  async feed(
    @CurrentCaller() caller: Caller,
    @Query('after') after?: string,
    @Query('limit') limit?: string,
  ): Promise<CorrectionPage> {
    const most = wholeNumber('limit', limit, ON_A_PAGE);
    const found = await this.room.feed(caller, wholeNumber('after', after, 0), most);
    const corrections = found.map((each) => viewOf(each, caller));
    return { corrections, next: found.length < most ? null : (corrections.at(-1)?.position ?? null) };
  }
}

function wholeNumber(name: string, text: unknown, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (typeof text === 'string' && /^\d{1,15}$/.test(text)) return Number(text);
  throw new Invalid('invalid-query', `${name} must be a whole number`);
}
