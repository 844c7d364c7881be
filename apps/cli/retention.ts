import { type Command } from 'commander';
import { allRetentionDue } from '../../libs/adapters/data-protection/holdings.js';
import { Invalid } from '../../libs/contract/failure.js';
import { parseMoment } from '../../libs/contract/moment.js';
import { type RetentionDue } from '../../libs/domain/erasure/retention.js';
import { type Format, printOne, withFormat } from './audit/output.js';
import { folderOf, type FolderOptions, withFolderOptions, withLog } from './data-folder.js';
import { watched } from './progress.js';
import { CLEAN, FINDINGS, type Terminal } from './session.js';

interface DueOptions extends Pick<FolderOptions, 'data'> {
  readonly at?: string;
  readonly format: Format;
}

const help = `
What is needed: review, somebody decides whether to keep; erase; or restrict, while other facts of the person are still
to be kept. Needs no keys: people stand by hub id, facts by class. May be used beside a running hub.`;

/**
 * `concordat retention due`: whose facts have been kept as long as the rules say (R10, R50). Exit codes: 0 nobody's,
 * 1 somebody's.
 */
export function addRetentionCommand(program: Command, terminal: Terminal, end: (code: number) => void): void {
  const command = program
    .command('retention')
    .description('how long data are kept')
    .command('due')
    .description('whose facts have been kept as long as the rules say, longest due first')
    .option('--at <date>', 'by the end of this day, or by a moment (RFC 3339); default now')
    .addHelpText('after', help);
  withFolderOptions(withFormat(command)).action(async ({ at, format, ...options }: DueOptions) => {
    const moment = at === undefined ? terminal.now().getTime() : momentOf(at);
    const due = await withLog(folderOf(options, terminal.env), async (log) => {
      const head = await log.head();
      return watched(terminal, 'positions', (show) =>
        allRetentionDue(log, moment, (position) => show(position, head)),
      );
    });
    const items = due.map(dated);
    printOne(terminal, format, { document: items, items }, { table: layout, csv: layout });
    end(due.length === 0 ? CLEAN : FINDINGS);
  });
}

type Dated = ReturnType<typeof dated>;

function dated({ rule, started, due, ...rest }: RetentionDue) {
  const { id, title, source, standing } = rule;
  return { ...rest, rule: id, title, source, standing, started: isoOf(started), due: isoOf(due) };
}

const layout = {
  headings: ['person', 'class', 'publishers', 'rule', 'started', 'due', 'need', 'held', 'restricted'],
  rows: (each: Dated) => [
    [
      each.offender,
      each.class,
      each.publishers.join(' '),
      each.rule,
      each.started.slice(0, 10),
      each.due.slice(0, 10),
      each.need,
      ...[each.held, each.restricted].map((is) => (is ? 'yes' : 'no')),
    ],
  ],
};

function isoOf(moment: number): string {
  return new Date(moment).toISOString();
}

/** The end of a day, or the moment itself. */
function momentOf(text: string): number {
  const moment = parseMoment(text);
  if (moment?.precision === 'day') return moment.to - 1;
  if (moment?.precision === 'instant') return moment.from;
  throw new Invalid('option', '--at must be a date (2026-04-01) or a moment (RFC 3339)');
}
