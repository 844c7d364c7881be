import { type Command } from 'commander';
import { Invalid } from '../../libs/contract/failure.js';
import { type Ask, graphqlClient } from './graphql-client.js';
import { type HubOptions, type Terminal, tokenOf, urlOf, withHubOptions } from './session.js';

/** What every command on a hub's agreements may be told. */
export interface AgreementOptions extends HubOptions {
  readonly agency?: string;
  readonly version?: string;
  readonly json?: true;
}

/** Why the steps of an agreement's life are asked for; it stands beside them in the hub's record. */
const PURPOSE = 'governance';

export function withAgreementOptions(command: Command): Command {
  return withHubOptions(command)
    .option('--agency <id>', 'the agency to act for, when no token says so')
    .option('--json', 'print JSON');
}

export function withReason(command: Command): Command {
  return command.requiredOption('--reason <text>', 'why, 3 to 250 characters');
}

/** A client of the hub for the signatory of an agency. Throws `Invalid` `agency` when nobody says which. */
export async function hubOf(options: AgreementOptions, { env }: Terminal): Promise<Ask> {
  const given = options.token ?? env['CONCORDAT_TOKEN'] ?? '';
  if (options.agency === undefined && given === '') {
    throw new Invalid('agency', 'say for whom: give --agency, or a token');
  }
  const token = await tokenOf(options, env, options.agency ?? '', 'signatory', [PURPOSE]);
  return graphqlClient({ url: urlOf(options, env), token, purpose: PURPOSE });
}
