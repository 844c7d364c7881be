import { Global, Module } from '@nestjs/common';
import { openFence } from './fence.js';

export const FENCE = Symbol('fence');

@Global()
@Module({ providers: [{ provide: FENCE, useFactory: openFence }], exports: [FENCE] })
export class FenceModule {}
