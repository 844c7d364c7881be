import { type Command } from 'commander';
import { readFileSync } from 'node:fs';
import { isFailure, Invalid, Unavailable } from '../../../libs/contract/failure.js';
import { patternRules, type PatternRules } from '../../../libs/domain/audit/pattern-rules.js';
import { folderOf, type FolderOptions, withFolderOptions, withLog } from '../data-folder.js';
import { checkedLog } from '../../../libs/adapters/audit/log-window.js';
import { graphqlClient } from '../graphql-client.js';
import { watched } from '../progress.js';
import { ALTERED, type HubOptions, type Terminal, tokenOf, urlOf, withHubOptions } from '../session.js';
import { type Auditor } from './auditor.js';
import { positionOf } from '../../../libs/adapters/transparency/tree-growth.js';
import { readSignedHead } from '../signed-tree.js';
import { auditorOf } from './from-folder.js';
import { auditorThrough } from './from-hub.js';
import { withKeysAtHand } from './keys-at-hand.js';
import { type Format, withFormat } from './output.js';

/** What every question of `concordat audit` can be told: which log, and how to print. */
export interface AuditOptions extends Pick<FolderOptions, 'data'>, HubOptions {
  readonly purpose: string;
  readonly format: Format;
  readonly rules?: string;
}

/** Adds the options of `AuditOptions` to a command. */
export function asQuestion(command: Command): Command {
  return withHubOptions(withFolderOptions(withFormat(command))).option(
    '--purpose <purpose>',
    'why you ask, where a hub is asked',
    'audit',
  );
}

const UNRECORDED =
  'the data folder is read as it is: no ledger records this reading (--url asks the hub, which does), and only what the question reads of the log is checked (`verify log` checks all)';

/**
 * Asks a running hub when `--url` names one, and otherwise the log of the data folder, under a progress bar unless items
 * are printed as they come. A log that was altered ends the command with 4.
 */
export async function asking(
  options: AuditOptions,
  terminal: Terminal,
  end: (code: number) => void,
  work: (auditor: Auditor) => Promise<number>,
  isStreamed = false,
): Promise<void> {
  try {
    end(await (options.url === undefined ? offline : online)(options, terminal, work, isStreamed));
  } catch (error) {
    if (!isFailure(error) || !altered.has(error.code)) throw error;
    terminal.err(`concordat: ${error.message}`);
    end(ALTERED);
  }
}

const altered: ReadonlySet<string> = new Set(['log-altered', 'agreement-log']);

type Work = (auditor: Auditor) => Promise<number>;

async function online(options: AuditOptions, { env }: Terminal, work: Work): Promise<number> {
  const { purpose } = options;
  const token = await tokenOf(options, env, 'auditor', 'auditor', [purpose]);
  return work(auditorThrough(graphqlClient({ url: urlOf(options, env), token, purpose })));
}

async function offline(
  options: AuditOptions,
  terminal: Terminal,
  work: Work,
  isStreamed: boolean,
): Promise<number> {
  const folder = folderOf(options, terminal.env);
  const rules = rulesIn(options.rules);
  return withLog(folder, async (stored) => {
    const log = checkedLog(stored);
    const upTo = await log.head();
    requireWhole(folder, upTo);
    terminal.err(UNRECORDED);
    const interactive = terminal.interactive && !isStreamed;
    return withKeysAtHand(folder, terminal.env, (vault) =>
      watched({ interactive }, 'positions', (show) => {
        const reading = { upTo, vault, progress: (done: number) => show(done, upTo) };
        return work(auditorOf({ folder, log, reading, rules }, terminal));
      }),
    );
  });
}

/** A log that is shorter than its last signed head was cut off: what it lacks, no answer would tell. */
function requireWhole(folder: string, head: number): void {
  const signed = readSignedHead(folder);
  if (signed?.outcome === 'signed' && head < positionOf(signed.checkpoint.size - 1))
    throw new Unavailable('log-altered', `the log was cut off after position ${head}`);
}

/** Rules of patterns from a JSON file: what it says stands in the place of what `patternRules` says. */
function rulesIn(file: string | undefined): PatternRules {
  if (file === undefined) return patternRules;
  try {
    return { ...patternRules, ...(JSON.parse(readFileSync(file, 'utf8')) as Partial<PatternRules>) };
  } catch {
    throw new Invalid('rules', '--rules must be a JSON file of pattern rules');
  }
}
