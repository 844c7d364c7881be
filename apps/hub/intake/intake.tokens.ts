import { Command } from '@nestjs/cqrs';
import { type Caller } from '../../../libs/adapters/caller/caller.js';
import { type ParsedPublication } from '../../../libs/contract/envelope.js';
import { type Receipt } from './receipt.js';

/** The way in of this process: see `intake.ts`. */
export const INTAKE = Symbol('intake');

/** Tells which agreements bind an agency, for `GET /status`. */
export const BINDING_AGREEMENTS = Symbol('binding agreements');
export type BindingAgreements = (agency: string) => readonly BindingAgreement[];

export interface BindingAgreement {
  readonly reference: string;
  readonly version: number;
  readonly title: string;
  readonly status: string;
}

/** Publications of one request, in their order. */
export class Publish extends Command<readonly Receipt[]> {
  constructor(
    readonly caller: Caller,
    readonly publications: readonly ParsedPublication[],
  ) {
    super();
  }
}
