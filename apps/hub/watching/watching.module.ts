import { type Server } from 'node:http';
import { type BeforeApplicationShutdown, Inject, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost, ModuleRef } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { type GraphQLSchema } from 'graphql';
import { type Logger } from 'pino';
import { type EventLog } from '../../../libs/adapters/event-log/event-log.js';
import { type KeyVault } from '../../../libs/adapters/key-vault/key-vault.js';
import { type Grounds } from '../../../libs/adapters/report/grounds.js';
import { type Agreements } from '../agreements/agreements.js';
import { AGREEMENTS } from '../agreements/agreements.tokens.js';
import { VERIFY_TOKEN, type VerifyToken } from '../caller.guard.js';
import { GROUNDS, GroundsModule } from '../grounds.module.js';
import { type Follower } from '../projector/follower.js';
import { FOLLOWER } from '../projector/projector.module.js';
import { type Pictures } from '../query/pictures.js';
import { PicturesModule } from '../query/pictures.module.js';
import { PICTURES } from '../query/query.tokens.js';
import { recordingTo } from '../query/record-answer.js';
import { CLOCK, type Clock, EVENT_LOG, KEY_VAULT } from '../storage.module.js';
import { kindOf, LOGGER } from '../telemetry.module.js';
import { CaseloadController } from './caseload.controller.js';
import { CaseloadResolver } from './caseload.resolver.js';
import { type Caseloads, openCaseloads } from './caseloads.js';
import { FeedSilenceResolver } from './feed-silence.resolver.js';
import { openForesight } from './foresight.js';
import { openRounds, type Rounds } from './rounds.js';
import { SilenceResolver } from './silence.resolver.js';
import { openSilences } from './silences.js';
import { openSubscriptions, type Subscriptions } from './subscriptions.js';
import { CASELOADS, ROUNDS, SILENCES, SUBSCRIPTIONS } from './watching.tokens.js';
import { serveWebSockets } from './web-socket.js';

/** How often (ms) it is looked for silences that are new. */
const ROUND_EVERY = 60_000;

const schemaOf =
  (modules: ModuleRef): (() => GraphQLSchema) =>
  () =>
    modules.get(GraphQLSchemaHost, { strict: false }).schema;

function subscriptions(
  modules: ModuleRef,
  verify: VerifyToken,
  agreements: Agreements,
  clock: Clock,
  log: EventLog,
  vault: KeyVault,
  follower: Follower,
  logger: Logger,
): Subscriptions {
  const onFault = (error: unknown): void => logger.error({ fault: kindOf(error) }, 'a subscription failed');
  const record = recordingTo({ log, vault, agreements, progress: follower });
  return openSubscriptions({ schema: schemaOf(modules), record, onFault, verify, agreements, clock });
}

/** What happens to managed people, and what does not: subscriptions over WebSocket and as server-sent events, and silences to ask for. */
@Module({
  imports: [PicturesModule, GroundsModule],
  controllers: [CaseloadController],
  providers: [
    {
      provide: CASELOADS,
      useFactory: (follower: Follower, pictures: Pictures, clock: Clock) =>
        openCaseloads({ follower, pictures, clock }),
      inject: [FOLLOWER, PICTURES, CLOCK],
    },
    {
      provide: SILENCES,
      useFactory: (grounds: Grounds, follower: Follower) => openSilences(grounds, openForesight(follower)),
      inject: [GROUNDS, FOLLOWER],
    },
    { provide: ROUNDS, useFactory: openRounds },
    {
      provide: SUBSCRIPTIONS,
      useFactory: subscriptions,
      inject: [ModuleRef, VERIFY_TOKEN, AGREEMENTS, CLOCK, EVENT_LOG, KEY_VAULT, FOLLOWER, LOGGER],
    },
    CaseloadResolver,
    SilenceResolver,
    FeedSilenceResolver,
  ],
})
export class WatchingModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private sockets: ReturnType<typeof serveWebSockets> | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(CASELOADS) private readonly caseloads: Caseloads,
    @Inject(SUBSCRIPTIONS) private readonly subscriptions: Subscriptions,
    @Inject(ROUNDS) private readonly rounds: Rounds,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly host: HttpAdapterHost,
    private readonly modules: ModuleRef,
  ) {}

  onApplicationBootstrap(): void {
    const server = this.host.httpAdapter.getHttpServer() as Server;
    const { subscriptions, clock, modules } = this;
    this.sockets = serveWebSockets({ server, subscriptions, clock, schema: schemaOf(modules) });
    this.timer = setInterval(() => void this.rounds.step(), ROUND_EVERY);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.caseloads.close();
    await this.sockets?.dispose();
  }
}
