import { type Command } from 'commander';
import { checkPrinted, type Finding } from '../../../libs/domain/performance/published/check.js';
import { type Format, type Layout, printOne, withFormat } from '../audit/output.js';
import { CLEAN, FINDINGS, type Terminal } from '../session.js';
import { printedDocumentIn } from './printed-file.js';

const help = `
The file holds the tables exactly as printed, and what their cells claim to be: deploy/published has an example. Nothing is put
right: each cell that does not follow from the others is told with what they give. Exit codes: 0 consistent, 1 findings, 2 wrong usage.`;

/** `concordat report check <file>`: whether the figures of a published report follow from one another. */
export function addCheckCommand(family: Command, terminal: Terminal, end: (code: number) => void): void {
  const command = family
    .command('check')
    .description('check the figures of a published report against one another')
    .argument('<file>', 'YAML or JSON: the tables as printed')
    .addHelpText('after', help);
  withFormat(command).action((file: string, { format }: { readonly format: Format }) => {
    const { findings, claims } = checkPrinted(printedDocumentIn(file));
    printOne(terminal, format, { document: { findings, claims }, items: findings }, layouts);
    terminal.err(`${findings.length} of the printed figures do not follow from the others`);
    end(findings.length === 0 ? CLEAN : FINDINGS);
  });
}

const layout: Layout<Finding> = {
  headings: ['what', 'table', 'cell', 'printed', 'from printed', 'from cells'],
  rows: ({ kind, table, cell, printed, recomputedFromPrinted, recomputedFromCells }) => [
    [kind, table, cell, printed, recomputedFromPrinted ?? '', recomputedFromCells ?? ''],
  ],
};

const layouts = { table: layout, csv: layout };
