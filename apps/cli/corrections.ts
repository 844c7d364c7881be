import { type Command, Option } from 'commander';
import { Invalid } from '../../libs/contract/failure.js';
import { correctionActions } from '../../libs/domain/correction/correction.js';
import { type Ask, graphqlClient } from './graphql-client.js';
import {
  CLEAN,
  FINDINGS,
  type HubOptions,
  type Terminal,
  tokenOf,
  urlOf,
  withHubOptions,
} from './session.js';
import { table } from './table.js';

interface CorrectionOptions extends HubOptions {
  readonly agency?: string;
  readonly json?: true;
}

interface ListOptions extends CorrectionOptions {
  readonly overdue?: true;
  readonly unanswered?: true;
}

interface AnswerOptions extends CorrectionOptions {
  readonly action: string;
  readonly reason: string;
  readonly agencyOnward?: readonly string[];
  readonly outsideOnward?: readonly string[];
}

/** A correction as the hub tells it. */
interface Correction {
  readonly id: string;
  readonly position: string;
  readonly kind: string;
  readonly offender: string;
  readonly recipient: string;
  readonly answerable: string;
  readonly publishers: readonly string[];
  readonly shown: readonly { readonly type: string; readonly fields: readonly string[] }[];
  readonly opened: string;
  readonly due: string;
  readonly isOverdue: boolean;
  readonly notified: { readonly at: string } | null;
  readonly acknowledged: { readonly at: string; readonly action: string } | null;
}

const PURPOSE = 'governance';
const PAGE = 100;
const FIELDS = `id position kind offender recipient isOutside answerable publishers emergency supersededBy
  shown { position type fields clauses disclosures } passedOn { by correction when } opened due isOverdue overdueSince
  notified { at agency user } acknowledged { at agency user action reason onward { recipient isOutside when } }`;

/**
 * `concordat corrections`: who must hear that what they were shown was wrong, and the answers, through a hub. `list` ends
 * with 1 when something in it is overdue.
 */
export function addCorrectionsCommand(
  program: Command,
  terminal: Terminal,
  end: (code: number) => void,
): void {
  const family = program
    .command('corrections')
    .description('corrections: who must hear that what they were shown was wrong, and what they answered');

  withCorrectionOptions(family.command('list'))
    .description('what your agency must answer, published or passed on; everything for the auditor')
    .option('--overdue', 'only what nobody answered by its deadline')
    .option('--unanswered', 'only what nobody answered yet')
    .action(async (options: ListOptions) => {
      const found = await every(await hubOf(options, terminal), options);
      show(found, options, terminal);
      end(found.some(({ isOverdue }) => isOverdue) ? FINDINGS : CLEAN);
    });
  withCorrectionOptions(family.command('acknowledge <id>'))
    .description('answer a correction: what your agency did, and to whom it had passed on what was wrong')
    .addOption(
      new Option('--action <action>', 'what was done').choices(correctionActions).makeOptionMandatory(),
    )
    .requiredOption('--reason <text>', 'how, 3 to 250 characters, without naming a person')
    .option('--agency-onward <id=day...>', 'agencies of the hub that had it from you, each with the day')
    .option('--outside-onward <name=day...>', 'organisations outside that had it from you, each with the day')
    .action(async (id: string, options: AnswerOptions) => {
      show([await acknowledge(await hubOf(options, terminal), id, options)], options, terminal);
      end(CLEAN);
    });
}

function withCorrectionOptions(command: Command): Command {
  return withHubOptions(command)
    .option('--agency <id>', 'the agency to act for, when no token says so')
    .option('--json', 'print JSON');
}

async function hubOf(options: CorrectionOptions, { env }: Terminal): Promise<Ask> {
  const { agency = '' } = options;
  if (agency === '' && (options.token ?? env['CONCORDAT_TOKEN'] ?? '') === '')
    throw new Invalid('agency', 'say for whom: give --agency, or a token');
  const role = agency === 'auditor' ? 'auditor' : 'coordinator';
  const token = await tokenOf(options, env, agency, role, [PURPOSE]);
  return graphqlClient({ url: urlOf(options, env), token, purpose: PURPOSE });
}

async function every(ask: Ask, { overdue, unanswered }: ListOptions): Promise<readonly Correction[]> {
  const question = `query ($overdue: Boolean, $acknowledged: Boolean, $after: ID) {
    corrections(overdue: $overdue, acknowledged: $acknowledged, first: ${PAGE}, after: $after) { ${FIELDS} } }`;
  const found: Correction[] = [];
  for (;;) {
    const variables = { overdue, acknowledged: unanswered && false, after: found.at(-1)?.position };
    const { corrections } = await ask<{ corrections: readonly Correction[] }>(question, variables);
    found.push(...corrections);
    if (corrections.length < PAGE) return found;
  }
}

async function acknowledge(
  ask: Ask,
  id: string,
  { action, reason, agencyOnward = [], outsideOnward = [] }: AnswerOptions,
): Promise<Correction> {
  const onward = [
    ...agencyOnward.map(onwardOf).map(([agency, when]) => ({ agency, when })),
    ...outsideOnward.map(onwardOf).map(([organisation, when]) => ({ organisation, when })),
  ];
  const question = `mutation ($id: ID!, $action: CorrectionAction!, $reason: String!, $onward: [OnwardRecipientInput!]!) {
    acknowledgeCorrection(id: $id, action: $action, reason: $reason, onward: $onward) { ${FIELDS} } }`;
  const name = action === 'none-held' ? 'noneHeld' : action;
  const variables = { id, action: name, reason, onward };
  return (await ask<{ acknowledgeCorrection: Correction }>(question, variables)).acknowledgeCorrection;
}

function onwardOf(text: string): readonly [recipient: string, when: string] {
  const [, recipient, when] = /^(.+)=(\d{4}-\d{2}-\d{2})$/.exec(text) ?? [];
  if (recipient === undefined || when === undefined)
    throw new Invalid('option', 'onward recipients are given as <recipient>=<YYYY-MM-DD>');
  return [recipient, when];
}

function show(found: readonly Correction[], { json }: CorrectionOptions, { out }: Terminal): void {
  if (json === true) return out(JSON.stringify(found, null, 2));
  const headings = ['id', 'kind', 'person', 'recipient', 'answers', 'facts', 'due', 'state'];
  const rows = found.map((each) => [
    each.id,
    each.kind,
    each.offender,
    each.recipient,
    each.answerable,
    each.shown.length,
    each.due.slice(0, 16),
    stateOf(each),
  ]);
  for (const line of table(headings, rows)) out(line);
}

function stateOf({ acknowledged, isOverdue, notified }: Correction): string {
  if (acknowledged !== null) return acknowledged.action;
  if (isOverdue) return 'overdue';
  return notified === null ? 'not yet told' : 'told, unanswered';
}
