import { Command, CommanderError } from 'commander';
import { isFailure, type FailureKind } from '../../libs/contract/failure.js';
import { addAgreementsCommand } from './agreements.js';
import { addAuditCommand } from './audit/command.js';
import { addCorrectionsCommand } from './corrections.js';
import { addImportCommand } from './import/command.js';
import { addDemoCommand } from './demo.js';
import { addErasureCommand } from './erasure.js';
import { addOffenceCodesCommand } from './offence-codes.js';
import { addRebuildCommand } from './rebuild.js';
import { addReportCommand } from './report/command.js';
import { addRightsCommand } from './rights.js';
import { addRetentionCommand } from './retention.js';
import { CLEAN, type Terminal } from './session.js';
import { addTokenCommand } from './token.js';
import { addTransparencyCommand } from './transparency.js';
import { addVerifyCommand } from './verify.js';
import { addWitnessCommand } from './witness.js';

/**
 * Runs `concordat` with the arguments after its name. Returns the exit code: 0 as wished, 1 findings or something
 * refused, 2 wrong usage, 3 not authorised, 4 the log was altered, 5 the hub is not available.
 */
export async function concordat(parameters: readonly string[], terminal: Terminal): Promise<number> {
  let code = CLEAN;
  const end = (ended: number): void => void (code = ended);
  const program = programFor(terminal);
  for (const add of commands) add(program, terminal, end);
  try {
    await program.parseAsync(parameters, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? CLEAN : USAGE;
    if (!isFailure(error)) throw error;
    terminal.err(`concordat: ${error.message}`);
    for (const { pointer, detail } of error.errors) terminal.err(`  ${pointer} ${detail}`);
    return exitCodes[error.kind];
  }
}

const commands = [
  addTokenCommand,
  addAgreementsCommand,
  addCorrectionsCommand,
  addImportCommand,
  addDemoCommand,
  addOffenceCodesCommand,
  addVerifyCommand,
  addAuditCommand,
  addReportCommand,
  addRebuildCommand,
  addRightsCommand,
  addRetentionCommand,
  addErasureCommand,
  addTransparencyCommand,
  addWitnessCommand,
];

const USAGE = 2;

const exitCodes: Readonly<Record<FailureKind, number>> = {
  invalid: USAGE,
  forbidden: 3,
  conflict: 1,
  unavailable: 5,
};

/** Commands made from it inherit these settings, so they are made before any is added; a command's options follow its name. */
function programFor({ out, err }: Terminal): Command {
  return new Command('concordat')
    .description('the command line of Concordat, for operators and auditors')
    .exitOverride()
    .enablePositionalOptions()
    .showHelpAfterError()
    .configureOutput({ writeOut: (text) => out(text.trimEnd()), writeErr: (text) => err(text.trimEnd()) });
}
