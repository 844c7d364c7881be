import { type Command } from 'commander';
import { type PatternFinding } from '../../../libs/domain/audit/pattern-findings.js';
import { MOST_DAYS } from '../../../libs/domain/audit/questions.js';
import { CLEAN, FINDINGS, type Terminal } from '../session.js';
import { asking, asQuestion, type AuditOptions } from './asking.js';
import { type PatternsAsked } from './auditor.js';
import { given } from './disclosures.js';
import { type Layout, printOne } from './output.js';

const help = `
Each finding names its rule, every figure of the rule with its threshold, and the positions of the answers: a reason to
ask somebody, not a verdict. A period has at most ${MOST_DAYS} days; what was before it is history to compare with.`;

/** `concordat audit patterns`: what in a period is worth a look. Ends with 1 when anything is. */
export function addPatternsCommand(family: Command, terminal: Terminal, end: (code: number) => void): void {
  const command = family
    .command('patterns')
    .description('patterns of asking that are worth a look, each with its rule and figures')
    .requiredOption('--from <date>', 'from the beginning of this day, or from a moment (RFC 3339)')
    .requiredOption('--to <date>', 'to the end of this day, or to a moment')
    .option('--agency <id>', 'only people of this agency')
    .option(
      '--rules <file>',
      'JSON file of rules that stand in the place of the usual ones (data folder only)',
    )
    .addHelpText('after', help);
  asQuestion(command).action(({ from, to, agency, ...options }: AuditOptions & PatternsAsked) =>
    asking(options, terminal, end, async (auditor) => {
      const items = await auditor.patterns({ from, to, ...given({ agency }) });
      printOne(terminal, options.format, { document: items, items }, { table: layout, csv: layout });
      return items.length === 0 ? CLEAN : FINDINGS;
    }),
  );
}

const layout: Layout<PatternFinding> = {
  headings: ['rule', 'agency', 'user', 'day', 'figures', 'positions'],
  rows: ({ rule, agency, user, day, figures, positions }) => [
    [
      rule,
      agency,
      user,
      day ?? '',
      figures.map(({ name, value }) => `${name} ${value}`).join(', '),
      positions.join(' '),
    ],
  ],
};
