import { type Command, Option } from 'commander';
import {
  type ErasureGround,
  erasureGrounds,
  type HoldGround,
  holdGrounds,
  type RestrictionGround,
  restrictionGrounds,
  reviewOutcomes,
} from '../../libs/domain/erasure/data-protection.js';
import { mopiGroups } from '../../libs/domain/erasure/retention-rules.js';
import { type AgreementOptions, hubOf } from './agreement-options.js';
import { CLEAN, type Terminal, withHubOptions } from './session.js';
import { table } from './table.js';

interface Options extends AgreementOptions {
  readonly reason: string;
  readonly id: string;
  readonly ground: string;
  readonly fact?: readonly string[];
  readonly informed: string;
  readonly outcome: string;
  readonly next?: string;
  readonly group?: string;
}

interface Protection {
  readonly erased: boolean;
  readonly held: boolean;
  readonly restricted: boolean;
  readonly group: string;
  readonly steps: readonly {
    readonly id: string;
    readonly what: string;
    readonly agency: string;
    readonly user: string;
    readonly at: string;
    readonly reason: string | null;
  }[];
}

const MORE = `
Erasing is for a signatory of the hub team, and cannot be undone: the person's key is destroyed. It is refused while a
hold stands, and where a rule asks for a review until somebody else has made one (see "concordat retention due").`;

/** `concordat erasure`: holds, restrictions, reviews and erasure of a person, asked of a running hub. */
export function addErasureCommand(program: Command, terminal: Terminal, end: (code: number) => void): void {
  const family = program
    .command('erasure')
    .description('holds, restrictions, reviews and erasure of a person, by hub id')
    .addHelpText('after', MORE);
  const add = (name: string, description: string, mutation: Mutation): Command =>
    hubCommand(family, name, description).action(async (person: string, options: Options) => {
      const ask = await hubOf(options, terminal);
      const { query, variables } = mutation(options);
      const { done } = await ask<{ done: unknown }>(query, { person, ...variables });
      for (const line of doneLines(done, options.json === true)) terminal.out(line);
      end(CLEAN);
    });
  hubCommand(family, 'show', 'print what was done about the data held of a person').action(
    async (person: string, options: Options) => {
      const ask = await hubOf(options, terminal);
      const { found } = await ask<{ found: Protection }>(SHOW, { person });
      for (const line of options.json === true ? [JSON.stringify(found, null, 2)] : linesOf(found))
        terminal.out(line);
      end(CLEAN);
    },
  );
  reasoned(add('hold', 'forbid erasure until the hold is lifted; prints its id', hold)).addOption(
    groundOption(holdGrounds),
  );
  lifting(reasoned(add('lift-hold', 'lift a hold', liftHold)));
  reasoned(add('restrict', 'show facts to nobody but their publisher; prints the id', restrict))
    .addOption(groundOption(restrictionGrounds))
    .option('--fact <position>', 'only the fact at this log position (repeat for more)', gather);
  lifting(reasoned(add('lift-restriction', 'lift a restriction', liftRestriction))).requiredOption(
    '--informed <date>',
    'the day on which the person was told',
  );
  reasoned(add('review', 'record a review of whether to keep the data', review))
    .addOption(new Option('--outcome <outcome>').choices(reviewOutcomes).makeOptionMandatory())
    .option('--next <date>', 'the day of the next review; not when the outcome is erase')
    .addOption(new Option('--group <group>', 'the MoPI group found').choices(mopiGroups));
  add('erase', 'erase a person for good', erase).addOption(groundOption(erasureGrounds));
}

/** The id of what was made, or what became of the step, a line each. */
function doneLines(done: unknown, json: boolean): readonly string[] {
  if (typeof done === 'string') return [done];
  if (json || typeof done !== 'object' || done === null) return [JSON.stringify(done, null, 2)];
  return Object.entries(done).map(([name, value]) => `${name}: ${value === null ? '-' : String(value)}`);
}

type Mutation = (options: Options) => {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
};

const hold: Mutation = ({ ground, reason }) => ({
  query: `mutation ($person: ID!, $ground: HoldGround!, $reason: String!) {
    done: placeHold(offender: $person, ground: $ground, reason: $reason) }`,
  variables: { ground: enumName(ground), reason },
});

const liftHold: Mutation = ({ id, reason }) => ({
  query: `mutation ($person: ID!, $id: ID!, $reason: String!) {
    done: liftHold(offender: $person, id: $id, reason: $reason) }`,
  variables: { id, reason },
});

const restrict: Mutation = ({ ground, reason, fact }) => ({
  query: `mutation ($person: ID!, $ground: RestrictionGround!, $reason: String!, $facts: [ID!]) {
    done: restrictProcessing(offender: $person, ground: $ground, reason: $reason, facts: $facts) }`,
  variables: { ground: enumName(ground), reason, facts: fact ?? null },
});

const liftRestriction: Mutation = ({ id, reason, informed }) => ({
  query: `mutation ($person: ID!, $id: ID!, $reason: String!, $informed: String!) {
    done: liftProcessingRestriction(offender: $person, id: $id, reason: $reason, subjectInformed: $informed) }`,
  variables: { id, reason, informed },
});

const review: Mutation = ({ outcome, reason, next, group }) => ({
  query: `mutation ($person: ID!, $outcome: RetentionReviewOutcome!, $reason: String!, $next: String, $group: String) {
    done: reviewRetention(offender: $person, outcome: $outcome, reason: $reason, nextReview: $next, group: $group) {
      offender group } }`,
  variables: { outcome, reason, next: next ?? null, group: group ?? null },
});

const erase: Mutation = ({ ground }) => ({
  query: `mutation ($person: ID!, $ground: ErasureGround!) {
    done: eraseOffender(offender: $person, ground: $ground) { id offender at reason requirement facts quarantined } }`,
  variables: { ground: enumName(ground) },
});

const SHOW = `query ($person: ID!) { found: dataProtection(offender: $person) {
  erased held restricted group steps { id what agency user at reason } } }`;

function hubCommand(family: Command, name: string, description: string): Command {
  return withHubOptions(family.command(name).description(description).argument('<person>', 'hub id'))
    .option('--agency <id>', 'the agency to act for, when no token says so')
    .option('--json', 'print JSON');
}

function reasoned(command: Command): Command {
  return command.requiredOption('--reason <text>', 'why, 10 to 1000 characters; kept sealed');
}

function lifting(command: Command): Command {
  return command.requiredOption('--id <id>', 'the id that was printed when it was made');
}

type Grounds = Readonly<Partial<Record<HoldGround | RestrictionGround | ErasureGround, unknown>>>;

function groundOption(grounds: Grounds): Option {
  return new Option('--ground <ground>', 'why, in law').choices(Object.keys(grounds)).makeOptionMandatory();
}

function gather(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

/** `legal-proceedings` is `legalProceedings` in GraphQL. */
function enumName(ground: string): string {
  return ground.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function linesOf({ erased, held, restricted, group, steps }: Protection): readonly string[] {
  const states = [
    ...(erased ? ['erased'] : []),
    ...(held ? ['held'] : []),
    ...(restricted ? ['restricted'] : []),
  ];
  const rows = steps.map(({ at, what, agency, user, id, reason }) => [
    at,
    what,
    agency,
    user,
    id,
    reason ?? '',
  ]);
  return [
    `${states.length === 0 ? 'nothing stands' : states.join(', ')}; MoPI group ${group}`,
    ...(rows.length === 0 ? [] : table(['at', 'what', 'agency', 'user', 'id', 'reason'], rows)),
  ];
}
