import { type Command } from 'commander';
import { type Finding } from '../../libs/domain/agreement/finding.js';
import { lint, unseen } from '../../libs/domain/agreement/lint.js';
import { dayOf } from '../../libs/domain/agreement/time.js';
import { linesIn } from './agreement-file.js';
import { type AgreementFile, readAgreements } from './agreement-files.js';
import { CLEAN, FINDINGS, type Terminal } from './session.js';

interface LintOptions {
  readonly strict?: true;
  readonly json?: true;
}

/** A finding with the document (`<reference>/<version>`), and the place in its file; of all agreements together it has none. */
interface PlacedFinding extends Finding {
  readonly document: string | null;
  readonly file: string | null;
  readonly line: number;
}

/**
 * `concordat agreements lint`: what is unlawful in agreements, and what in them does nothing. Several are also looked
 * at together, for fields that nobody may see. Exit codes: 1 when a document is not valid, or an error was found, or
 * with `--strict` a warning.
 */
export function addLintCommand(family: Command, terminal: Terminal, end: (code: number) => void): void {
  family
    .command('lint')
    .description('find what is unlawful or without effect in agreements, without a hub')
    .argument('<files...>', 'YAML or JSON files, or folders of them')
    .option('--strict', 'end with 1 for warnings too')
    .option('--json', 'print JSON')
    .action((paths: readonly string[], options: LintOptions) => end(run(paths, options, terminal)));
}

function run(paths: readonly string[], { strict, json }: LintOptions, terminal: Terminal): number {
  const { agreements, faulty } = readAgreements(paths, terminal);
  const today = dayOf(terminal.now().getTime());
  const findings = [...agreements.flatMap((each) => findingsOf(each, today)), ...together(agreements)];
  if (json === true) terminal.out(JSON.stringify(findings, null, 2));
  else
    for (const line of [...findings.flatMap(linesOf), summary(findings, agreements.length, faulty)])
      terminal.out(line);
  const failing = findings.filter(({ severity }) => strict === true || severity === 'error');
  return faulty || failing.length > 0 ? FINDINGS : CLEAN;
}

function findingsOf({ file, text, document }: AgreementFile, today: string): readonly PlacedFinding[] {
  const lineOf = linesIn(text);
  const name = `${document.reference}/${String(document.version)}`;
  return lint(document, { today }).map((finding) => ({
    file,
    line: lineOf(finding.pointer),
    document: name,
    ...finding,
  }));
}

/** One agreement alone leaves most fields to others. */
function together(agreements: readonly AgreementFile[]): readonly PlacedFinding[] {
  if (agreements.length < 2) return [];
  const findings = unseen(agreements.map(({ document }) => document));
  return findings.map((finding) => ({ file: null, line: 0, document: null, ...finding }));
}

/** As compilers write, so that editors find the place; below it what would carry a flow that is refused. */
function linesOf(finding: PlacedFinding): readonly string[] {
  const { file, line, severity, code, pointer, detail, requirement, alternatives } = finding;
  const place = file === null ? 'together' : `${file}:${String(line)}`;
  const rule = requirement === null ? code : `${code} (${requirement})`;
  return [
    [`${place}:`, severity, `${rule}:`, ...(pointer === '' ? [] : [pointer]), detail].join(' '),
    ...alternatives.map((each) => `    would be carried by ${each}`),
  ];
}

function summary(findings: readonly PlacedFinding[], agreements: number, faulty: boolean): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const counts = [counted(errors, 'error'), counted(findings.length - errors, 'warning')].join(', ');
  const unread = faulty ? '; what is said above could not be read' : '';
  return `${counts} in ${counted(agreements, 'agreement')}${unread}`;
}

function counted(count: number, what: string): string {
  return `${String(count)} ${what}${count === 1 ? '' : 's'}`;
}
