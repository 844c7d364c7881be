import { type Server } from 'node:http';
import { type BeforeApplicationShutdown, Inject, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost, ModuleRef } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { type GraphQLSchema } from 'graphql';
import { type Logger } from 'pino';
import { type EventLog } from '../../../libs/adapters/event-log/event-log.js';
import { type KeyVault } from '../../../libs/adapters/key-vault/key-vault.js';
import { type Agreements } from '../agreements/agreements.js';
import { AGREEMENTS } from '../agreements/agreements.tokens.js';
import { VERIFY_TOKEN, type VerifyToken } from '../caller.guard.js';
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
import { openSubscriptions, type Subscriptions } from './subscriptions.js';
import { CASELOADS, SUBSCRIPTIONS } from './watching.tokens.js';
import { serveWebSockets } from './web-socket.js';

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

/** Subscriptions to what happens to managed people, over WebSocket and as server-sent events. */
@Module({
  imports: [PicturesModule],
  controllers: [CaseloadController],
  providers: [
    {
      provide: CASELOADS,
      useFactory: (follower: Follower, pictures: Pictures, clock: Clock) =>
        openCaseloads({ follower, pictures, clock }),
      inject: [FOLLOWER, PICTURES, CLOCK],
    },
    {
      provide: SUBSCRIPTIONS,
      useFactory: subscriptions,
      inject: [ModuleRef, VERIFY_TOKEN, AGREEMENTS, CLOCK, EVENT_LOG, KEY_VAULT, FOLLOWER, LOGGER],
    },
    CaseloadResolver,
  ],
})
export class WatchingModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private sockets: ReturnType<typeof serveWebSockets> | undefined;

  constructor(
    @Inject(CASELOADS) private readonly caseloads: Caseloads,
    @Inject(SUBSCRIPTIONS) private readonly subscriptions: Subscriptions,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly host: HttpAdapterHost,
    private readonly modules: ModuleRef,
  ) {}

  onApplicationBootstrap(): void {
    const server = this.host.httpAdapter.getHttpServer() as Server;
    const { subscriptions, clock, modules } = this;
    this.sockets = serveWebSockets({ server, subscriptions, clock, schema: schemaOf(modules) });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.caseloads.close();
    await this.sockets?.dispose();
  }
}
