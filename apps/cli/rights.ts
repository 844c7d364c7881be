import { randomUUID } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { personBy } from '../../libs/adapters/audit/person.js';
import { openEmbeddedLog } from '../../libs/adapters/event-log/embedded-event-log.js';
import { soughtPseudonym } from '../../libs/adapters/key-vault/identifier-pseudonym.js';
import { accessPage } from '../../libs/adapters/rights/access-page.js';
import { recordPack, recordRights, rightsOf } from '../../libs/adapters/rights/rights-record.js';
import { type RecordParts, subjectRecord } from '../../libs/adapters/rights/subject-record.js';
import { type Agency, agencyOf } from '../../libs/contract/agency.js';
import { Conflict, Invalid, isFailure, Unavailable } from '../../libs/contract/failure.js';
import { FULL_REASON, statedReason } from '../../libs/contract/stated-reason.js';
import { accessPack, type AccessPack } from '../../libs/domain/rights/access-pack.js';
import { type RightsCommand } from '../../libs/domain/rights/decide.js';
import {
  type AccessGround,
  accessGrounds,
  type Copy,
  openRequest,
  type RequestOutcome,
  requestOutcomes,
} from '../../libs/domain/rights/rights.js';
import { identifierIn } from './audit/auditor.js';
import { folderOf, type FolderOptions, logFile, withFolderOptions, withKeys } from './data-folder.js';
import { CLEAN, type Terminal } from './session.js';

interface RightsOptions extends FolderOptions {
  readonly controller: string;
  readonly user?: string;
}

interface AccessOptions extends RightsOptions {
  readonly copy: Copy;
  readonly format: 'html' | 'json';
  readonly out?: string;
}

interface RestrictOptions extends RightsOptions {
  readonly request: string;
  readonly ground: AccessGround;
  readonly reason: string;
  readonly type?: readonly string[];
  readonly fact?: readonly number[];
  readonly field?: readonly string[];
  readonly recipient?: readonly string[];
}

type Steps = RightsOptions & { readonly reason?: string };

/**
 * `concordat rights`: a person's request for access, what is left out of the answer, and the answer itself (R16, R17,
 * R22). For the operator, on the data folder of a hub that is stopped, because every step is written to the log.
 */
export function addRightsCommand(program: Command, terminal: Terminal, end: (code: number) => void): void {
  const rights = program.command('rights').description("a person's request for access, and the answer");
  const command = (name: string, description: string): Command =>
    withFolderOptions(rights.command(`${name} <person>`).description(description))
      .requiredOption('--controller <agency>', 'who is asked')
      .option('--user <name>', 'who does it (default USER)');

  /** Records a command about a person; prints the id to go on with. */
  async function record(person: string, options: Steps, act: (step: Step) => RightsCommand): Promise<void> {
    const reason = options.reason === undefined ? null : statedReason(options.reason, FULL_REASON);
    const taken = await withRights(options, terminal, async (parts) => {
      const offender = await hubId(parts, person, terminal);
      return recordRights(parts, offender, act(stepOf(options, terminal)), reason, randomUUID());
    });
    terminal.out(taken.id);
    if ('due' in taken) terminal.err(`the answer is due by ${taken.due}`);
    end(CLEAN);
  }

  command('receive', 'a request came; prints its id')
    .requiredOption('--received <date>', 'the day on which it came')
    .action((person: string, options: RightsOptions & { readonly received: string }) =>
      record(person, options, (step) => ({ type: 'receive', ...step, receivedOn: options.received })),
    );
  command('extend', 'take three months in all instead of one')
    .requiredOption('--request <id>')
    .requiredOption('--reason <text>')
    .action((person: string, options: Steps & { readonly request: string }) =>
      record(person, options, (step) => ({ type: 'extend', ...step, id: options.request })),
    );
  command('restrict', "leave something out of the person's copy; prints the restriction's id")
    .requiredOption('--request <id>')
    .addOption(
      new Option('--ground <letter>', 'of DPA 2018 s.45(4)')
        .choices(Object.keys(accessGrounds))
        .makeOptionMandatory(),
    )
    .requiredOption('--reason <text>', "for the commissioner's copy")
    .option('--type <type>', 'facts of this type (repeat for more)', gathered)
    .option('--fact <position>', 'the fact at this log position (repeat for more)', gatheredPositions)
    .option('--field <path>', 'only this field, or class:<CLASS> (repeat for more)', gathered)
    .option('--recipient <agency>', 'only that this agency received it (repeat for more)', gathered)
    .action((person: string, options: RestrictOptions) => {
      const { request, ground, type: types, fact: facts, field: fields, recipient: recipients } = options;
      const scope = {
        ...(types && { types }),
        ...(facts && { facts }),
        ...(fields && { fields }),
        ...(recipients && { recipients }),
      };
      return record(person, options, (step) => ({ type: 'restrict', ...step, request, ground, scope }));
    });
  command('lift', 'a restriction is no longer needed')
    .requiredOption('--restriction <id>')
    .action((person: string, options: RightsOptions & { readonly restriction: string }) =>
      record(person, options, (step) => ({ type: 'lift', ...step, id: options.restriction })),
    );
  command('decide', 'the request is answered or refused')
    .requiredOption('--request <id>')
    .addOption(new Option('--outcome <outcome>').choices(requestOutcomes).makeOptionMandatory())
    .action(
      (
        person: string,
        options: RightsOptions & { readonly request: string; readonly outcome: RequestOutcome },
      ) =>
        record(person, options, (step) => ({
          type: 'decide',
          ...step,
          id: options.request,
          outcome: options.outcome,
        })),
    );
  command('access', 'make the copy for the person, or for the commissioner')
    .addOption(new Option('--copy <copy>').choices(['subject', 'commissioner']).makeOptionMandatory())
    .addOption(new Option('--format <format>').choices(['html', 'json']).default('html'))
    .option('--out <file>', 'a new file, readable by its owner alone (default: stdout)')
    .action(async (person: string, options: AccessOptions) => {
      if (options.out !== undefined && existsSync(options.out))
        throw new Conflict('out', '--out names a file that is there already');
      const pack = await withRights(options, terminal, (parts) => made(parts, person, options, terminal));
      const text = options.format === 'json' ? JSON.stringify(pack, null, 2) : accessPage(pack).trimEnd();
      if (options.out === undefined) terminal.out(text);
      else writeFileSync(options.out, `${text}\n`, { flag: 'wx', mode: 0o600 });
      end(CLEAN);
    });
}

type Step = Pick<RightsCommand, 'id' | 'by' | 'at'>;

function stepOf({ controller, user }: RightsOptions, { env, now }: Terminal): Step {
  const by = { agency: controllerOf(controller).id, user: user ?? env['USER'] ?? 'operator' };
  return { id: randomUUID(), by, at: now().getTime() };
}

/** That a pack was made is in the log before anybody has it (R24). */
async function made(
  parts: RecordParts,
  person: string,
  options: AccessOptions,
  terminal: Terminal,
): Promise<AccessPack> {
  const { copy } = options;
  const controller = controllerOf(options.controller);
  const offender = await hubId(parts, person, terminal);
  const step = stepOf(options, terminal);
  const record = await subjectRecord(parts, { offender, controller, at: step.at });
  const pack = accessPack(record, copy);
  const rights = await rightsOf(parts, offender);
  const counts = {
    records: pack.held.reduce((sum, { records }) => sum + records.length, 0),
    recipients: pack.recipients.length,
    leftOut: accessPack(record, 'commissioner').leftOut?.length ?? 0,
  };
  const request = openRequest(rights, controller.id)?.id ?? null;
  const event = { type: 'rights.pack.made' as const, ...step, offender, request, controller: controller.id };
  await recordPack(parts, { ...event, copy, counts }, rights.revision, randomUUID());
  return pack;
}

/** Throws `Invalid` `controller`. */
function controllerOf(id: string): Agency {
  const agency = agencyOf(id);
  if (agency === undefined || agency.kind === 'auditor')
    throw new Invalid('controller', '--controller is not an agency that holds data');
  return agency;
}

/** A hub id as it stands, or whom `<scheme>:<value>` names. */
async function hubId({ log, vault }: RecordParts, person: string, { now }: Terminal): Promise<string> {
  const identifier = identifierIn(person);
  if (identifier === undefined) return person;
  return personBy(
    log,
    soughtPseudonym(vault, () => now().getUTCFullYear()),
    identifier,
  );
}

/** Opens the keys, and the log as its one writer. Throws `Unavailable` `hub-running`, `log-unreadable`. */
async function withRights<T>(
  options: FolderOptions,
  { env }: Terminal,
  work: (parts: RecordParts) => Promise<T>,
): Promise<T> {
  const folder = folderOf(options, env);
  if (!existsSync(logFile(folder)))
    throw new Unavailable('log-unreadable', 'the data folder holds no event log');
  return withKeys(folder, env, async (vault) => {
    const log = await openEmbeddedLog(logFile(folder)).catch((error: unknown) => {
      if (!isFailure(error) || error.code !== 'log-in-use') throw error;
      throw new Unavailable('hub-running', 'stop the hub first: each step is written to the event log');
    });
    try {
      return await work({ log, vault });
    } finally {
      await log.close();
    }
  });
}

function gathered(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function gatheredPositions(value: string, before: readonly number[] = []): readonly number[] {
  if (!/^[1-9]\d{0,14}$/.test(value)) throw new InvalidArgumentError('must be a position in the log');
  return [...before, Number(value)];
}
