import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type Witness } from './witness.js';

/** Longest request that is read: 63 hashes and a note with more signatures than one has. */
const LONGEST = 256 * 1024;
const PLAIN = 'text/plain; charset=utf-8';

export interface WitnessServer {
  /** The submission prefix, which is what the log is given. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves a witness: `POST /add-checkpoint` (C2SP tlog-witness), and `GET /checkpoint`, the last head that it cosigned,
 * so that others can compare it with theirs.
 */
export async function serveWitness(witness: Witness, port: number, host: string): Promise<WitnessServer> {
  const server = createServer((request, response) => {
    serve(witness, request, response).catch(() => response.destroy());
  });
  server.listen(port, host);
  await once(server, 'listening');
  const { address, port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${address.includes(':') ? `[${address}]` : address}:${String(taken)}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function serve(witness: Witness, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const route = `${request.method ?? ''} ${request.url ?? ''}`;
  if (route === 'POST /add-checkpoint') {
    const body = await bodyOf(request);
    if (body === undefined) return end(response, 413, PLAIN, 'the request is too long\n');
    const answer = witness.addCheckpoint(body);
    return end(response, answer.status, answer.type, answer.body);
  }
  const seen = route === 'GET /checkpoint' ? witness.seen() : undefined;
  if (seen === undefined) return end(response, 404, PLAIN, 'there is nothing at this address\n');
  end(response, 200, PLAIN, seen);
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > LONGEST) return undefined;
    parts.push(part);
  }
  const bytes = Buffer.concat(parts);
  const text = bytes.toString();
  return Buffer.from(text).equals(bytes) ? text : '';
}

function end(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}
