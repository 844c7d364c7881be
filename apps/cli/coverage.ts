import { type Command, Option } from 'commander';
import { coverage, type CoverageRow } from '../../libs/domain/agreement/coverage.js';
import { readAgreements } from './agreement-files.js';
import { CLEAN, FINDINGS, type Terminal } from './session.js';
import { table } from './table.js';

interface CoverageOptions {
  readonly format: 'table' | 'csv' | 'json';
  readonly all?: true;
}

/**
 * `concordat agreements coverage`: how much of each class of fields agreements let each agency see of each other one's
 * facts. CSV and JSON tell every cell, the table those where something is seen. Exit code 1 when a document is not
 * valid.
 */
export function addCoverageCommand(family: Command, terminal: Terminal, end: (code: number) => void): void {
  family
    .command('coverage')
    .description('who may see how much of whom under agreements, without a hub')
    .argument('<files...>', 'YAML or JSON files, or folders of them')
    .addOption(
      new Option('--format <format>', 'how to print').choices(['table', 'csv', 'json']).default('table'),
    )
    .option('--all', 'in the table too, also where nothing is seen')
    .action((paths: readonly string[], options: CoverageOptions) => end(run(paths, options, terminal)));
}

function run(paths: readonly string[], options: CoverageOptions, terminal: Terminal): number {
  const { agreements, faulty } = readAgreements(paths, terminal);
  if (faulty) return FINDINGS;
  const rows = coverage(agreements.map(({ document }) => document));
  for (const line of printed(rows, options)) terminal.out(line);
  return CLEAN;
}

const headings = ['publisher', 'recipient', 'class', 'extent', 'purposes', 'gateways', 'clauses'] as const;

function printed(rows: readonly CoverageRow[], { format, all }: CoverageOptions): readonly string[] {
  switch (format) {
    case 'json':
      return [JSON.stringify(rows, null, 2)];
    case 'csv':
      return [headings, ...rows.map(cellsOf)].map((cells) => cells.map(quoted).join(','));
    case 'table':
      return tableOf(rows, all === true);
  }
}

function tableOf(rows: readonly CoverageRow[], all: boolean): readonly string[] {
  const shown = all ? rows : rows.filter(({ extent }) => extent !== 'none');
  const hidden = rows.length - shown.length;
  return [
    ...table(headings, shown.map(cellsOf)),
    ...(hidden > 0 ? [`and ${String(hidden)} where nothing is seen: --all shows them`] : []),
  ];
}

function cellsOf(row: CoverageRow): readonly string[] {
  const { publisher, recipient, extent, purposes, gateways, clauses } = row;
  return [
    publisher,
    recipient,
    row.class,
    extent,
    ...[purposes, gateways, clauses].map((list) => list.join('; ')),
  ];
}

/** A cell of CSV (RFC 4180). */
function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
