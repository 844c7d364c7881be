import { once } from 'node:events';
import { createServer } from 'node:net';
import { ConsoleLogger, Logger } from '@nestjs/common';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type DevelopmentIssuer } from '../../libs/adapters/caller/development-issuer.js';
import { type EventLog } from '../../libs/adapters/event-log/event-log.js';
import { isFailure } from '../../libs/contract/failure.js';
import { type Agreements } from './agreements/agreements.js';
import { AGREEMENTS } from './agreements/agreements.tokens.js';
import { DEVELOPMENT_ISSUER } from './caller.module.js';
import { loadAgreements } from './demonstration-agreements.js';
import { loadDemonstration, loadGovernance, loadPeople } from './demonstration.js';
import { type GovernanceRoom } from './governance/governance.js';
import { GOVERNANCE } from './governance/governance.tokens.js';
import { type Intake } from './intake/intake.js';
import { INTAKE } from './intake/intake.tokens.js';
import { type Follower } from './projector/follower.js';
import { FOLLOWER } from './projector/projector.module.js';
import { createHub } from './server.js';
import { readSettings, type Settings } from './settings.js';
import { EVENT_LOG } from './storage.module.js';
import { welcome } from './welcome.js';

const CATCH_UP = 60_000;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Starts the hub; on an empty store, outside production, it loads the demonstration partnership first. */
async function main(): Promise<void> {
  const settings = readSettings(process.env);
  await claim(settings);
  Logger.overrideLogger(quiet);
  const app = await createHub({ settings });
  await app.init();
  // Until here a signal ends the process at once: the log takes that, and loading resumes at the next start.
  await demonstrate(app, settings);
  app.enableShutdownHooks();
  await app.listen(settings.port, addressOf(settings));
  Logger.overrideLogger(new ConsoleLogger({ logLevels: ['error', 'warn'] }));
  await caughtUp(app);
  const issuer = app.get<DevelopmentIssuer | undefined>(DEVELOPMENT_ISSUER);
  say(await welcome(await app.getUrl(), issuer));
}

/** With the development issuer the hub answers this machine alone. */
function addressOf({ issuer }: Settings): string {
  return issuer === undefined ? '127.0.0.1' : '0.0.0.0';
}

/** While the hub starts, what ends the start is said once, below, in a line. */
const quiet = Object.assign(new ConsoleLogger(), { error: () => undefined });

/** Fails on a port that is taken, before anything is opened or loaded. */
async function claim(settings: Settings): Promise<void> {
  const server = createServer().listen(settings.port, addressOf(settings));
  await once(server, 'listening');
  server.close();
  await once(server, 'close');
}

async function demonstrate(app: NestFastifyApplication, settings: Settings): Promise<void> {
  if (settings.production || !settings.roles.includes('intake')) return;
  const isEmpty = (await app.get<EventLog>(EVENT_LOG).head()) === 0;
  const loaded = await loadDemonstration(settings.dataDir, isEmpty, async () => {
    const agreements = await loadAgreements(app.get<Agreements>(AGREEMENTS), settings.dataDir);
    await loadGovernance(app.get<GovernanceRoom>(GOVERNANCE));
    return { agreements, ...(await loadPeople(app.get<Intake>(INTAKE), 1)) };
  });
  if (loaded === null) return;
  const { agreements, events, unexpected } = loaded;
  say(
    `loaded the demonstration partnership: ${agreements} agreements, ${events} events, ${unexpected} unexpected outcomes`,
  );
}

/** Resolves once everything in the log is in the read models. Until then the fence holds queries back, nothing more. */
async function caughtUp(app: NestFastifyApplication): Promise<void> {
  const head = await app.get<EventLog>(EVENT_LOG).head();
  for (;;) {
    try {
      await app.get<Follower>(FOLLOWER).reach(head, CATCH_UP);
      return;
    } catch (error) {
      if (!isFailure(error) || error.code !== 'projection-behind') throw error;
      say('the read models are catching up with the log; queries wait until they have');
    }
  }
}

/** What ended the start, in a line; a stack only for what nobody expected. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return 'the port (PORT) is in use';
  return isFailure(error) || typeof code === 'string' ? error.message : (error.stack ?? error.message);
}

main().catch((error: unknown) => {
  process.stderr.write(`concordat did not start: ${reasonOf(error)}\n`);
  process.exit(1);
});
