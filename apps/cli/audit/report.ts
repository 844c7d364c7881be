import { type Command } from 'commander';
import { activityReport } from '../../../libs/adapters/charts/activity-report.js';
import { Invalid } from '../../../libs/contract/failure.js';
import { beginningOf, endOf } from '../../../libs/domain/audit/questions.js';
import { folderOf, type FolderOptions, withFolderOptions, withLog } from '../data-folder.js';
import { writeNew } from '../new-file.js';
import { watched } from '../progress.js';
import { CLEAN, type Terminal } from '../session.js';

interface ReportOptions extends Pick<FolderOptions, 'data'> {
  readonly from: string;
  readonly to: string;
  readonly out: string;
}

/** `concordat audit report`: charts and tables of what the whole hub shared in a period; counts, and nobody in them. */
export function addReportCommand(family: Command, terminal: Terminal, end: (code: number) => void): void {
  const command = family
    .command('report')
    .description('charts and tables of a period: who was shown how much, refusals, freshness, corrections')
    .requiredOption('--from <date>', 'from the beginning of this day, or from a moment (RFC 3339)')
    .requiredOption('--to <date>', 'to the end of this day, or to a moment')
    .requiredOption('--out <file>', 'the new HTML file');
  withFolderOptions(command).action(async (options: ReportOptions) => {
    const period = { from: beginningOf('--from', options.from), to: endOf('--to', options.to) };
    if (period.to <= period.from) throw new Invalid('period', 'the period must end after it begins');
    const page = await withLog(folderOf(options, terminal.env), async (log) => {
      const upTo = await log.head();
      return watched(terminal, 'positions', (show) =>
        activityReport(log, period, { upTo, progress: (done) => show(done, upTo) }),
      );
    });
    writeNew(options.out, page);
    terminal.out(options.out);
    end(CLEAN);
  });
}
