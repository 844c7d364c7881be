import { Controller, Get, Global, Inject, Module } from '@nestjs/common';
import { type DevelopmentIssuer, developmentIssuer } from '../../libs/adapters/caller/development-issuer.js';
import { localKeys, remoteKeys } from '../../libs/adapters/caller/keys.js';
import { tokenVerifier } from '../../libs/adapters/caller/verify-token.js';
import { CallerGuard, VERIFY_TOKEN, type VerifyToken } from './caller.guard.js';
import { type Settings } from './settings.js';
import { CLOCK, type Clock, SETTINGS } from './storage.module.js';

/** The built-in issuer, undefined when an outside one is configured. */
export const DEVELOPMENT_ISSUER = Symbol('development issuer');

function issuer({ issuer, dataDir }: Settings): DevelopmentIssuer | undefined {
  return issuer === undefined ? developmentIssuer(dataDir, process.env) : undefined;
}

function verifier(settings: Settings, builtIn: DevelopmentIssuer | undefined, clock: Clock): VerifyToken {
  const { issuer, audience } = settings;
  if (issuer !== undefined)
    return tokenVerifier({
      issuer: issuer.issuer,
      audience,
      keys: remoteKeys(new URL(issuer.jwksUrl)),
      clock,
    });
  if (builtIn === undefined) throw new Error('no issuer');
  return tokenVerifier({
    issuer: builtIn.issuer,
    audience: builtIn.audience,
    keys: localKeys(builtIn.jwks),
    clock,
  });
}

/** The public keys of the built-in issuer, so that other development tools can check its tokens. */
@Controller('.well-known')
class DevelopmentKeysController {
  constructor(@Inject(DEVELOPMENT_ISSUER) private readonly builtIn: DevelopmentIssuer | undefined) {}

  @Get('jwks.json')
  keys(): unknown {
    return this.builtIn?.jwks ?? { keys: [] };
  }
}

@Global()
@Module({
  controllers: [DevelopmentKeysController],
  providers: [
    { provide: DEVELOPMENT_ISSUER, useFactory: issuer, inject: [SETTINGS] },
    { provide: VERIFY_TOKEN, useFactory: verifier, inject: [SETTINGS, DEVELOPMENT_ISSUER, CLOCK] },
    CallerGuard,
  ],
  exports: [DEVELOPMENT_ISSUER, VERIFY_TOKEN, CallerGuard],
})
export class CallerModule {}
