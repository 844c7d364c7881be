import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { GraphQLModule } from '@nestjs/graphql';
import { type FastifyRequest } from 'fastify';
import { type Logger } from 'pino';
import { identifierPseudonym } from '../../../libs/adapters/key-vault/identifier-pseudonym.js';
import { bearerToken } from '../../../libs/adapters/caller/verify-token.js';
import { type EventLog } from '../../../libs/adapters/event-log/event-log.js';
import { type KeyVault } from '../../../libs/adapters/key-vault/key-vault.js';
import { openEmbeddedReader } from '../../../libs/adapters/read-store/embedded-reader.js';
import { Invalid } from '../../../libs/contract/failure.js';
import { parseIdentifier } from '../../../libs/domain/identity/identifiers.js';
import { type Agreements } from '../agreements/agreements.js';
import { AGREEMENTS } from '../agreements/agreements.tokens.js';
import { VERIFY_TOKEN, type VerifyToken } from '../caller.guard.js';
import { type Fence } from '../fence.js';
import { FENCE } from '../fence.module.js';
import { type Follower } from '../projector/follower.js';
import { FOLLOWER } from '../projector/projector.module.js';
import { type Settings } from '../settings.js';
import { CLOCK, type Clock, EVENT_LOG, KEY_VAULT, SETTINGS } from '../storage.module.js';
import { kindOf, LOGGER } from '../telemetry.module.js';
import { AgreementsResolver } from './agreements.resolver.js';
import { askingOf } from './asking.js';
import { formatGraphqlError, refusal } from './graphql-failure.js';
import { LedgerResolver } from './ledger.resolver.js';
import { queryLimits } from './limits.js';
import { OffenderResolver } from './offender.resolver.js';
import { openPictures, type Pictures } from './pictures.js';
import { PICTURES } from './query.tokens.js';
import { type QueryContext } from './query-context.js';
import { recordPlugin } from './record.plugin.js';

function pictures(
  { dataDir }: Settings,
  agreements: Agreements,
  follower: Follower,
  fence: Fence,
  vault: KeyVault,
  clock: Clock,
): Pictures {
  const pseudonym = identifierPseudonym(vault);
  return openPictures({
    open: (agency) => openEmbeddedReader(dataDir, agency),
    register: agreements.register,
    progress: follower,
    fence: fence.position,
    clock,
    searchPseudonym: (kind, value) => vault.pseudonym(`search:${kind}`, value),
    pseudonym: (scheme, value) => {
      const parsed = parseIdentifier(scheme, value, new Date(clock()).getUTCFullYear());
      return pseudonym({ scheme, value: parsed.outcome === 'valid' ? parsed.value : value });
    },
  });
}

/** More words than any honest question has. */
const MOST_TOKENS = 3000;

/** Verifies the token and reads the purpose before anything of the operation runs. */
function contextOf(verify: VerifyToken, clock: Clock): (request: FastifyRequest) => Promise<QueryContext> {
  return async ({ headers, method }) => {
    try {
      if (method !== 'POST')
        throw new Invalid(
          'post-only',
          'questions are asked by POST, so that no address holds what was asked',
        );
      const caller = await verify(bearerToken(headers.authorization));
      return { asking: askingOf(caller, headers, clock()), pictures: [] };
    } catch (error) {
      throw refusal(error);
    }
  };
}

function driver(verify: VerifyToken, clock: Clock, log: EventLog, logger: Logger): ApolloDriverConfig {
  const onFault = (error: unknown): void => logger.error({ fault: kindOf(error) }, 'a question failed');
  return {
    autoSchemaFile: true,
    sortSchema: true,
    path: '/graphql',
    graphiql: false,
    playground: false,
    introspection: true,
    context: contextOf(verify, clock),
    formatError: formatGraphqlError,
    plugins: [recordPlugin(log, onFault), ApolloServerPluginCacheControlDisabled()],
    validationRules: queryLimits,
    parseOptions: { maxTokens: MOST_TOKENS },
    buildSchemaOptions: { numberScalarMode: 'integer' },
  };
}

/** GraphQL for agencies (design §8). */
@Module({
  imports: [
    CqrsModule,
    GraphQLModule.forRootAsync<ApolloDriverConfig>({
      driver: ApolloDriver,
      inject: [VERIFY_TOKEN, CLOCK, EVENT_LOG, LOGGER],
      useFactory: driver,
    }),
  ],
  providers: [
    {
      provide: PICTURES,
      useFactory: pictures,
      inject: [SETTINGS, AGREEMENTS, FOLLOWER, FENCE, KEY_VAULT, CLOCK],
    },
    OffenderResolver,
    AgreementsResolver,
    LedgerResolver,
  ],
})
export class QueryModule implements OnApplicationShutdown {
  constructor(@Inject(PICTURES) private readonly pictures: Pictures) {}

  onApplicationShutdown(): void {
    this.pictures.close();
  }
}
