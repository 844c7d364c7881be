import { type Command } from 'commander';
import { openJournal, type ReplayJournal } from '../../../libs/adapters/audit/compliance-journal.js';
import { type Replay, replayCompliance } from '../../../libs/adapters/audit/compliance.js';
import { type Position } from '../../../libs/adapters/event-log/event-log.js';
import { type LogReader } from '../../../libs/adapters/event-log/log-reader.js';
import { Invalid, isFailure } from '../../../libs/contract/failure.js';
import { type Finding } from '../../../libs/domain/audit/compliance-finding.js';
import { beginningOf, endOf } from '../../../libs/domain/audit/questions.js';
import { comparePictures, type PictureFinding } from '../compare-pictures.js';
import {
  agenciesOf,
  folderOf,
  type FolderOptions,
  withAside,
  withFolderOptions,
  withKeys,
  withLog,
} from '../data-folder.js';
import { watched } from '../progress.js';
import { rebuiltUnder } from '../rebuild-aside.js';
import { ALTERED, CLEAN, FINDINGS, type Terminal } from '../session.js';
import { readSignedHead } from '../signed-tree.js';
import { verifyLog, wordsOf as verdictOf } from '../verify-log.js';
import { type Format, printAll, withFormat } from './output.js';
import { jsonOf, layouts, meaningOf, type ReplayItem, told, wordsOf } from './replay-text.js';

interface ReplayOptions extends Pick<FolderOptions, 'data'> {
  readonly from?: string;
  readonly to?: string;
  readonly resume?: string;
  readonly pictures?: true;
  readonly logKey?: string;
  readonly format: Format;
}

const help = `
Judges each recorded answer by the log alone, as it stood when the answer was recorded: each field under its clause, each
fact and person. Needs no keys (--pictures does), and may be used beside a running hub. What was permitted and withheld
is told as far as a record can tell it: shown less openly, told as not recorded, or left out although the other fields of
the fact were shown. That nobody asked for a fact, or that a page ended before it, is in no record. An answer that was
overtaken was recorded, but may have been refused before it left.`;

/**
 * `concordat audit replay`: replays a period and reports every disclosure that the agreements of its moment did not permit,
 * what they permitted and was withheld, and, if asked, every read model that differs from its rebuild. Exit codes: 0
 * nothing, 1 findings, 4 the log was altered.
 */
export function addReplayCommand(family: Command, terminal: Terminal, end: (code: number) => void): void {
  const command = family
    .command('replay')
    .description('judge every disclosure of a period by the agreements of its moment')
    .option('--from <moment>', 'answers from this day or moment (RFC 3339) on')
    .option('--to <moment>', 'answers until the end of this day, or before this moment')
    .option('--resume <file>', 'keep what is found in this file; go on from it, if it is there')
    .option('--pictures', 'compare the read models with their rebuild, too')
    .option('--log-key <key>', "the log's verifier key (default: the one in the folder)")
    .addHelpText('after', help);
  withFolderOptions(withFormat(command)).action(async (options: ReplayOptions) => {
    const journal = openJournal(options.resume);
    try {
      end(await unlessAltered(terminal, () => replayed(journal, options, terminal)));
    } finally {
      journal.close();
    }
  });
}

/** Whoever folds the log checks the signatures in it: one that does not hold is an altered log, too. */
async function unlessAltered(terminal: Terminal, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (!isFailure(error) || error.code !== 'agreement-log') throw error;
    terminal.err(`the log was altered: ${error.message}`);
    return ALTERED;
  }
}

function replayed(journal: ReplayJournal, options: ReplayOptions, terminal: Terminal): Promise<number> {
  const folder = folderOf(options, terminal.env);
  const from = options.from === undefined ? null : beginningOf('--from', options.from);
  const to = options.to === undefined ? null : endOf('--to', options.to);
  return withLog(folder, async (log) => {
    const signed = readSignedHead(folder, options.logKey);
    const verdict = await watched(terminal, 'positions checked', (show) => verifyLog(log, show, signed));
    if (verdict.outcome === 'altered') {
      terminal.err(verdictOf(verdict));
      return ALTERED;
    }
    const question = { from, to, upTo: resumedHead(journal, verdict.head) };
    const replay = await watched(terminal, 'positions replayed', (show) =>
      replayCompliance(log, question, journal, { progress: show }),
    );
    const pictures = options.pictures === true ? await differing(folder, log, terminal) : null;
    return tell({ replay, journal, pictures }, options, terminal);
  });
}

/** A replay that goes on ends where it was to end, so that it gives what it would have given. */
function resumedHead(journal: ReplayJournal, head: Position): Position {
  const upTo = journal.question()?.upTo ?? head;
  if (upTo > head) throw new Invalid('resume-log', 'the replay began with another log');
  return upTo;
}

async function differing(
  folder: string,
  log: LogReader,
  terminal: Terminal,
): Promise<readonly PictureFinding[]> {
  const agencies = agenciesOf({});
  const findings = await withKeys(folder, terminal.env, (vault) =>
    withAside(folder, (aside) =>
      watched(terminal, 'positions rebuilt', (progress) =>
        comparePictures(folder, agencies, rebuiltUnder(aside, agencies, { log, vault, progress })),
      ),
    ),
  );
  return findings.filter(({ outcome }) => outcome !== 'same');
}

interface ReplayAnswer {
  readonly replay: Replay;
  readonly journal: ReplayJournal;
  /** Read models that differ; null when nobody asked. */
  readonly pictures: readonly PictureFinding[] | null;
}

async function tell(answer: ReplayAnswer, options: ReplayOptions, terminal: Terminal): Promise<number> {
  const { replay, pictures } = answer;
  if (options.format === 'json')
    for await (const line of jsonOf(replay, itemsOf(answer), pictures !== null)) terminal.out(line);
  else await printAll(terminal, options.format, itemsOf(answer), layouts);
  terminal.err(wordsOf(replay));
  if (options.format === 'table')
    for (const reason of await reasonsIn(answer.journal)) terminal.err(`${reason}: ${meaningOf(reason)}`);
  const found = replay.notPermitted + replay.withheld + replay.records + (pictures?.length ?? 0);
  return found === 0 ? CLEAN : FINDINGS;
}

async function* itemsOf({ journal, pictures }: ReplayAnswer): AsyncGenerator<ReplayItem> {
  for await (const finding of journal.findings()) yield told(finding);
  for (const picture of pictures ?? []) yield { kind: 'picture', ...picture };
}

async function reasonsIn(journal: ReplayJournal): Promise<readonly Finding['reason'][]> {
  const reasons = new Set<Finding['reason']>();
  for await (const { reason } of journal.findings()) reasons.add(reason);
  return [...reasons].sort();
}
