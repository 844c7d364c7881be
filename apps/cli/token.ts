import { type Command } from 'commander';
import { developmentIssuer } from '../../libs/adapters/caller/development-issuer.js';
import { CLEAN, dataDirOf, type Terminal } from './session.js';

interface TokenOptions {
  readonly agency: string;
  readonly role: readonly string[];
  readonly purpose: readonly string[];
  readonly user: string;
  readonly team?: string;
  readonly hours: string;
}

/** `concordat token`: prints a bearer token for development, and nothing else on stdout (design §10). */
export function addTokenCommand(program: Command, terminal: Terminal, end: (code: number) => void): void {
  program
    .command('token')
    .description('print a bearer token for development')
    .requiredOption('--agency <id>', 'the agency the bearer belongs to')
    .requiredOption('--role <role>', 'a role of the bearer (repeat for more)', gather)
    .option('--purpose <purpose>', 'a purpose the bearer may ask for (repeat for more)', gather, [])
    .option('--user <name>', 'the name that is recorded with what the bearer does', 'concordat-cli')
    .option('--team <name>', 'the team of the bearer within the agency: an id such as north-1')
    .option('--hours <hours>', 'how long the token lasts', '12')
    .action(async ({ agency, role, purpose, user, team, hours }: TokenOptions) => {
      const issuer = developmentIssuer(dataDirOf(terminal.env), terminal.env);
      const claims = {
        agency,
        user,
        ...(team !== undefined && { team }),
        roles: role,
        purposes: purpose,
        hours: Number(hours),
      };
      terminal.out(await issuer.sign(claims));
      end(CLEAN);
    });
}

function gather(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}
