import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { requireRole } from '../../../libs/adapters/caller/caller.js';
import { catalogue } from '../../../libs/contract/catalogue/catalogue.js';
import { Invalid } from '../../../libs/contract/failure.js';
import { type CaseworkCommand } from '../../../libs/domain/casework/command.js';
import { notPermitted } from '../../../libs/domain/casework/deciding.js';
import { type Decided } from '../intake/deciding.js';
import { type Asking } from '../query/asking.js';
import { readableFacts } from '../query/picture-facts.js';
import { type Pictures } from '../query/pictures.js';
import { PICTURES } from '../query/query.tokens.js';
import { type Casework } from './casework.js';
import { CASEWORK, type CaseworkReceipt, RunCasework } from './casework.tokens.js';
import { commandForms, type CommandName } from './commands.js';

const everyType = catalogue.map(({ type }) => type);

/** In milliseconds: longer than it takes to read any case, or to begin one. */
const UNSEEN_TAKES = 300;

/** Runs a command about somebody whom the caller may see; only who is named to accept something need not see them yet. */
@CommandHandler(RunCasework)
export class CaseworkHandler implements ICommandHandler<RunCasework> {
  constructor(
    @Inject(CASEWORK) private readonly casework: Casework,
    @Inject(PICTURES) private readonly pictures: Pictures,
  ) {}

  async execute({ asking, name, whom, input }: RunCasework): Promise<CaseworkReceipt> {
    requireRole(asking.caller, 'practitioner', 'coordinator', 'signatory');
    const { begins, judged = false, bySight = true } = commandForms[name];
    const { id: own, ...given } = input as { readonly id?: string };
    const made = begins === undefined ? {} : { [begins]: own ?? randomUUID() };
    const { agency, user, roles } = asking.caller;
    const command = commandOf(name, { ...given, ...made, by: { agency, user, roles } });
    const id = Object.values(made)[0] ?? null;
    if ('identifier' in whom) return receiptOf(id, await this.refer(name, whom.identifier, command));
    const running = bySight
      ? this.runBySight(asking, whom.id, command, judged)
      : this.runUnseen(whom.id, command);
    return receiptOf(id, await running);
  }

  /** What the caller gives back, they have: nothing is told that the record of an answer would hold. */
  private async runBySight(
    asking: Asking,
    offender: string,
    command: CaseworkCommand,
    judged: boolean,
  ): Promise<Decided> {
    const picture = await this.pictures.open(asking);
    if (!picture.reader.hasAny(offender, picture.sight.of(offender).decisions)) throw notPermitted();
    const visible = judged ? readableFacts(picture, offender, everyType).map(({ fact }) => fact) : [];
    return this.casework.run(offender, command, visible);
  }

  /** Of somebody of whom the caller may know nothing: how long a refusal takes does not tell whether there is a case. */
  private async runUnseen(offender: string, command: CaseworkCommand): Promise<Decided> {
    const refusable = sleep(UNSEEN_TAKES, undefined, { ref: false });
    try {
      return await this.casework.run(offender, command, []);
    } catch (error) {
      await refusable;
      throw error;
    }
  }

  /** Neither the receipt nor its time says anything of whom the hub knows by the identifier. */
  private async refer(
    name: CommandName,
    ...named: Parameters<Casework['refer']>
  ): ReturnType<Casework['refer']> {
    if (name !== 'raise-referral')
      throw new Invalid('offender-by', 'only a referral may name somebody by an identifier');
    const [decided] = await Promise.all([this.casework.refer(...named), sleep(UNSEEN_TAKES)]);
    return decided;
  }
}

/** The input was checked by its form, which holds what the command of that name does. */
function commandOf(type: CommandName, fields: object): CaseworkCommand {
  return { type, ...fields } as CaseworkCommand;
}

function receiptOf(id: string | null, { facts }: Decided): CaseworkReceipt {
  return {
    id,
    facts: facts.map(({ eventId }) => eventId),
    publications: facts.map(({ publicationId }) => publicationId),
  };
}
