import { type DynamicModule, Module } from '@nestjs/common';
import { AgreementsModule } from './agreements/agreements.module.js';
import { AuditModule } from './audit/audit.module.js';
import { CallerModule } from './caller.module.js';
import { CaseworkModule } from './casework/casework.module.js';
import { CorrectionsModule } from './corrections/corrections.module.js';
import { EmergenciesModule } from './emergencies/emergencies.module.js';
import { ErasureModule } from './erasure/erasure.module.js';
import { FenceModule } from './fence.module.js';
import { GovernanceModule } from './governance/governance.module.js';
import { HealthModule } from './health.controller.js';
import { IntakeModule } from './intake/intake.module.js';
import { OpenapiModule } from './openapi.controller.js';
import { ProjectorModule } from './projector/projector.module.js';
import { QueryModule } from './query/query.module.js';
import { ReportsModule } from './reports/reports.module.js';
import { type HubRole } from './settings.js';
import { type Start, StorageModule } from './storage.module.js';
import { TelemetryModule } from './telemetry.module.js';
import { TransparencyModule } from './transparency/transparency.module.js';

/** The hub: storage and callers first, then a room per verb, as far as this process runs it. */
@Module({})
export class HubModule {
  static with(start: Start): DynamicModule {
    const runs = (role: HubRole): boolean => start.settings.roles.includes(role);
    return {
      module: HubModule,
      imports: [
        TelemetryModule,
        StorageModule.with(start),
        CallerModule,
        FenceModule,
        AgreementsModule,
        EmergenciesModule,
        CorrectionsModule,
        GovernanceModule,
        TransparencyModule,
        ProjectorModule,
        ...(runs('intake') ? [IntakeModule] : []),
        ...(runs('intake') && runs('query') ? [CaseworkModule] : []),
        ErasureModule.with(start.settings),
        ...(runs('query') ? [QueryModule, AuditModule, ReportsModule] : []),
        HealthModule,
        OpenapiModule,
      ],
    };
  }
}
