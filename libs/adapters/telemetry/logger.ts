import { pino, type DestinationStream, type LogFn, type Logger } from 'pino';

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
    hooks: { logMethod: namesOnly },
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

/** An error is told by its name: its message may quote what somebody sent. */
function namesOnly(this: Logger, parameters: Parameters<LogFn>, method: LogFn): void {
  const [first, message = 'fault', ...rest] = parameters as [unknown, string?, ...unknown[]];
  if (first instanceof Error) method.call(this, { fault: first.name }, message, ...rest);
  else method.apply(this, parameters);
}
