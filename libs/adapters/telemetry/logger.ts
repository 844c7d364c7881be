import { pino, type DestinationStream, type Logger } from 'pino';

/** The only fields a log line may carry; anything else is dropped, so that no personal data can slip in. */
const allowed = new Set([
  'fault',
  'method',
  'route',
  'status',
  'milliseconds',
  'agency',
  'port',
  'count',
  'position',
  'outcome',
  'code',
  'kind',
]);

/** A logger of JSON lines that refuses personal data: only fields of the list, only short texts and numbers. */
export function openLogger(destination?: DestinationStream): Logger {
  const options = {
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: {
      log: (line: Record<string, unknown>) => Object.fromEntries(Object.entries(line).filter(isAllowed)),
    },
  };
  return destination === undefined ? pino(options, pino.destination(2)) : pino(options, destination);
}

function isAllowed([name, value]: [string, unknown]): boolean {
  return (
    allowed.has(name) && (typeof value === 'number' || (typeof value === 'string' && value.length <= 64))
  );
}
