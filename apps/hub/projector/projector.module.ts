import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { type Logger } from 'pino';
import { type EventLog } from '../../../libs/adapters/event-log/event-log.js';
import { type KeyVault } from '../../../libs/adapters/key-vault/key-vault.js';
import { type Metrics } from '../../../libs/adapters/telemetry/metrics.js';
import { type ReadModelWriter } from '../../../libs/adapters/read-store/read-store.js';
import { Unavailable } from '../../../libs/contract/failure.js';
import { openEmbeddedWriter } from '../../../libs/adapters/read-store/embedded-writer.js';
import { identifierPseudonym } from '../../../libs/adapters/key-vault/identifier-pseudonym.js';
import { kindOf, LOGGER, METRICS } from '../telemetry.module.js';
import { type Settings } from '../settings.js';
import { CLOCK, type Clock, EVENT_LOG, KEY_VAULT, SETTINGS } from '../storage.module.js';
import { TRANSPARENCY } from '../transparency/transparency.tokens.js';
import { type Follower, startFollower } from './follower.js';

export const FOLLOWER = Symbol('follower');

async function follow(
  log: EventLog,
  vault: KeyVault,
  clock: Clock,
  { dataDir }: Settings,
  logger: Logger,
  { visible }: Metrics,
): Promise<Follower> {
  const openModels = (): ReadModelWriter => openEmbeddedWriter(dataDir, identifierPseudonym(vault));
  await requireSameLog(log, openModels);
  return startFollower({
    log,
    vault,
    clock,
    openModels,
    onVisible: (milliseconds) => visible.observe(milliseconds / 1000),
    onFault: (error) => logger.error({ fault: kindOf(error) }, 'projection stopped and starts again'),
  });
}

/** Read models that are ahead of the log were made from another one: what it says now would be passed over in silence. */
async function requireSameLog(log: EventLog, openModels: () => ReadModelWriter): Promise<void> {
  const models = openModels();
  const furthest = models.furthest();
  models.close();
  if (furthest <= (await log.head())) return;
  const remedy = 'restore the whole log, or delete the folder read and let it be rebuilt';
  throw new Unavailable('read-models-ahead', `the read models are ahead of the log: ${remedy}`);
}

/** Keeps the read models up with the log, once that is known to be the one whose heads were signed. */
@Global()
@Module({
  providers: [
    {
      provide: FOLLOWER,
      useFactory: follow,
      inject: [EVENT_LOG, KEY_VAULT, CLOCK, SETTINGS, LOGGER, METRICS, TRANSPARENCY],
    },
  ],
  exports: [FOLLOWER],
})
export class ProjectorModule implements OnApplicationShutdown {
  constructor(@Inject(FOLLOWER) private readonly follower: Follower) {}

  onApplicationShutdown(): Promise<void> {
    return this.follower.stop();
  }
}
