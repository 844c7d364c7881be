import { type Command, Option } from 'commander';
import { Invalid } from '../../../libs/contract/failure.js';
import {
  clocks,
  type FieldDifference,
  type KnowledgeDifference,
  type KnownFact,
  type SupersededDifference,
} from '../../../libs/domain/audit/knowledge.js';
import { CLEAN, FINDINGS, type Terminal } from '../session.js';
import { asking, asQuestion, type AuditOptions } from './asking.js';
import { type DifferenceAsked, type KnowledgeAsked } from './auditor.js';
import { given } from './disclosures.js';
import { type Layout, printOne } from './output.js';

const help = `
The clock received: what the hub had received by then; happened: what had happened by then, whenever the hub came to know,
under the agreements of then; disclosed: what answers had shown by then. Names of fields, never their values.`;

/** `concordat audit knew` and `concordat audit difference`: what agencies could see of somebody. A difference ends with 1. */
export function addKnowledgeCommands(family: Command, terminal: Terminal, end: (code: number) => void): void {
  const add = (name: string, description: string): Command =>
    asQuestion(family.command(name).description(description))
      .requiredOption('--agency <id>', 'which agency')
      .requiredOption(
        '--person <id>',
        'hub id; in a data folder also an identifier such as pnc:2001/0171310W',
      )
      .requiredOption('--at <date>', 'at the end of this day, or at a moment (RFC 3339)')
      .addOption(new Option('--clock <clock>').choices(clocks).default('received'))
      .addHelpText('after', help);
  add('knew', 'what an agency could see of a person at a moment').action(
    ({ agency, person, at, clock, ...options }: AuditOptions & KnowledgeAsked) =>
      asking(options, terminal, end, async (auditor) => {
        const document = await auditor.knowledge({ agency, person, at, clock });
        const layouts = { table: knownLayout, csv: knownLayout };
        printOne(terminal, options.format, { document, items: document.facts }, layouts);
        return CLEAN;
      }),
  );
  add('difference', 'what differs between two moments, two agencies or two clocks')
    .option('--and <date>', 'the other moment')
    .option('--and-agency <id>', 'the other agency')
    .addOption(new Option('--and-clock <clock>', 'the other clock').choices(clocks))
    .action(
      async ({ agency, person, at, clock, and, andAgency, andClock, ...options }: DifferenceOptions) => {
        if (and === undefined && andAgency === undefined && andClock === undefined)
          throw new Invalid('option', 'name the other side: --and, --and-agency or --and-clock');
        const asked: DifferenceAsked = { agency, person, at, clock, ...given({ and, andAgency, andClock }) };
        await asking(options, terminal, end, async (auditor) => {
          const document = await auditor.difference(asked);
          const items = [...document.fields, ...document.superseded];
          const layouts = { table: differenceLayout, csv: differenceLayout };
          printOne<Difference>(terminal, options.format, { document, items }, layouts);
          return differs(document) ? FINDINGS : CLEAN;
        });
      },
    );
}

type DifferenceOptions = AuditOptions & DifferenceAsked;

const knownLayout: Layout<KnownFact> = {
  headings: [
    'fact',
    'type',
    'publisher',
    'received',
    'superseded',
    'field',
    'as',
    'purpose',
    'audience',
    'clause',
  ],
  rows: ({ position, type, publisher, received, superseded, fields }) =>
    fields.map(({ path, as, purpose, audience, clause }) => [
      Number(position),
      type,
      publisher,
      received,
      superseded?.kind ?? '',
      path,
      as,
      purpose,
      audience === '' ? 'anybody' : audience,
      clause,
    ]),
};

type Difference = FieldDifference | SupersededDifference;

const differenceLayout: Layout<Difference> = {
  headings: ['fact', 'type', 'field', 'purpose', 'audience', 'change', 'first', 'second'],
  rows: (difference) => ['path' in difference ? fieldRow(difference) : supersededRow(difference)],
};

function fieldRow({ position, type, path, purpose, audience, change, before, after }: FieldDifference) {
  const who = audience === '' ? 'anybody' : audience;
  return [Number(position), type, path, purpose, who, change, shapeIn(before), shapeIn(after)];
}

function supersededRow({ position, before, after }: SupersededDifference) {
  return [Number(position), '', '', '', '', 'superseded', before ?? 'stands', after ?? 'stands'];
}

function shapeIn(shape: FieldDifference['before']): string {
  return shape === null ? '' : `${shape.as} ${shape.clause}`;
}

function differs({ fields, superseded }: KnowledgeDifference): boolean {
  return fields.length > 0 || superseded.length > 0;
}
