import { type Command } from 'commander';
import { type CorrectedReceipt } from '../../../libs/domain/audit/corrected.js';
import { CLEAN, FINDINGS, type Terminal } from '../session.js';
import { asking, asQuestion, type AuditOptions } from './asking.js';
import { type CorrectedAsked } from './auditor.js';
import { given } from './disclosures.js';
import { type Layout, printAll } from './output.js';

/** `concordat audit corrected`: who was shown what was later put right. Ends with 1 when anybody was. */
export function addCorrectedCommand(family: Command, terminal: Terminal, end: (code: number) => void): void {
  const command = family
    .command('corrected')
    .description('who was shown a fact that was later corrected or retracted')
    .option('--position <position>', 'position of the fact in the log')
    .option('--person <id>', 'every such fact of a person: hub id, or an identifier');
  asQuestion(command).action(({ position, person, ...options }: AuditOptions & CorrectedAsked) =>
    asking(
      options,
      terminal,
      end,
      async (auditor) => {
        const receipts = auditor.corrected(given<CorrectedAsked>({ position, person }));
        const count = await printAll(terminal, options.format, receipts, { table: layout, csv: layout });
        return count === 0 ? CLEAN : FINDINGS;
      },
      true,
    ),
  );
}

const layout: Layout<CorrectedReceipt> = {
  headings: [
    'fact',
    'type',
    'what',
    'at',
    'disclosure',
    'shown',
    'agency',
    'user',
    'purpose',
    'clause',
    'as',
    'fields',
    'when',
  ],
  rows: ({
    fact,
    type,
    superseded,
    disclosure,
    at,
    agency,
    user,
    purpose,
    clause,
    as,
    fields,
    afterwards,
  }) => [
    [
      Number(fact),
      type,
      superseded.kind,
      superseded.received,
      Number(disclosure),
      at,
      agency,
      user ?? '',
      purpose ?? '',
      clause ?? '',
      as ?? '',
      fields.join(' '),
      afterwards ? 'afterwards' : 'before',
    ],
  ],
};
