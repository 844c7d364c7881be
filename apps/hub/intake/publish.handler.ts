import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Metrics } from '../../../libs/adapters/telemetry/metrics.js';
import { type ParsedPublication, type Publication } from '../../../libs/contract/envelope.js';
import { changesState } from '../../../libs/domain/casework/offender-history.js';
import { type Fence } from '../fence.js';
import { FENCE } from '../fence.module.js';
import { METRICS } from '../telemetry.module.js';
import { type Intake } from './intake.js';
import { INTAKE, Publish } from './intake.tokens.js';
import { type Receipt } from './receipt.js';

/** Publishes, counts, and holds queries back until what may change a person's state is in the read models. */
@CommandHandler(Publish)
export class PublishHandler implements ICommandHandler<Publish> {
  constructor(
    @Inject(INTAKE) private readonly intake: Intake,
    @Inject(FENCE) private readonly fence: Fence,
    @Inject(METRICS) private readonly metrics: Metrics,
  ) {}

  async execute({ caller, publications }: Publish): Promise<readonly Receipt[]> {
    const receipts = await this.intake.publish(caller, publications);
    receipts.forEach((receipt, index) => {
      this.metrics.published.inc({ agency: caller.agency, outcome: receipt.outcome });
      this.fenceOff(publications[index], receipt);
    });
    return receipts;
  }

  private fenceOff(parsed: ParsedPublication | undefined, { position }: Receipt): void {
    if (position !== undefined && parsed?.outcome === 'valid' && bearsOnState(parsed.publication))
      this.fence.raise(position);
  }
}

/**
 * An event of any type may correct or retract one that gave consent or selected the person, and so end it. What any
 * event says of a date of birth nearly always repeats what is known, and is not waited for.
 */
function bearsOnState({ type, corrects, retracts }: Publication): boolean {
  return changesState(type) || corrects !== null || retracts !== null;
}
