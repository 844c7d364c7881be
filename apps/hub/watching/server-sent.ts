import { type ServerResponse } from 'node:http';
import { graphqlError } from '../query/graphql-failure.js';
import { type Answers } from './subscription.js';

/** How often (ms) a comment is sent, so that nobody on the way takes the silence for an end. */
const KEEP_ALIVE = 12_000;
/** Whoever takes nothing for so long (ms) is cut off. */
const LONGEST_WRITE = 30_000;

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
};

/**
 * Sends answers as server-sent events, in the distinct connections mode of the GraphQL over SSE protocol: `next` for each,
 * one with `errors` that says why it ends, then `complete`. The next one is made only once the one before has left.
 */
export async function sendEvents(response: ServerResponse, answers: Answers): Promise<void> {
  const end = (): void => void answers.return?.();
  response.once('close', end);
  if (response.destroyed) end();
  response.writeHead(200, headers);
  const keepAlive = setInterval(() => response.write(':\n\n'), KEEP_ALIVE);
  try {
    await write(response, ':\n\n');
    for await (const answer of answers) await write(response, event('next', answer));
  } catch (error) {
    await write(response, event('next', { errors: [graphqlError(error).toJSON()] }));
  } finally {
    clearInterval(keepAlive);
  }
  await write(response, event('complete'));
  response.end();
}

function event(name: 'next' | 'complete', data?: unknown): string {
  return `event: ${name}\ndata: ${data === undefined ? '' : JSON.stringify(data)}\n\n`;
}

/** Resolves once the text has left this process, or nobody is there to take it. */
function write(response: ServerResponse, text: string): Promise<void> {
  if (response.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const late = setTimeout(() => response.destroy(), LONGEST_WRITE);
    const done = (): void => {
      clearTimeout(late);
      response.off('close', done);
      resolve();
    };
    response.once('close', done);
    response.write(text, done);
  });
}
