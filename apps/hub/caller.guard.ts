import {
  createParamDecorator,
  type CanActivate,
  type ExecutionContext,
  Inject,
  Injectable,
} from '@nestjs/common';
import { type Caller } from '../../libs/adapters/caller/caller.js';
import { bearerToken } from '../../libs/adapters/caller/verify-token.js';
import { Forbidden } from '../../libs/contract/failure.js';

/** `verify` of a bearer token; provided by `caller.module.ts`. */
export const VERIFY_TOKEN = Symbol('verify token');
export type VerifyToken = (token: string | undefined) => Promise<Caller>;

/** The part of a request that identifies its caller. */
export interface AuthenticatedRequest {
  readonly headers: { readonly authorization?: string | undefined };
  caller?: Caller;
}

/** Puts the verified `Caller` on the request, or throws `Forbidden` `token-*`. */
@Injectable()
export class CallerGuard implements CanActivate {
  constructor(@Inject(VERIFY_TOKEN) private readonly verify: VerifyToken) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    request.caller = await this.verify(bearerToken(request.headers.authorization));
    return true;
  }
}

/** The caller that `CallerGuard` verified. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (caller === undefined) throw new Forbidden('token-missing', 'a bearer token is required');
  return caller;
});
