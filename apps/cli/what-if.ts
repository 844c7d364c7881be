import { type Command, Option } from 'commander';
import { type WhatIf, whatIf } from '../../libs/adapters/replay/what-if.js';
import { Invalid } from '../../libs/contract/failure.js';
import { parseMoment } from '../../libs/contract/moment.js';
import { type AgreementDocument } from '../../libs/domain/agreement/document.js';
import { lint } from '../../libs/domain/agreement/lint.js';
import { agreementIn } from './agreement-source.js';
import { folderOf, type FolderOptions, withFolderOptions, withLog } from './data-folder.js';
import { watched } from './progress.js';
import { CLEAN, FINDINGS, type Terminal } from './session.js';
import { csvOf, jsonOf, tablesOf } from './what-if-text.js';

interface WhatIfOptions extends Pick<FolderOptions, 'data'> {
  readonly since?: string;
  readonly asOf?: string;
  readonly format: keyof typeof formats;
  readonly json?: true;
}

const formats = { table: tablesOf, json: jsonOf, csv: csvOf } as const;

const help = `
The draft stands in for the version of the same agreement that is in force, as long as that one has been; an agreement
that there is none of yet, as if it had always been in force. Counts are of facts, and of the different people whom
these are about: they name nobody, but a small count can point at somebody, so they are for the operator of the data
folder. Needs no keys, and may be used beside a running hub.`;

/**
 * `concordat agreements what-if`: what each agency would be shown otherwise if a draft were in force, by deciding the whole
 * log again. Exit codes: 0 nothing, 1 something.
 */
export function addWhatIfCommand(family: Command, terminal: Terminal, end: (code: number) => void): void {
  const command = family
    .command('what-if <draft>')
    .description('replay the log under a draft: who would gain or lose sight of what, and of how many people')
    .option('--since <date>', 'as if the draft had been in force from this day on')
    .option(
      '--as-of <date>',
      'ask at the end of this day, or at a moment (RFC 3339), not at the end of the log',
    )
    .addOption(new Option('--format <format>').choices(Object.keys(formats)).default('table'))
    .option('--json', 'the same as --format json')
    .addHelpText('after', help);
  withFolderOptions(command).action(async (draft: string, options: WhatIfOptions) => {
    const result = await answer(draft, options, terminal);
    for (const line of formats[options.json === true ? 'json' : options.format](result)) terminal.out(line);
    end(result.sights.length === 0 ? CLEAN : FINDINGS);
  });
}

function answer(file: string, options: WhatIfOptions, terminal: Terminal): Promise<WhatIf> {
  const draft = agreementIn(file, terminal);
  warnOf(draft, file, terminal);
  const since = momentGiven('--since', options.since)?.from ?? null;
  const asOf = lastOf(momentGiven('--as-of', options.asOf));
  return withLog(folderOf(options, terminal.env), (log) =>
    watched(terminal, 'positions', (show) => whatIf(log, { draft, since, asOf }, show)),
  );
}

/** What would keep the draft from being proposed does not keep anybody from asking. */
function warnOf(draft: AgreementDocument, file: string, { err }: Terminal): void {
  for (const { severity, pointer, detail } of lint(draft)) {
    if (severity === 'error') err(`warning: ${file}: ${pointer} ${detail}`);
  }
}

function momentGiven(option: string, text: string | undefined) {
  if (text === undefined) return undefined;
  const moment = parseMoment(text);
  if (moment === undefined || !(moment.precision === 'day' || moment.precision === 'instant'))
    throw new Invalid('option', `${option} must be a date (2026-04-01) or a moment (RFC 3339)`);
  return moment;
}

/** The last millisecond of a day, or the moment itself. */
function lastOf(moment: ReturnType<typeof momentGiven>): number | null {
  if (moment === undefined) return null;
  return moment.precision === 'day' ? moment.to - 1 : moment.from;
}
