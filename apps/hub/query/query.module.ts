import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { GraphQLModule } from '@nestjs/graphql';
import { type FastifyRequest } from 'fastify';
import { type Logger } from 'pino';
import { bearerToken } from '../../../libs/adapters/caller/verify-token.js';
import { type EventLog } from '../../../libs/adapters/event-log/event-log.js';
import { type KeyVault } from '../../../libs/adapters/key-vault/key-vault.js';
import { Invalid } from '../../../libs/contract/failure.js';
import { type Agreements } from '../agreements/agreements.js';
import { AGREEMENTS } from '../agreements/agreements.tokens.js';
import { VERIFY_TOKEN, type VerifyToken } from '../caller.guard.js';
import { type Follower } from '../projector/follower.js';
import { FOLLOWER } from '../projector/projector.module.js';
import { CLOCK, type Clock, EVENT_LOG, KEY_VAULT } from '../storage.module.js';
import { kindOf, LOGGER } from '../telemetry.module.js';
import { WatchingModule } from '../watching/watching.module.js';
import { AgreementsResolver } from './agreements.resolver.js';
import { documentsWithoutWords } from './asked-words.js';
import { askingOf } from './asking.js';
import { CorrectionsResolver } from './corrections.resolver.js';
import { EmergenciesResolver } from './emergencies.resolver.js';
import { ErasureResolver } from './erasure.resolver.js';
import { formatGraphqlError, refusal } from './graphql-failure.js';
import { LedgerResolver } from './ledger.resolver.js';
import { MOST_TOKENS, queryLimits } from './limits.js';
import { LintResolver } from './lint.resolver.js';
import { OffenderResolver } from './offender.resolver.js';
import { PicturesModule } from './pictures.module.js';
import { type QueryContext } from './query-context.js';
import { recordingTo } from './record-answer.js';
import { recordPlugin } from './record.plugin.js';
import { SignatoryKeysResolver } from './signatory-keys.resolver.js';

/** Verifies the token and reads the purpose before anything of the operation runs. */
function contextOf(
  verify: VerifyToken,
  clock: Clock,
  agreements: Agreements,
): (request: FastifyRequest) => Promise<QueryContext> {
  return async ({ headers, method }) => {
    try {
      if (method !== 'POST')
        throw new Invalid(
          'post-only',
          'questions are asked by POST, so that no address holds what was asked',
        );
      const caller = await verify(bearerToken(headers.authorization));
      return { asking: askingOf(caller, headers, clock(), agreements.register()), pictures: [] };
    } catch (error) {
      throw refusal(error);
    }
  };
}

function driver(
  verify: VerifyToken,
  clock: Clock,
  log: EventLog,
  vault: KeyVault,
  agreements: Agreements,
  follower: Follower,
  logger: Logger,
): ApolloDriverConfig {
  const onFault = (error: unknown): void => logger.error({ fault: kindOf(error) }, 'a question failed');
  const record = recordingTo({ log, vault, agreements, progress: follower });
  return {
    autoSchemaFile: true,
    sortSchema: true,
    path: '/graphql',
    graphiql: false,
    playground: false,
    introspection: true,
    persistedQueries: false,
    documentStore: documentsWithoutWords(),
    context: contextOf(verify, clock, agreements),
    formatError: formatGraphqlError,
    plugins: [recordPlugin(record, onFault), ApolloServerPluginCacheControlDisabled()],
    validationRules: queryLimits,
    parseOptions: { maxTokens: MOST_TOKENS },
    buildSchemaOptions: { numberScalarMode: 'integer' },
  };
}

/** GraphQL for agencies (design §8). */
@Module({
  imports: [
    CqrsModule,
    PicturesModule,
    WatchingModule,
    GraphQLModule.forRootAsync<ApolloDriverConfig>({
      driver: ApolloDriver,
      inject: [VERIFY_TOKEN, CLOCK, EVENT_LOG, KEY_VAULT, AGREEMENTS, FOLLOWER, LOGGER],
      useFactory: driver,
    }),
  ],
  providers: [
    OffenderResolver,
    AgreementsResolver,
    SignatoryKeysResolver,
    EmergenciesResolver,
    CorrectionsResolver,
    ErasureResolver,
    LedgerResolver,
    LintResolver,
  ],
  exports: [PicturesModule],
})
export class QueryModule {}
