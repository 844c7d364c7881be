import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { hubClient } from './hub-client.js';

interface Answer {
  readonly status: number;
  readonly body?: string;
}

let server: Server | undefined;
afterEach(() => void server?.close());

/** A hub that gives the answers in turn, the last one for ever, and keeps what it was asked. */
async function hub(...answers: readonly Answer[]): Promise<{
  readonly url: string;
  readonly requests: { readonly message: IncomingMessage; readonly body: string }[];
}> {
  const requests: { message: IncomingMessage; body: string }[] = [];
  server = createServer((message, response) => {
    void text(message).then((body) => {
      const answer = answers[Math.min(requests.push({ message, body }), answers.length) - 1];
      response.writeHead(answer?.status ?? 500, { 'content-type': 'application/json' }).end(answer?.body);
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${String(port)}`, requests };
}

const receipt = { source: '/a', id: '1', outcome: 'accepted', status: 201 };

describe('the client of the hub', () => {
  it('posts a batch as a CloudEvents batch, with the token', async () => {
    const { url, requests } = await hub({ status: 200, body: JSON.stringify([receipt, receipt]) });
    expect(await hubClient(url, 'T')(['{"id":"1"}', '{"id":"2"}'])).toEqual([receipt, receipt]);
    const [request] = requests;
    expect(request?.body).toBe('[{"id":"1"},{"id":"2"}]');
    expect(request?.message).toMatchObject({ method: 'POST', url: '/events' });
    expect(request?.message.headers).toMatchObject({
      authorization: 'Bearer T',
      'content-type': 'application/cloudevents-batch+json; charset=utf-8',
    });
  });

  it('tries again while the hub is not available', async () => {
    const { url, requests } = await hub({ status: 503 }, { status: 200, body: JSON.stringify([receipt]) });
    expect(await hubClient(url, 'T')(['{}'])).toEqual([receipt]);
    expect(requests).toHaveLength(2);
  });

  it.each([
    [401, 'forbidden', 'the hub refused the token (status 401)'],
    [403, 'forbidden', 'the hub refused the token (status 403)'],
    [413, 'invalid', 'the hub refused a batch of events (status 413)'],
  ])('does not try again after %i', async (status, kind, message) => {
    const { url, requests } = await hub({ status });
    await expect(hubClient(url, 'T')(['{}'])).rejects.toMatchObject({ kind, message });
    expect(requests).toHaveLength(1);
  });

  it('refuses an answer that has not one receipt for each event', async () => {
    const { url } = await hub({ status: 200, body: '[]' });
    await expect(hubClient(url, 'T')(['{}'])).rejects.toMatchObject({ kind: 'unavailable' });
  });
});
