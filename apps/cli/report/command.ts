import { type Command, Option } from 'commander';
import { openGrounds } from '../../../libs/adapters/report/grounds.js';
import { formats, inFormat, type ReportFormat } from '../../../libs/adapters/report/in-format.js';
import { type PrintedReport } from '../../../libs/adapters/report/printed.js';
import { Conflict } from '../../../libs/contract/failure.js';
import { dayOf } from '../../../libs/domain/agreement/time.js';
import { reportNamed, reports } from '../../../libs/domain/performance/registry.js';
import { type Report } from '../../../libs/domain/performance/report.js';
import { questionOf } from '../../../libs/domain/performance/report-question.js';
import { suppress } from '../../../libs/domain/performance/suppress.js';
import { suppressionRuleAt } from '../../../libs/domain/performance/suppress-rules.js';
import { folderOf, type FolderOptions, withFolderOptions, withKeys, withLog } from '../data-folder.js';
import { CLEAN, type Terminal } from '../session.js';
import { table } from '../table.js';
import { addCheckCommand } from './check.js';
import { writeNew } from '../new-file.js';

const views = ['board', 'team'] as const;

interface ReportOptions extends Pick<FolderOptions, 'data'> {
  readonly at?: string;
  readonly from?: string;
  readonly to?: string;
  readonly known?: string;
  readonly view: (typeof views)[number];
  readonly format: ReportFormat;
  readonly out?: string;
}

const help = `
Days are calendar dates in London, both ends included. The board's view shows aggregates alone, with small numbers hidden;
the team's view holds every number, lists of people, and (in JSON) the ids of the events behind each cell: whoever reads the
data folder may see both, and the team's is for the IOM team. Reads the folder beside a running hub, too, and needs its keys.
Exit codes: 0 as asked, 1 the file of --out exists already, 2 wrong usage, 5 the folder cannot be read.`;

/** `concordat report <name>`, `list` and `check`: performance from the events of a data folder, and printed figures. */
export function addReportCommand(program: Command, terminal: Terminal, end: (code: number) => void): void {
  const family = program
    .command('report')
    .enablePositionalOptions()
    .description('performance reports from the events of a data folder')
    .argument('<name>', 'a report that `concordat report list` names')
    .option('--at <day>', 'the state at the end of this day (default: --to, or today in London)')
    .option('--from <day>', 'first day of the period (default: of the year that ends with --to)')
    .option('--to <day>', 'last day of the period (default: --at)')
    .option('--known <moment>', 'only what the hub had received by this day or moment (RFC 3339)')
    .addOption(new Option('--view <view>', 'for whom').choices(views).default('board'))
    .addOption(new Option('--format <format>').choices(formats).default('table'))
    .option('--out <file>', 'a new file, instead of the terminal')
    .addHelpText('after', help);
  withFolderOptions(family).action(async (name: string, options: ReportOptions) => {
    const report = await made(name, options, terminal);
    const view = options.view === 'team' ? report : suppress(report, suppressionRuleAt(todayOf(terminal)));
    requireTables(view);
    tell(await inFormat(view, options.format), options, terminal);
    end(CLEAN);
  });
  family
    .command('list')
    .description('the reports there are, and what each tells')
    .action(() => {
      const rows = reports.map(({ name, audience, description }) => [name, audience, description]);
      for (const line of table(['name', 'tells of', 'what'], rows)) terminal.out(line);
      end(CLEAN);
    });
  addCheckCommand(family, terminal, end);
}

function todayOf({ now }: Terminal): string {
  return dayOf(now().getTime());
}

/** Name and days are judged before anything is opened. */
async function made(name: string, options: ReportOptions, { env, now }: Terminal): Promise<Report> {
  const maker = reportNamed(name);
  const question = questionOf(options, now().getTime());
  const folder = folderOf(options, env);
  const ground = await withLog(folder, (log) =>
    withKeys(folder, env, (vault) => openGrounds(log, vault).ground(question.knownAt)),
  );
  return maker.make({ ...ground, visibleWithin: null }, question);
}

function requireTables({ tables }: PrintedReport): void {
  if (tables.length === 0)
    throw new Conflict('report-people', 'nothing of this report is for the board: ask for --view team');
}

function tell(text: string, { out }: ReportOptions, terminal: Terminal): void {
  if (out === undefined) text.split('\n').forEach(terminal.out);
  else {
    writeNew(out, `${text}\n`);
    terminal.out(out);
  }
}
