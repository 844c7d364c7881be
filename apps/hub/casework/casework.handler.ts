import { randomUUID } from 'node:crypto';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { requireRole } from '../../../libs/adapters/caller/caller.js';
import { Invalid } from '../../../libs/contract/failure.js';
import { type CaseworkCommand } from '../../../libs/domain/casework/command.js';
import { notPermitted } from '../../../libs/domain/casework/deciding.js';
import { type Asking } from '../query/asking.js';
import { type Pictures } from '../query/pictures.js';
import { PICTURES } from '../query/query.tokens.js';
import { type Casework } from './casework.js';
import { CASEWORK, type CaseworkReceipt, RunCasework } from './casework.tokens.js';
import { commandForms, type CommandName } from './commands.js';

/** Runs a command about somebody whom the caller may see; only who is named to accept something need not see them yet. */
@CommandHandler(RunCasework)
export class CaseworkHandler implements ICommandHandler<RunCasework> {
  constructor(
    @Inject(CASEWORK) private readonly casework: Casework,
    @Inject(PICTURES) private readonly pictures: Pictures,
  ) {}

  async execute({ asking, name, whom, input }: RunCasework): Promise<CaseworkReceipt> {
    requireRole(asking.caller, 'practitioner', 'coordinator', 'signatory');
    const { begins, bySight = true } = commandForms[name];
    const made = begins === undefined ? {} : { [begins]: randomUUID() };
    const { agency, user, roles } = asking.caller;
    const command = commandOf(name, { ...input, ...made, by: { agency, user, roles } });
    const id = Object.values(made)[0] ?? null;
    if ('identifier' in whom) return { id, facts: idsOf(await this.refer(name, whom.identifier, command)) };
    if (bySight) await this.requireSight(asking, whom.id);
    return { id, facts: idsOf(await this.casework.run(whom.id, command)) };
  }

  /** The receipt says nothing of whom the hub knows by the identifier. */
  private refer(name: CommandName, ...named: Parameters<Casework['refer']>): ReturnType<Casework['refer']> {
    if (name !== 'raise-referral')
      throw new Invalid('offender-by', 'only a referral may name somebody by an identifier');
    return this.casework.refer(...named);
  }

  /** What the caller gives back, they have: nothing is told that the record of an answer would hold. */
  private async requireSight(asking: Asking, offender: string): Promise<void> {
    const { reader, sight } = await this.pictures.open(asking);
    if (!reader.hasAny(offender, sight.of(offender).decisions)) throw notPermitted();
  }
}

/** The input was checked by its form, which holds what the command of that name does. */
function commandOf(type: CommandName, fields: object): CaseworkCommand {
  return { type, ...fields } as CaseworkCommand;
}

function idsOf({ facts }: Awaited<ReturnType<Casework['run']>>): readonly string[] {
  return facts.map(({ eventId }) => eventId);
}
