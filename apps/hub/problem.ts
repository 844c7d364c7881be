import { type Failure, type FailureKind, type InputError, Invalid } from '../../libs/contract/failure.js';

/** An error as HTTP callers get it (RFC 9457). `userMessage` is for the person at the screen. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly userMessage: string;
  readonly errors: readonly InputError[];
}

interface Face {
  readonly status: number;
  readonly title: string;
  readonly userMessage: string;
}

const kinds: Readonly<Record<FailureKind, Face>> = {
  invalid: {
    status: 400,
    title: 'Invalid input',
    userMessage: 'Something in what was sent is not right. Correct what is listed and send it again.',
  },
  forbidden: {
    status: 403,
    title: 'Not allowed',
    userMessage: 'You are not allowed to do this. Ask your system administrator if you think you should be.',
  },
  conflict: {
    status: 409,
    title: 'Conflict',
    userMessage: 'This contradicts what is already recorded. Nothing was changed.',
  },
  unavailable: {
    status: 503,
    title: 'Not available now',
    userMessage: 'The hub cannot do this at the moment. Nothing was lost: try again later.',
  },
};

const codes: Readonly<Record<string, Partial<Face>>> = {
  'not-found': { status: 404, title: 'Not found', userMessage: 'There is nothing here that you may see.' },
  'too-large': { status: 413, title: 'Too large', userMessage: 'Send less at once.' },
  'unsupported-media-type': { status: 415, title: 'Unsupported media type' },
  'not-your-source': { userMessage: 'Your agency may publish only under its own source.' },
  'not-your-event-type': { userMessage: 'Your agency may publish only the event types registered to it.' },
  'different-content': {
    userMessage: 'An event with this source and id was received before, with other content. Use a new id.',
  },
};

const token: Face = {
  status: 401,
  title: 'Not authenticated',
  userMessage: 'Your sign-in is missing, out of date or not accepted. Sign in again.',
};

/** The one place where a failure becomes HTTP: its kind, and for some codes the code, give status and wording. */
export function problemOf({ kind, code, message, errors }: Failure): Problem {
  const face = code.startsWith('token-') ? token : { ...kinds[kind], ...codes[code] };
  const { status, title, userMessage } = face;
  return { type: `urn:concordat:problem:${code}`, title, status, detail: message, userMessage, errors };
}

/** The problem for an error that the web framework raised: only its status is passed on, never its text. */
export function problemOfStatus(status: number): Problem {
  const shape = frameworkProblems[status];
  if (shape !== undefined) return problemOf(shape);
  const { title, userMessage } = kinds[status < 500 ? 'invalid' : 'unavailable'];
  const detail = status < 500 ? 'the request cannot be served' : 'the hub failed to serve the request';
  return { type: `urn:concordat:problem:http-${status}`, title, status, detail, userMessage, errors: [] };
}

const frameworkProblems: Readonly<Record<number, Failure>> = {
  404: new Invalid('not-found', 'there is nothing at this address'),
  413: new Invalid('too-large', 'the request body is too large'),
  415: new Invalid('unsupported-media-type', 'the content type is missing or not one that is read here'),
};
