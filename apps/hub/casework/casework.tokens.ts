import { Command } from '@nestjs/cqrs';
import { type CommandName } from './commands.js';
import { type NamedByIdentifier } from './casework.js';
import { type Asking } from '../query/asking.js';

/** The casework of this process: see `casework.ts`. */
export const CASEWORK = Symbol('casework');

/** Whom a command is about. */
export type Whom = { readonly id: string } | { readonly identifier: NamedByIdentifier };

/**
 * What became of a command: the id of what it began, the facts that were recorded (log event ids), and the CloudEvents ids
 * of the source `/hub/casework` by which a correction or retraction names them.
 */
export interface CaseworkReceipt {
  readonly id: string | null;
  readonly facts: readonly string[];
  readonly publications: readonly string[];
}

/** One command about one person, as its input was checked. */
export class RunCasework extends Command<CaseworkReceipt> {
  constructor(
    readonly asking: Asking,
    readonly name: CommandName,
    readonly whom: Whom,
    readonly input: object,
  ) {
    super();
  }
}
