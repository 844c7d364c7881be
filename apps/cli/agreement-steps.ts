import { type Command } from 'commander';
import { documentHash } from '../../libs/adapters/agreement-document/agreement-document.js';
import { signDocument } from '../../libs/adapters/agreement-document/signature.js';
import { Conflict } from '../../libs/contract/failure.js';
import { type AgreementDocument } from '../../libs/domain/agreement/document.js';
import { checkAgreement, tellFaults } from './agreement-file.js';
import { type AgreementOptions, hubOf, withAgreementOptions, withReason } from './agreement-options.js';
import { type HubAgreement, listOf } from './agreement-text.js';
import { choose, FIELDS, show } from './hub-agreements.js';
import { CLEAN, FINDINGS, type Terminal } from './session.js';
import { readSigningKey } from './signatory-key.js';

interface StepOptions extends AgreementOptions {
  readonly reason: string;
}

interface SignOptions extends StepOptions {
  readonly key: string;
  readonly hash?: string;
}

interface ReviewOptions extends StepOptions {
  readonly next: string;
}

const DEMONSTRATION_KEYS = `
In development the hub keeps the signing keys of the demonstration's agencies in its data folder, under
demonstration-keys/<agency>.pem, so that you can sign for them.`;

const changes = {
  suspend: ['suspendAgreement', 'suspend a version: the next query shows nothing under it'],
  resume: ['resumeAgreement', 'put a version back in force that your agency suspended'],
  withdraw: ['withdrawFromAgreement', 'leave a version: what your agency shares and receives under it ends'],
  terminate: [
    'terminateAgreement',
    'end a version for all, as its owner; before it is signed, also as its proposer',
  ],
} as const;

/** The steps of an agreement's life, which a signatory takes, each with a reason. */
export function addStepCommands(family: Command, terminal: Terminal, end: (code: number) => void): void {
  const add = (name: string, description: string): Command =>
    withReason(withAgreementOptions(family.command(name).description(description)));
  const addFor = (name: string, description: string): Command =>
    add(`${name} <reference>`, description).option(
      '--version <number>',
      name === 'sign'
        ? 'which version (default: the newest)'
        : 'which version (default: the one in force or suspended, else the newest)',
    );
  const done = (changed: HubAgreement, options: AgreementOptions): void => {
    show([changed], options, terminal, listOf);
    end(CLEAN);
  };

  for (const [name, description] of [
    ['draft', 'keep a draft that your agency alone sees'],
    ['propose', 'propose an agreement, or its next version'],
  ] as const) {
    add(`${name} <file>`, description).action(async (file: string, options: StepOptions) => {
      const written = await write(name, file, options, terminal);
      if (written === undefined) end(FINDINGS);
      else done(written, options);
    });
  }
  addFor('sign', 'sign a version for an agency: the document you see, with a key that stays here')
    .requiredOption('--key <file>', 'file with the private key (PEM), as `keygen` makes it')
    .option('--hash <sha256>', 'sign only the document with this hash, as `check` prints it')
    .addHelpText('after', DEMONSTRATION_KEYS)
    .action(async (reference: string, options: SignOptions) =>
      done(await sign(reference, options, terminal), options),
    );
  for (const [name, [mutation, description]] of Object.entries(changes)) {
    addFor(name, description).action(async (reference: string, options: StepOptions) =>
      done(await change(mutation, reference, options, terminal), options),
    );
  }
  addFor('review', 'record, as the owner, that a version was reviewed')
    .requiredOption('--next <date>', 'when it is to be reviewed next, YYYY-MM-DD')
    .action(async (reference: string, options: ReviewOptions) =>
      done(await review(reference, options, terminal), options),
    );
}

/** Drafts or proposes the document in a file; undefined when it is not valid, which is told. */
async function write(
  name: 'draft' | 'propose',
  file: string,
  options: StepOptions,
  terminal: Terminal,
): Promise<HubAgreement | undefined> {
  const checked = checkAgreement(file);
  if (checked.outcome === 'invalid') {
    tellFaults(file, checked.errors, terminal);
    return undefined;
  }
  const ask = await hubOf(options, terminal);
  const mutation = `mutation ($document: String!, $reason: String!) {
    written: ${name}Agreement(document: $document, reason: $reason) { ${FIELDS} } }`;
  const variables = { document: checked.text, reason: options.reason };
  return (await ask<{ written: HubAgreement }>(mutation, variables)).written;
}

/**
 * Signs what the hub shows, once it is clear that its hash is that of the document, and the hash is the one that was
 * asked for. Throws `Conflict` `agreement-hash` otherwise. The private key signs here and goes nowhere.
 */
async function sign(reference: string, options: SignOptions, terminal: Terminal): Promise<HubAgreement> {
  const { key, privateKeyPem } = readSigningKey(options.key);
  const ask = await hubOf(options, terminal);
  const [{ version, hash, document: text }] = await choose(ask, reference, options);
  const document = JSON.parse(text) as AgreementDocument;
  const name = `${reference} version ${String(version)}`;
  if (documentHash(document) !== hash || (options.hash ?? hash) !== hash) {
    const what = options.hash === undefined ? 'that of its document' : 'the one to be signed';
    throw new Conflict('agreement-hash', `the hash of ${name} is not ${what} (agreement-hash)`);
  }
  terminal.err(`signing ${name}, hash ${hash}`);
  const signature = signDocument(document, privateKeyPem);
  const mutation = `mutation ($reference: String!, $version: Int!, $hash: String!, $key: String!, $signature: String!, $reason: String!) {
    signed: signAgreement(reference: $reference, version: $version, hash: $hash, key: $key, signature: $signature, reason: $reason) { ${FIELDS} } }`;
  const variables = { reference, version, hash, key, signature, reason: options.reason };
  return (await ask<{ signed: HubAgreement }>(mutation, variables)).signed;
}

async function change(
  mutation: string,
  reference: string,
  options: StepOptions,
  terminal: Terminal,
): Promise<HubAgreement> {
  const ask = await hubOf(options, terminal);
  const [{ version }] = await choose(ask, reference, options, 'standing');
  const operation = `mutation ($reference: String!, $version: Int!, $reason: String!) {
    changed: ${mutation}(reference: $reference, version: $version, reason: $reason) { ${FIELDS} } }`;
  const { reason } = options;
  return (await ask<{ changed: HubAgreement }>(operation, { reference, version, reason })).changed;
}

async function review(reference: string, options: ReviewOptions, terminal: Terminal): Promise<HubAgreement> {
  const ask = await hubOf(options, terminal);
  const [{ version }] = await choose(ask, reference, options, 'standing');
  const operation = `mutation ($reference: String!, $version: Int!, $nextReview: String!, $reason: String!) {
    changed: reviewAgreement(reference: $reference, version: $version, nextReview: $nextReview, reason: $reason) { ${FIELDS} } }`;
  const variables = { reference, version, nextReview: options.next, reason: options.reason };
  return (await ask<{ changed: HubAgreement }>(operation, variables)).changed;
}
