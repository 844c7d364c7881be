import { type Command } from 'commander';
import { type Terminal } from '../session.js';
import { addCorrectedCommand } from './corrected.js';
import { addOperationsCommands } from './disclosures.js';
import { addExplainCommand } from './explain.js';
import { addExportCommand } from './export.js';
import { addKnowledgeCommands } from './knowledge.js';
import { addPatternsCommand } from './patterns.js';
import { addRebuildAnswerCommand } from './rebuild-answer.js';
import { addReplayCommand } from './replay.js';
import { addReportCommand } from './report.js';
import { addVerifyBundleCommand } from './verify-bundle.js';

/**
 * `concordat audit`: what an auditor asks of the log, in a data folder (beside a running hub too) or, with `--url`,
 * through a hub, with the same answers. Exit codes: 0 clean, 1 findings, 2 usage, 3 not authorised, 4 the log was
 * altered, 5 unavailable.
 */
export function addAuditCommand(program: Command, terminal: Terminal, end: (code: number) => void): void {
  const family = program.command('audit').description('what was shared, with whom, why, and under what');
  addOperationsCommands(family, terminal, end);
  addExplainCommand(family, terminal, end);
  addKnowledgeCommands(family, terminal, end);
  addCorrectedCommand(family, terminal, end);
  addPatternsCommand(family, terminal, end);
  addReplayCommand(family, terminal, end);
  addRebuildAnswerCommand(family, terminal, end);
  addExportCommand(family, terminal, end);
  addVerifyBundleCommand(family, terminal, end);
  addReportCommand(family, terminal, end);
}
