/**
 * The four kinds of failure that are thrown; every other expected outcome is a value or an event.
 * Messages are lower case, name the input by its path or code, and never hold personal data.
 */
export type FailureKind = 'invalid' | 'forbidden' | 'conflict' | 'unavailable';

/** One thing wrong with an input: a JSON Pointer (RFC 6901) into it, and what is wrong there. */
export interface InputError {
  readonly pointer: string;
  readonly detail: string;
}

class Failure extends Error {
  constructor(
    readonly kind: FailureKind,
    readonly code: string,
    message: string,
    readonly errors: readonly InputError[] = [],
  ) {
    super(message);
    this.name = new.target.name;
  }
}

/** The input breaks a rule that its sender can repair (HTTP 400 or 422). */
export class Invalid extends Failure {
  constructor(code: string, message: string, errors?: readonly InputError[]) {
    super('invalid', code, message, errors);
  }
}

/** The caller may not do this, whatever the input (HTTP 401 or 403). */
export class Forbidden extends Failure {
  constructor(code: string, message: string) {
    super('forbidden', code, message);
  }
}

/** The input contradicts what is already recorded (HTTP 409). */
export class Conflict extends Failure {
  constructor(code: string, message: string) {
    super('conflict', code, message);
  }
}

/** The hub cannot answer safely now; the same request may succeed later (HTTP 503). */
export class Unavailable extends Failure {
  constructor(code: string, message: string) {
    super('unavailable', code, message);
  }
}

export type { Failure };

export function isFailure(error: unknown): error is Failure {
  return error instanceof Failure;
}
