import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { type Logger } from 'pino';
import { FENCE } from '../fence.module.js';
import { CLOCK, EVENT_LOG } from '../storage.module.js';
import { LOGGER } from '../telemetry.module.js';
import { type Agreements, openAgreements } from './agreements.js';
import {
  ChangeAgreementHandler,
  ProposeAgreementHandler,
  SignAgreementHandler,
} from './agreements.handler.js';
import { AGREEMENTS } from './agreements.tokens.js';
import { passingOfTime } from './passing-of-time.js';

/** How often (ms) time may bring agreements into force or end them; queries check the dates themselves. */
const ELAPSE_EVERY = 1000;

@Global()
@Module({
  imports: [CqrsModule],
  providers: [
    {
      provide: AGREEMENTS,
      useFactory: openAgreements,
      inject: [EVENT_LOG, CLOCK, FENCE],
    },
    ProposeAgreementHandler,
    SignAgreementHandler,
    ChangeAgreementHandler,
  ],
  exports: [AGREEMENTS],
})
export class AgreementsModule implements OnApplicationShutdown {
  private readonly timer: NodeJS.Timeout;

  constructor(@Inject(AGREEMENTS) agreements: Agreements, @Inject(LOGGER) logger: Logger) {
    const pass = passingOfTime(agreements, logger);
    this.timer = setInterval(() => void pass(), ELAPSE_EVERY);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }
}
