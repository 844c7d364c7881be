import { writeFileSync } from 'node:fs';
import { type Command } from 'commander';
import { generateSigningKey, type SigningKey, signingKeyOf } from '../../libs/adapters/signature/ed25519.js';
import { Conflict, Invalid } from '../../libs/contract/failure.js';
import { type AgreementOptions, hubOf, withAgreementOptions, withReason } from './agreement-options.js';
import { readText } from './import/files.js';
import { CLEAN, type Terminal } from './session.js';
import { table } from './table.js';

/** A key as the hub's GraphQL gives it. */
interface HubKey {
  readonly key: string;
  readonly agency: string;
  readonly publicKey: string;
  readonly registered: string;
  readonly revoked: string | null;
}

const FIELDS = 'key agency publicKey registered revoked';

/**
 * The keys with which signatories sign (Ed25519): `keygen` makes one in a file, `register-key` tells the hub its public
 * half, `revoke-key` ends it, `keys` lists those of all agencies. A private half never leaves its file.
 */
export function addKeyCommands(family: Command, terminal: Terminal, end: (code: number) => void): void {
  family
    .command('keygen')
    .description('make a signing key in a new file that only you may read; print its id')
    .argument('<file>', 'file for the private key (PEM)')
    .action((file: string) => {
      const made = generateSigningKey();
      writePrivate(file, made.privateKeyPem);
      terminal.out(made.key);
      end(CLEAN);
    });
  withAgreementOptions(family.command('keys').description('the signing keys of all agencies')).action(
    async (options: AgreementOptions) => {
      const ask = await hubOf(options, terminal);
      const { signatoryKeys } = await ask<{ signatoryKeys: readonly HubKey[] }>(
        `{ signatoryKeys { ${FIELDS} } }`,
      );
      show(signatoryKeys, options, terminal);
      end(CLEAN);
    },
  );
  withAgreementOptions(
    family
      .command('register-key')
      .description('register, for your agency, the public half of a signing key')
      .argument('<file>', 'file with the private key (PEM)'),
  ).action(async (file: string, options: AgreementOptions) => {
    const { publicKey } = readSigningKey(file);
    const ask = await hubOf(options, terminal);
    const mutation = `mutation ($publicKey: String!) { changed: registerSignatoryKey(publicKey: $publicKey) { ${FIELDS} } }`;
    show([(await ask<{ changed: HubKey }>(mutation, { publicKey })).changed], options, terminal);
    end(CLEAN);
  });
  withReason(
    withAgreementOptions(
      family
        .command('revoke-key')
        .description('revoke a signing key of your agency; what it has signed stays signed')
        .argument('<key>', 'id of the key, as `keys` prints it'),
    ),
  ).action(async (key: string, options: AgreementOptions & { readonly reason: string }) => {
    const ask = await hubOf(options, terminal);
    const mutation = `mutation ($key: String!, $reason: String!) {
      changed: revokeSignatoryKey(key: $key, reason: $reason) { ${FIELDS} } }`;
    const { reason } = options;
    show([(await ask<{ changed: HubKey }>(mutation, { key, reason })).changed], options, terminal);
    end(CLEAN);
  });
}

/** The signing key in a file. Throws `Invalid` `key-file` when there is none. */
export function readSigningKey(file: string): SigningKey {
  try {
    return signingKeyOf(readText(file));
  } catch (error) {
    if (error instanceof Invalid) throw new Invalid('key-file', `${file}: ${error.message}`);
    throw error;
  }
}

/** Never over a file that is there: it may be the only copy of a key. */
function writePrivate(file: string, pem: string): void {
  try {
    writeFileSync(file, pem, { flag: 'wx', mode: 0o600, flush: true });
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw new Conflict('key-file', `${file} exists already`);
    throw new Invalid('key-file', `${file} cannot be written (${code.toLowerCase()})`);
  }
}

function show(keys: readonly HubKey[], { json }: AgreementOptions, { out }: Terminal): void {
  if (json === true) return out(JSON.stringify(keys, null, 2));
  const rows = keys.map((each) => [each.agency, each.key, each.registered, each.revoked ?? '']);
  for (const line of table(['agency', 'key', 'registered', 'revoked'], rows)) out(line);
}
