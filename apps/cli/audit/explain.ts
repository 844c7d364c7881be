import { type Command } from 'commander';
import { type Explanation } from '../../../libs/domain/audit/explain.js';
import { CLEAN, FINDINGS, type Terminal } from '../session.js';
import { asking, asQuestion, type AuditOptions } from './asking.js';
import { type ExplanationAsked } from './auditor.js';
import { type Layout, printOne } from './output.js';

/** `concordat audit explain`: one field of one answer back to what it rests on. Ends with 1 when it is decided otherwise now. */
export function addExplainCommand(family: Command, terminal: Terminal, end: (code: number) => void): void {
  const command = family
    .command('explain')
    .description(
      'why a field was shown: fact, link, agreement version, clause, signatures, and the decision again',
    )
    .requiredOption('--disclosure <position>', 'position of the disclosure in the log')
    .requiredOption('--fact <position>', 'position of the fact in the log')
    .requiredOption('--field <path>', 'path of the field');
  asQuestion(command).action(({ disclosure, fact, field, ...options }: AuditOptions & ExplanationAsked) =>
    asking(options, terminal, end, async (auditor) => {
      const explanation = await auditor.explanation({ disclosure, fact, field });
      if (options.format === 'ndjson') terminal.out(JSON.stringify(explanation));
      else {
        const answer = { document: explanation, items: linesOf(explanation) };
        printOne(terminal, options.format, answer, { table: layout, csv: layout });
      }
      return explanation.decision.agrees ? CLEAN : FINDINGS;
    }),
  );
}

type Line = readonly [what: string, is: string];

const layout: Layout<Line> = { headings: ['what', 'is'], rows: (line) => [line] };

function linesOf({ disclosure, field, fact, links, agreement, decision }: Explanation): readonly Line[] {
  return [
    ['disclosure', `${disclosure.position}, ${disclosure.at}`],
    ['to', `${disclosure.user} of ${disclosure.agency} for ${disclosure.purpose}`],
    ['justification', disclosure.justification ?? 'none'],
    ['field', `${field.path} (${field.class ?? 'unknown class'}), shown ${field.as}`],
    ['fact', `${fact.position}, ${fact.type} (${fact.title}) about ${fact.offender}`],
    ['published by', fact.publisher],
    ['happened', fact.happened ?? 'unknown'],
    ['received', fact.received],
    ['content hash', fact.contentHash],
    ['superseded', superseded(fact)],
    ...links.map(linkLine),
    ...(agreement === null
      ? [['agreement', 'none needed: their own record'] as const]
      : agreementLines(agreement)),
    ['decided again', decided(decision)],
  ];
}

function superseded({ superseded: by }: Explanation['fact']): string {
  return by === null ? 'no' : `${by.kind} at ${by.position}, ${by.received}`;
}

function linkLine({ position, scheme, received, byThisFact }: Explanation['links'][number]): Line {
  const bringer = byThisFact ? 'this fact' : 'an earlier one';
  return ['link', `${position}, ${scheme}, ${received}, by ${bringer}`];
}

function agreementLines(agreement: NonNullable<Explanation['agreement']>): readonly Line[] {
  const { reference, version, title, hash, clause, text, gateway, lawfulBasis, signatures } = agreement;
  return [
    ['agreement', `${reference} version ${version}: ${title}`],
    ['hash', hash],
    ['clause', clause],
    ['text', text],
    ['gateway', gateway ?? 'none'],
    ...lawfulBasis.map((basis) => ['lawful basis', basis] as const),
    ...signatures.map(({ party, user, key, at, holds }) => {
      const verdict = holds ? 'holds' : 'does not hold';
      return ['signature', `${party}, ${user}, ${at}, key ${key}: ${verdict}`] as const;
    }),
  ];
}

function decided({ outcome, clause, reason, agrees }: Explanation['decision']): string {
  const why = outcome === 'withhold' ? ` (${reason ?? 'unknown'})` : ` under ${clause ?? 'no clause'}`;
  return `${outcome}${why}: ${agrees ? 'as recorded' : 'not as recorded'}`;
}
