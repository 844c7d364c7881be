import { type DevelopmentIssuer } from '../../libs/adapters/caller/development-issuer.js';
import { type EventLog } from '../../libs/adapters/event-log/event-log.js';
import { isFailure } from '../../libs/contract/failure.js';
import { type Agreements } from './agreements/agreements.js';
import { AGREEMENTS } from './agreements/agreements.tokens.js';
import { DEVELOPMENT_ISSUER } from './caller.module.js';
import { loadAgreements, loadPeople } from './demonstration.js';
import { type Intake } from './intake/intake.js';
import { INTAKE } from './intake/intake.tokens.js';
import { type Follower } from './projector/follower.js';
import { FOLLOWER } from './projector/projector.module.js';
import { createHub } from './server.js';
import { readSettings } from './settings.js';
import { EVENT_LOG } from './storage.module.js';
import { welcome } from './welcome.js';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Starts the hub; on an empty store, outside production, it loads the demonstration partnership first. */
async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const app = await createHub({ settings });
  const log = app.get<EventLog>(EVENT_LOG);
  await app.init();
  if (!settings.production && settings.roles.includes('intake') && (await log.head()) === 0) {
    const agreements = await loadAgreements(app.get<Agreements>(AGREEMENTS));
    const { events, unexpected } = await loadPeople(app.get<Intake>(INTAKE), 1);
    say(
      `loaded the demonstration partnership: ${agreements} agreements, ${events} events, ${unexpected} unexpected outcomes`,
    );
  }
  await app.listen(settings.port, '0.0.0.0');
  await app.get<Follower>(FOLLOWER).reach(await log.head(), 120_000);
  const issuer = app.get<DevelopmentIssuer | undefined>(DEVELOPMENT_ISSUER);
  say(await welcome(await app.getUrl(), issuer));
}

main().catch((error: unknown) => {
  process.stderr.write(`concordat did not start: ${isFailure(error) ? error.message : String(error)}\n`);
  process.exit(1);
});
