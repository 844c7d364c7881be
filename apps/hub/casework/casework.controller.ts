import { Body, Controller, Headers, HttpCode, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type Caller } from '../../../libs/adapters/caller/caller.js';
import { Invalid } from '../../../libs/contract/failure.js';
import { readJson } from '../../../libs/contract/raw-json.js';
import { type Agreements } from '../agreements/agreements.js';
import { AGREEMENTS } from '../agreements/agreements.tokens.js';
import { CallerGuard, CurrentCaller } from '../caller.guard.js';
import { askingOf } from '../query/asking.js';
import { IdentifierInput } from '../query/model.js';
import { CLOCK, type Clock } from '../storage.module.js';
import { checked } from './checked.js';
import { type CaseworkReceipt, RunCasework, type Whom } from './casework.tokens.js';
import { commandForms, isCommandName } from './commands.js';
import { schemaOf } from './given.js';

type Body = Readonly<Record<string, unknown>>;

/** The commands of casework over HTTP: the same inputs, headers and refusals as the mutations. */
@Controller('casework')
@UseGuards(CallerGuard)
export class CaseworkController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(AGREEMENTS) private readonly agreements: Agreements,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post(':command')
  @HttpCode(201)
  async run(
    @CurrentCaller() caller: Caller,
    @Headers() headers: Readonly<Record<string, string>>,
    @Param('command') name: string,
    @Body() body: unknown,
  ): Promise<CaseworkReceipt> {
    if (!isCommandName(name)) throw new Invalid('no-such-command', 'casework has no command of this name');
    const asking = askingOf(caller, headers, this.clock(), this.agreements.register());
    const { input: form } = commandForms[name];
    const { offender, identifier, ...input } = read(body, Object.keys(propertiesOf(form)));
    return this.commands.execute(
      new RunCasework(asking, name, whomOf(offender, identifier), checked(form, input)),
    );
  }
}

function propertiesOf(form: new () => object): object {
  return schemaOf(form)['properties'] as object;
}

function read(body: unknown, names: readonly string[]): Body {
  const known = new Set(['offender', 'identifier', 'scheme', 'value', ...names]);
  const json = readJson(typeof body === 'string' ? body : '', known);
  if (json.outcome === 'invalid') throw new Invalid('not-json', 'the request body is not JSON', json.errors);
  const { value } = json;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Invalid('input', 'the request body must be a JSON object');
  return value as Body;
}

function whomOf(offender: unknown, identifier: unknown): Whom {
  if (typeof offender === 'string' && identifier === undefined) return { id: offender };
  if (offender === undefined && typeof identifier === 'object' && identifier !== null)
    return { identifier: checked(IdentifierInput, identifier as IdentifierInput) };
  throw new Invalid('offender-by', 'name the person by offender, or, in a referral, by identifier');
}
