import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { developmentIssuer } from '../../libs/adapters/caller/development-issuer.js';

/** A hub in a process of its own, and the headers with which to publish and to ask. */
export interface Hub {
  readonly process: ChildProcess;
  readonly url: string;
  readonly publisher: Readonly<Record<string, string>>;
  readonly batchPublisher: Readonly<Record<string, string>>;
  readonly practitioner: Readonly<Record<string, string>>;
}

/** Starts a hub over a data folder on any free port. */
export async function startHub(dir: string): Promise<Hub> {
  const child = fork(join(import.meta.dirname, 'hub-process.js'), {
    env: { ...process.env, CONCORDAT_DATA: dir, PORT: '0' },
  });
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  const { sign } = developmentIssuer(dir, {});
  const purposes = ['reducing-reoffending'];
  const publisher = await sign({
    agency: 'police',
    user: 'system',
    roles: ['publisher'],
    purposes: [],
    hours: 1,
  });
  const practitioner = await sign({
    agency: 'police',
    user: 'officer',
    roles: ['practitioner'],
    purposes,
    hours: 1,
  });
  const json = {
    authorization: `Bearer ${practitioner}`,
    'content-type': 'application/json',
    'x-purpose': 'reducing-reoffending',
  };
  const event = (type: string) => ({
    authorization: `Bearer ${publisher}`,
    'content-type': `application/${type}`,
  });
  return {
    process: child,
    url,
    publisher: event('cloudevents+json'),
    batchPublisher: event('cloudevents-batch+json'),
    practitioner: json,
  };
}
