import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { developmentIssuer } from '../../libs/adapters/caller/development-issuer.js';
import { type Role } from '../../libs/adapters/caller/caller.js';
import { Forbidden, Invalid } from '../../libs/contract/failure.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What a command may use of the world outside; a test gives its own. */
export interface Terminal {
  /** Data, for the next program. */
  readonly out: (line: string) => void;
  /** Messages, for the person. */
  readonly err: (line: string) => void;
  readonly env: Environment;
  readonly now: () => Date;
  /** Whether a person watches the messages, so that a progress bar makes sense. */
  readonly interactive: boolean;
}

/** What a command ends with: everything as wished, findings that the messages tell, or a log that was altered. */
export const CLEAN = 0;
export const FINDINGS = 1;
export const ALTERED = 4;

/** Where a command's hub is and who asks. */
export interface HubOptions {
  readonly url?: string;
  readonly token?: string;
}

/** Adds `--url` and `--token` to a command. */
export function withHubOptions(command: Command): Command {
  return command
    .addOption(new Option('--url <address>', 'the hub (default http://localhost:<PORT or 4000>)'))
    .addOption(
      new Option('--token <token>', 'bearer token (default CONCORDAT_TOKEN, or one for development)'),
    );
}

/** The directory that holds the hub's data, `CONCORDAT_DATA` or `./data`. */
export function dataDirOf(env: Environment): string {
  return resolve(env['CONCORDAT_DATA'] ?? './data');
}

/** The hub's address. Throws `Invalid` `url`. */
export function urlOf({ url }: HubOptions, env: Environment): string {
  const address = url ?? `http://localhost:${env['PORT'] ?? '4000'}`;
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
    throw new Invalid('url', '--url must be an http or https address');
  }
  return address;
}

/**
 * The token of a command that acts for an agency: `--token`, `CONCORDAT_TOKEN`, or one that the development issuer
 * signs here. Throws `Forbidden` `token-missing` in production, where nothing signs tokens for itself.
 */
export async function tokenOf(
  { token }: HubOptions,
  env: Environment,
  agency: string,
  role: Role,
  purposes: readonly string[] = [],
): Promise<string> {
  const given = token ?? env['CONCORDAT_TOKEN'];
  if (given !== undefined && given !== '') return given;
  if (env['NODE_ENV'] === 'production') {
    throw new Forbidden('token-missing', 'give a token with --token or CONCORDAT_TOKEN');
  }
  const issuer = developmentIssuer(dataDirOf(env), env);
  return issuer.sign({ agency, user: 'concordat-cli', roles: [role], purposes, hours: 12 });
}
