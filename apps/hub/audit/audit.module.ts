import { Module } from '@nestjs/common';
import { type EventLog } from '../../../libs/adapters/event-log/event-log.js';
import { soughtPseudonym } from '../../../libs/adapters/key-vault/identifier-pseudonym.js';
import { type KeyVault } from '../../../libs/adapters/key-vault/key-vault.js';
import { type Pictures } from '../query/pictures.js';
import { QueryModule } from '../query/query.module.js';
import { PICTURES } from '../query/query.tokens.js';
import { CLOCK, type Clock, EVENT_LOG, KEY_VAULT } from '../storage.module.js';
import { AUDITING } from './audit.tokens.js';
import { openAuditing } from './auditing.js';
import { CorrectedResolver } from './corrected.resolver.js';
import { ExplanationResolver } from './explanation.resolver.js';
import { KnowledgeResolver } from './knowledge.resolver.js';
import { OperationsResolver } from './operations.resolver.js';
import { PatternsResolver } from './patterns.resolver.js';

/** What auditors ask (design §9), over the same log and with the same answers as `concordat audit`. */
@Module({
  imports: [QueryModule],
  providers: [
    {
      provide: AUDITING,
      useFactory: (log: EventLog, pictures: Pictures, vault: KeyVault, clock: Clock) =>
        openAuditing(
          log,
          pictures,
          vault,
          soughtPseudonym(vault, () => new Date(clock()).getUTCFullYear()),
        ),
      inject: [EVENT_LOG, PICTURES, KEY_VAULT, CLOCK],
    },
    OperationsResolver,
    ExplanationResolver,
    KnowledgeResolver,
    CorrectedResolver,
    PatternsResolver,
  ],
})
export class AuditModule {}
