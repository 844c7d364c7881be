import { type Command } from 'commander';
import { type Operation, type OperationKind } from '../../../libs/domain/audit/operations.js';
import { ALL_KINDS, MOST_DAYS, SHOWING_KINDS } from '../../../libs/domain/audit/questions.js';
import { CLEAN, type Terminal } from '../session.js';
import { asking, asQuestion, type AuditOptions } from './asking.js';
import { type OperationsAsked } from './auditor.js';
import { type Cell, type Layouts, printAll } from './output.js';

const help = `
Names a person, a user or a clause, or an agency with a period of at most ${MOST_DAYS} days; anything wider is refused.
Oldest first. The table counts facts; the other formats hold every fact with its fields, clause and agreement version.`;

/** `concordat audit disclosures` and `concordat audit operations`: what the log has of who did what with whose data. */
export function addOperationsCommands(
  family: Command,
  terminal: Terminal,
  end: (code: number) => void,
): void {
  const add = (name: string, description: string, kinds: readonly OperationKind[]): void => {
    const command = family
      .command(name)
      .description(description)
      .option('--person <id>', 'hub id, or an identifier such as pnc:2001/0171310W')
      .option('--agency <id>', 'whose people acted')
      .option('--user <name>', 'who acted')
      .option('--clause <clause>', '<reference>/<version>#<clause>')
      .option('--from <date>', 'from the beginning of this day, or from a moment (RFC 3339)')
      .option('--to <date>', 'to the end of this day, or to a moment')
      .addHelpText('after', help);
    asQuestion(command).action(({ person, agency, user, clause, from, to, ...options }: Options) => {
      const asked = given({ person, agency, user, clause, from, to });
      return asking(
        options,
        terminal,
        end,
        async (auditor) => {
          await printAll(terminal, options.format, auditor.operations(asked, kinds), layouts);
          return CLEAN;
        },
        true,
      );
    });
  };
  add('disclosures', 'who was shown what, or asked in vain', SHOWING_KINDS);
  add('operations', 'all six operations of DPA 2018 s.62', ALL_KINDS);
}

type Options = AuditOptions & OperationsAsked;

/** What was given alone: an option left out is not there. */
export function given<Asked extends object>(asked: {
  [Name in keyof Asked]: Asked[Name] | undefined;
}): Asked {
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)) as Asked;
}

const columns = ['position', 'at', 'operation', 'agency', 'user', 'purpose'] as const;

function commonCells({ position, at, kind, agency, user, purpose }: Operation): readonly Cell[] {
  return [Number(position), at, kind, agency, user ?? '', purpose ?? ''];
}

const layouts: Layouts<Operation> = {
  table: {
    headings: [...columns, 'people', 'facts', 'clauses'],
    rows: (operation) => {
      const positions = new Set(operation.facts.flatMap(({ position }) => position ?? []));
      const clauses = new Set(operation.facts.flatMap(({ clause }) => clause ?? []));
      return [
        [
          ...commonCells(operation),
          operation.offenders.length,
          positions.size,
          [...clauses].sort().join(' '),
        ],
      ];
    },
  },
  csv: {
    headings: [
      ...columns,
      ...[
        'justification',
        'law',
        'recipient',
        'asked',
        'offender',
        'fact',
        'as',
        'clause',
        'agreement',
        'fields',
      ],
    ],
    rows: (operation) => {
      const { justification, law, recipient, asked, offenders, facts } = operation;
      const cells = [
        ...commonCells(operation),
        justification ?? '',
        law ?? '',
        recipient ?? '',
        asked.join(' '),
      ];
      if (facts.length === 0) return [[...cells, offenders.join(' '), '', '', '', '', '']];
      return facts.map(({ position, offender, as, clause, agreement, fields }) => [
        ...cells,
        offender,
        position ?? '',
        as ?? '',
        clause ?? '',
        agreement ?? '',
        fields.join(' '),
      ]);
    },
  },
};
