import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { type Logger } from 'pino';
import { isFailure } from '../../libs/contract/failure.js';
import { type Problem, problemOf, problemOfStatus } from './problem.js';
import { kindOf } from './telemetry.module.js';

export const PROBLEM_JSON = 'application/problem+json; charset=utf-8';

/** The part of Fastify's reply that is used here. */
export interface Reply {
  status(code: number): Reply;
  type(contentType: string): Reply;
  send(body: string): unknown;
}

/** Answers every error of an HTTP request as a problem document (RFC 9457). GraphQL has its own mapping. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Pick<Logger, 'error'>) {}

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType<string>() !== 'http') throw error;
    const problem = this.problem(error);
    const reply = host.switchToHttp().getResponse<Reply>();
    void reply.status(problem.status).type(PROBLEM_JSON).send(JSON.stringify(problem));
  }

  private problem(error: unknown): Problem {
    if (isFailure(error)) return problemOf(error);
    if (error instanceof HttpException) return problemOfStatus(error.getStatus());
    this.logger.error({ fault: kindOf(error) }, 'a request could not be served');
    return problemOfStatus(500);
  }
}
