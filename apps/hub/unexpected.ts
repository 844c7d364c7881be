/** Names an error nobody foresaw and where it was thrown; never its message, which might hold what a caller sent. */
export function describeUnexpected(error: unknown): string {
  if (!(error instanceof Error)) return 'unexpected throw of no error';
  const place = /^\s*at (.+)$/m.exec(error.stack ?? '')?.[1] ?? 'unknown place';
  return `unexpected ${error.name} at ${place}`;
}
