import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Args, Context, Field, ID, Mutation, ObjectType, Resolver } from '@nestjs/graphql';
import { Invalid } from '../../../libs/contract/failure.js';
import { IdentifierInput } from '../query/model.js';
import { type QueryContext } from '../query/query-context.js';
import { checked } from './checked.js';
import { type CaseworkReceipt, RunCasework, type Whom } from './casework.tokens.js';
import { commandForms, type CommandName, isCommandName, mutationName } from './commands.js';

@ObjectType('CaseworkReceipt', { description: 'What was recorded: durable, and the next question sees it.' })
class CaseworkReceiptModel {
  @Field(() => ID, { nullable: true, description: 'Of the referral, meeting, plan or handover that began.' })
  id!: string | null;
  @Field(() => [ID], { description: 'Log event ids of the facts that were recorded.' }) facts!: string[];
  @Field(() => [ID], { description: 'By what ids a correction or retraction from /hub/casework names them.' })
  publications!: string[];
}

/** One mutation for each command of casework, made from their forms below. */
@Resolver()
export class CaseworkResolver {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  run(name: CommandName, { asking }: QueryContext, whom: Whom, input: object): Promise<CaseworkReceipt> {
    return this.commands.execute(
      new RunCasework(asking, name, whom, checked(commandForms[name].input, input)),
    );
  }
}

type Mutating = (
  this: CaseworkResolver,
  context: QueryContext,
  input: object,
  offender?: string,
  identifier?: IdentifierInput,
) => Promise<CaseworkReceipt>;

function mutationOf(name: CommandName): Mutating {
  return function (context, input, offender, identifier) {
    return this.run(name, context, whomOf(offender, identifier), input);
  };
}

function whomOf(offender: string | null | undefined, identifier: IdentifierInput | null | undefined): Whom {
  if (offender != null && identifier == null) return { id: offender };
  if (offender == null && identifier != null) return { identifier: checked(IdentifierInput, identifier) };
  throw new Invalid('offender-by', 'name the person by hub id, or, in a referral, by an identifier');
}

/** What a decorated method of the class would be. */
function addMutation(name: CommandName): void {
  const { input, description } = commandForms[name];
  const [target, method] = [CaseworkResolver.prototype, mutationName(name)];
  const descriptor: PropertyDescriptor = { value: mutationOf(name), writable: true, configurable: true };
  Object.defineProperty(target, method, descriptor);
  Reflect.defineMetadata('design:paramtypes', [Object, input, String, Object], target, method);
  Context()(target, method, 0);
  Args('input', { type: () => input })(target, method, 1);
  const isReferral = name === 'raise-referral';
  Args('offender', { type: () => ID, nullable: isReferral })(target, method, 2);
  if (isReferral) Args('identifier', { type: () => IdentifierInput, nullable: true })(target, method, 3);
  Mutation(() => CaseworkReceiptModel, { description })(target, method, descriptor);
}

Object.keys(commandForms).filter(isCommandName).forEach(addMutation);
