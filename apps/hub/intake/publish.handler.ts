import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Intake } from './intake.js';
import { INTAKE, Publish } from './intake.tokens.js';

@CommandHandler(Publish)
export class PublishHandler implements ICommandHandler<Publish> {
  constructor(@Inject(INTAKE) private readonly intake: Intake) {}

  execute({ caller, publications }: Publish) {
    return this.intake.publish(caller, publications);
  }
}
