import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, type JSONWebKeySet } from 'jose';
import { remoteKeys, type RemoteKeysOptions } from './keys.js';

const { publicKey } = await generateKeyPair('ES256');
const jwks: JSONWebKeySet = {
  keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256', use: 'sig' }],
};
const token = { payload: '', signature: '' };
const unreachable = { name: 'Unavailable', code: 'issuer-unreachable' };

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** An issuer that answers each request with the next answer, then with the last one again. */
async function issuerThat(...answers: readonly ((response: ServerResponse) => void)[]): Promise<{
  readonly keyNamed: (kid: string) => Promise<unknown>;
  readonly asked: () => number;
}> {
  let asked = 0;
  server = createServer((_, response) => answers[Math.min(asked++, answers.length - 1)]?.(response));
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const options: RemoteKeysOptions = { timeout: 200, cooldown: 60_000, pause: 100 };
  const keys = remoteKeys(new URL(`http://127.0.0.1:${String(port)}/jwks`), options);
  return { keyNamed: async (kid) => keys({ alg: 'ES256', kid }, token), asked: () => asked };
}

const publishes = (response: ServerResponse): void => void response.end(JSON.stringify(jwks));
const fails = (response: ServerResponse): void => void response.writeHead(500).end();

it('fetches the keys once, and not again for a key they lack', async () => {
  const { keyNamed, asked } = await issuerThat(publishes);
  await expect(keyNamed('one')).resolves.toMatchObject({ type: 'public' });
  await expect(keyNamed('two')).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  await expect(keyNamed('one')).resolves.toMatchObject({ type: 'public' });
  expect(asked()).toBe(1);
});

it.each([
  ['fails', fails],
  ['answers no JSON', (response: ServerResponse): void => void response.end('<html>')],
  ['answers no key set', (response: ServerResponse): void => void response.end('{}')],
  [
    'sends elsewhere',
    (response: ServerResponse): void => void response.writeHead(302, { location: '/' }).end(),
  ],
  ['hangs up', (response: ServerResponse): void => void response.destroy()],
  ['never answers', (): void => undefined],
])('an issuer that %s is unreachable', async (_, answer) => {
  const { keyNamed } = await issuerThat(answer);
  await expect(keyNamed('one')).rejects.toMatchObject(unreachable);
});

it('leaves a failing issuer alone for a while, then asks again', async () => {
  const { keyNamed, asked } = await issuerThat(fails, publishes);
  await expect(keyNamed('one')).rejects.toMatchObject(unreachable);
  await expect(keyNamed('one')).rejects.toMatchObject(unreachable);
  expect(asked()).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 110));
  await expect(keyNamed('one')).resolves.toMatchObject({ type: 'public' });
});
