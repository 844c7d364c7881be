import { describe, expect, it } from '@jest/globals';
import { Conflict, type Failure, Forbidden, Invalid, Unavailable } from '../../libs/contract/failure.js';
import { problemOf, problemOfStatus } from './problem.js';

describe('a failure over HTTP', () => {
  const failures: readonly (readonly [Failure, number])[] = [
    [new Invalid('anything', 'x'), 400],
    [new Invalid('not-found', 'x'), 404],
    [new Invalid('too-large', 'x'), 413],
    [new Invalid('unsupported-media-type', 'x'), 415],
    [new Forbidden('not-your-source', 'x'), 403],
    [new Forbidden('token-expired', 'x'), 401],
    [new Conflict('different-content', 'x'), 409],
    [new Unavailable('anything', 'x'), 503],
  ];

  it.each(failures)('%s has the status %i', (failure, status) => {
    expect(problemOf(failure).status).toBe(status);
  });

  it('keeps its code, message and errors, and says something to the person at the screen', () => {
    const errors = [{ pointer: '/id', detail: 'is required' }];
    const problem = problemOf(new Invalid('invalid-event', 'the event is wrong', errors));
    expect(problem).toMatchObject({
      type: 'urn:concordat:problem:invalid-event',
      detail: 'the event is wrong',
      errors,
    });
    expect(problem.userMessage).toMatch(/\w+ \w+/);
  });

  it.each([400, 404, 413, 415, 500])('of the framework keeps its status %i', (status) => {
    expect(problemOfStatus(status)).toMatchObject({ status, errors: [] });
  });
});
