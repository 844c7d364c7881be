import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import { isFailure } from '../../libs/contract/failure.js';
import { type Problem, problemOf, problemOfStatus } from './problem.js';
import { describeUnexpected } from './unexpected.js';

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
  private readonly logger = new Logger('problem');

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType<string>() !== 'http') throw error;
    const problem = this.problem(error);
    const reply = host.switchToHttp().getResponse<Reply>();
    void reply.status(problem.status).type(PROBLEM_JSON).send(JSON.stringify(problem));
  }

  private problem(error: unknown): Problem {
    if (isFailure(error)) return problemOf(error);
    if (error instanceof HttpException) return problemOfStatus(error.getStatus());
    this.logger.error(describeUnexpected(error));
    return problemOfStatus(500);
  }
}
