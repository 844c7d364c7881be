import { GraphQLError, type GraphQLErrorExtensions, type GraphQLFormattedError } from 'graphql';
import { type FailureKind, isFailure } from '../../../libs/contract/failure.js';

/** Failures as GraphQL errors, in one place: our own keep code and message, anything else says nothing. */
export function graphqlError(error: unknown): GraphQLError {
  const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  const place = error instanceof GraphQLError ? { nodes: error.nodes ?? null, path: error.path ?? null } : {};
  if (isFailure(cause)) {
    const { code, kind, errors } = cause;
    const extensions = errors.length > 0 ? { code, kind, errors } : { code, kind };
    return new GraphQLError(cause.message, { ...place, extensions });
  }
  if (error instanceof GraphQLError && codeOf(error) !== undefined) return error;
  return new GraphQLError('the hub could not answer', { ...place, extensions: { code: 'internal' } });
}

/** Errors made by compiled queries may lack `extensions`. */
function codeOf({ extensions }: { readonly extensions?: Readonly<Record<string, unknown>> }): unknown {
  return extensions?.code;
}

/** Messages of parsing and validation that quote only names of the schema or of the query, never a value. */
const harmless =
  /^(Cannot query field|Unknown (argument|type|fragment|directive|operation)|Field "\w+" (argument|must|of)|Variable "\$\w+" is|Fragment "\w+"|the query is|the header |your token|a bearer|no bearer|no token|the token|questions are)/;

/** What leaves when Apollo itself reports an error: no value that the caller sent, and nothing of our insides. */
export function formatGraphqlError(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const { message, locations, path, extensions } = formatted;
  const { code = 'internal', kind, errors } = extensions ?? {};
  const ours = kind !== undefined || code === 'internal' || code === 'BAD_USER_INPUT';
  const inner =
    code === 'INTERNAL_SERVER_ERROR'
      ? 'the hub could not answer'
      : 'the query is not valid at the place given';
  return {
    message: ours || (code !== 'INTERNAL_SERVER_ERROR' && harmless.test(message)) ? message : inner,
    ...(locations && { locations }),
    ...(path && { path }),
    extensions: { code, ...(kind !== undefined && { kind }), ...(errors !== undefined && { errors }) },
  };
}

/** The HTTP status that goes with a refusal before any operation ran. */
const statuses: Readonly<Record<FailureKind, number>> = {
  invalid: 400,
  forbidden: 403,
  conflict: 409,
  unavailable: 503,
};

/** A refusal before any operation ran (token, purpose, a document that is not valid): its own HTTP status. */
export function refusal(error: unknown): GraphQLError {
  const { message, extensions } = graphqlError(error);
  return new GraphQLError(message, { extensions: { ...extensions, http: { status: statusOf(extensions) } } });
}

function statusOf({ code, kind }: GraphQLErrorExtensions): number {
  if (typeof code === 'string' && code.startsWith('token-')) return 401;
  if (kind === undefined) return code === 'internal' ? 500 : 400;
  return statuses[kind as FailureKind];
}
