import { documentHash } from '../../libs/adapters/agreement-document/agreement-document.js';
import { type Command } from 'commander';
import { Conflict, Invalid } from '../../libs/contract/failure.js';
import { type AgreementDocument } from '../../libs/domain/agreement/document.js';
import { type AgreementFault, checkAgreement } from './agreement-file.js';
import { describeAgreement, type HubAgreement, listOf, statusOf } from './agreement-text.js';
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

interface Options extends HubOptions {
  readonly agency?: string;
  readonly version?: string;
  readonly json?: true;
}

/** Why the steps of an agreement's life are asked for; it stands beside them in the hub's record. */
const PURPOSE = 'governance';

/**
 * `concordat agreements`: the agreements that bind an agency, and the steps of their life, which its signatory takes.
 * `check` needs no hub. Exit codes: 1 when a document is not valid or the hub says that a step does not fit.
 */
export function addAgreementsCommand(
  program: Command,
  terminal: Terminal,
  end: (code: number) => void,
): void {
  const family = program.command('agreements').description('agreements: see, check, propose, sign, change');
  const add = (name: string, description: string): Command =>
    withHubOptions(family.command(name).description(description))
      .option('--agency <id>', 'the agency to act for, when no token says so')
      .option('--json', 'print JSON');
  const addFor = (name: string, description: string): Command =>
    add(`${name} <reference>`, description).option(
      '--version <number>',
      'which version (default: the newest)',
    );

  family
    .command('check')
    .description('check agreement documents (YAML or JSON), without a hub')
    .argument('<files...>', 'files')
    .option('--json', 'print JSON')
    .action((files: readonly string[], options: Options) => end(check(files, options, terminal)));

  add('list', 'the agreements that bind an agency').action(async (options: Options) => {
    show(await binding(await hubOf(options, terminal)), options, terminal, listOf);
    end(CLEAN);
  });
  addFor('show', 'one agreement: parties, signatures, clauses').action(
    async (reference: string, options: Options) => {
      const chosen = await choose(await hubOf(options, terminal), reference, options);
      show(chosen, options, terminal, describeAgreement);
      end(CLEAN);
    },
  );
  add('propose <file>', 'propose an agreement, or its next version').action(
    async (file: string, options: Options) => end(await propose(file, options, terminal)),
  );
  addFor('sign', 'sign a version for an agency')
    .option('--hash <sha256>', 'sign only the document with this hash, as `check` prints it')
    .action(async (reference: string, options: Options & { readonly hash?: string }) => {
      show([await sign(reference, options, terminal)], options, terminal, listOf);
      end(CLEAN);
    });
  for (const [name, description] of Object.entries(changes)) {
    addFor(name, description)
      .requiredOption('--reason <text>', 'why, 3 to 250 characters')
      .action(async (reference: string, options: Options & { readonly reason: string }) => {
        show([await change(name, reference, options, terminal)], options, terminal, listOf);
        end(CLEAN);
      });
  }
}

const changes = {
  suspend: 'suspend a version: the next query shows nothing under it',
  resume: 'put a suspended version back in force',
  terminate: 'end a version for good',
} as const;

async function hubOf(options: Options, { env }: Terminal): Promise<Ask> {
  const given = options.token ?? env['CONCORDAT_TOKEN'] ?? '';
  if (options.agency === undefined && given === '') {
    throw new Invalid('agency', 'say for whom: give --agency, or a token');
  }
  const token = await tokenOf(options, env, options.agency ?? '', 'signatory', [PURPOSE]);
  return graphqlClient({ url: urlOf(options, env), token, purpose: PURPOSE });
}

const FIELDS = `reference version title status hash inForceFrom reviewDue expires purposes document
  parties { agency regime contact } signatures { party user at }`;

async function binding(ask: Ask): Promise<readonly HubAgreement[]> {
  return (await ask<{ agreements: readonly HubAgreement[] }>(`{ agreements { ${FIELDS} } }`)).agreements;
}

/** The version that is meant, alone. Throws `Conflict` `agreement-unknown` when nothing of the kind binds the agency. */
async function choose(ask: Ask, reference: string, { version }: Options): Promise<readonly [HubAgreement]> {
  const found = (await binding(ask)).filter((each) => each.reference === reference);
  const chosen =
    version === undefined ? found.at(-1) : found.find((each) => each.version === versionNumber(version));
  if (chosen !== undefined) return [chosen];
  const which = version === undefined ? reference : `${reference} version ${version}`;
  throw new Conflict('agreement-unknown', `no agreement ${which} binds this agency (agreement-unknown)`);
}

function versionNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Invalid('option', '--version must be a whole number');
}

function check(files: readonly string[], options: Options, terminal: Terminal): number {
  const checked = files.map((file) => ({ file, ...checkAgreement(file) }));
  for (const each of checked) {
    if (each.outcome === 'invalid') tellFaults(each.file, each.errors, terminal);
    else if (options.json !== true)
      terminal.out(`${each.file}: valid: ${named(each.document)}, hash ${each.hash}`);
  }
  if (options.json === true) {
    const told = checked.map(({ file, ...each }) =>
      each.outcome === 'valid'
        ? { file, outcome: each.outcome, hash: each.hash }
        : { file, outcome: each.outcome, errors: each.errors },
    );
    terminal.out(JSON.stringify(told, null, 2));
  }
  return checked.every(({ outcome }) => outcome === 'valid') ? CLEAN : FINDINGS;
}

function named({ reference, version }: Pick<AgreementDocument, 'reference' | 'version'>): string {
  return `${reference} version ${String(version)}`;
}

/** One line for each fault, as compilers write them, so that editors find the place. */
function tellFaults(file: string, errors: readonly AgreementFault[], { err }: Terminal): void {
  for (const { line, pointer, detail } of errors) {
    const place = line === 0 ? file : `${file}:${String(line)}`;
    err(pointer === '' ? `${place}: ${detail}` : `${place}: ${pointer} ${detail}`);
  }
}

async function propose(file: string, options: Options, terminal: Terminal): Promise<number> {
  const checked = checkAgreement(file);
  if (checked.outcome === 'invalid') {
    tellFaults(file, checked.errors, terminal);
    return FINDINGS;
  }
  const ask = await hubOf(options, terminal);
  const mutation = `mutation ($document: String!) { proposeAgreement(document: $document) { ${FIELDS} } }`;
  const { proposeAgreement } = await ask<{ proposeAgreement: HubAgreement }>(mutation, {
    document: checked.text,
  });
  show([proposeAgreement], options, terminal, listOf);
  return CLEAN;
}

/**
 * Signs what the hub shows, once it is clear that its hash is that of the document, and the hash is the one that was
 * asked for. Throws `Conflict` `agreement-hash` otherwise.
 */
async function sign(
  reference: string,
  options: Options & { readonly hash?: string },
  terminal: Terminal,
): Promise<HubAgreement> {
  const ask = await hubOf(options, terminal);
  const [{ version, hash, document }] = await choose(ask, reference, options);
  const shown = documentHash(JSON.parse(document) as AgreementDocument);
  if (shown !== hash || (options.hash ?? hash) !== hash) {
    const what = options.hash === undefined ? 'that of its document' : 'the one to be signed';
    throw new Conflict(
      'agreement-hash',
      `the hash of ${named({ reference, version })} is not ${what} (agreement-hash)`,
    );
  }
  const mutation = `mutation ($reference: String!, $version: Int!, $hash: String!) {
    signAgreement(reference: $reference, version: $version, hash: $hash) { ${FIELDS} } }`;
  return (await ask<{ signAgreement: HubAgreement }>(mutation, { reference, version, hash })).signAgreement;
}

async function change(
  name: string,
  reference: string,
  options: Options & { readonly reason: string },
  terminal: Terminal,
): Promise<HubAgreement> {
  const ask = await hubOf(options, terminal);
  const [{ version }] = await choose(ask, reference, options);
  const mutation = `mutation ($reference: String!, $version: Int!, $reason: String!) {
    changed: ${name}Agreement(reference: $reference, version: $version, reason: $reason) { ${FIELDS} } }`;
  const { reason } = options;
  return (await ask<{ changed: HubAgreement }>(mutation, { reference, version, reason })).changed;
}

function show(
  agreements: readonly HubAgreement[],
  { json }: Options,
  { out }: Terminal,
  lines: (agreements: readonly HubAgreement[]) => readonly string[],
): void {
  if (json === true) out(JSON.stringify(agreements.map(withDocument), null, 2));
  else for (const line of lines(agreements)) out(line);
}

function withDocument({ document, ...agreement }: HubAgreement): object {
  return { ...agreement, status: statusOf(agreement), document: JSON.parse(document) as unknown };
}
