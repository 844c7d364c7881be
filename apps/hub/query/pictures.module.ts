import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { identifierPseudonym } from '../../../libs/adapters/key-vault/identifier-pseudonym.js';
import { type KeyVault } from '../../../libs/adapters/key-vault/key-vault.js';
import { openEmbeddedReader } from '../../../libs/adapters/read-store/embedded-reader.js';
import { parseIdentifier } from '../../../libs/domain/identity/identifiers.js';
import { type Agreements } from '../agreements/agreements.js';
import { AGREEMENTS } from '../agreements/agreements.tokens.js';
import { type EmergencyRoom } from '../emergencies/emergencies.js';
import { EMERGENCIES } from '../emergencies/emergencies.tokens.js';
import { type Fence } from '../fence.js';
import { FENCE } from '../fence.module.js';
import { type Follower } from '../projector/follower.js';
import { FOLLOWER } from '../projector/projector.module.js';
import { type Settings } from '../settings.js';
import { CLOCK, type Clock, KEY_VAULT, SETTINGS } from '../storage.module.js';
import { openPictures, type Pictures } from './pictures.js';
import { PICTURES } from './query.tokens.js';

function pictures(
  { dataDir }: Settings,
  agreements: Agreements,
  emergencies: EmergencyRoom,
  follower: Follower,
  fence: Fence,
  vault: KeyVault,
  clock: Clock,
): Pictures {
  const pseudonym = identifierPseudonym(vault);
  return openPictures({
    open: (agency) => openEmbeddedReader(dataDir, agency),
    register: agreements.register,
    due: () => Math.min(agreements.due(), emergencies.due()),
    elapse: () => agreements.elapse().then(emergencies.elapse),
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

/** The pictures that queries and subscriptions are answered from. */
@Module({
  providers: [
    {
      provide: PICTURES,
      useFactory: pictures,
      inject: [SETTINGS, AGREEMENTS, EMERGENCIES, FOLLOWER, FENCE, KEY_VAULT, CLOCK],
    },
  ],
  exports: [PICTURES],
})
export class PicturesModule implements OnApplicationShutdown {
  constructor(@Inject(PICTURES) private readonly pictures: Pictures) {}

  onApplicationShutdown(): void {
    this.pictures.close();
  }
}
