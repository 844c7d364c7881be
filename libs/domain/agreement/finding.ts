/** What a linter says of an agreement. An `error` may not be proposed; a `warning` is for somebody to think about. */
export interface Finding {
  readonly severity: 'error' | 'warning';
  /** A literal that names the kind of finding: `unlawful-flow`. */
  readonly code: string;
  /** JSON Pointer (RFC 6901) into the document. */
  readonly pointer: string;
  readonly detail: string;
  /** The requirement that is not met (`R33`), null where it is one of good order. */
  readonly requirement: string | null;
  /** Gateways that would carry a refused flow, with what the clause must also state. */
  readonly alternatives: readonly string[];
}

type Said = Pick<Finding, 'code' | 'pointer' | 'detail'> & Partial<Finding>;

export function error(said: Said): Finding {
  return { severity: 'error', requirement: null, alternatives: [], ...said };
}

export function warning(said: Said): Finding {
  return { severity: 'warning', requirement: null, alternatives: [], ...said };
}
