const LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LEVELS)[number];

/**
 * What a log line may say beside its message: names and numbers of the machinery, never what a person wrote. The type
 * is the allow list; a new member is a decision.
 */
export interface LogFields {
  readonly correlation?: string | undefined;
  readonly command?: string | undefined;
  readonly route?: string | undefined;
  readonly status?: number | undefined;
  readonly alliance?: string | undefined;
  readonly seq?: number | undefined;
  readonly view?: string | undefined;
  readonly durationMs?: number | undefined;
  readonly count?: number | undefined;
  readonly code?: string | undefined;
  readonly address?: string | undefined;
  readonly version?: string | undefined;
  readonly stack?: string | undefined;
}

export type Log = Readonly<Record<LogLevel, (message: string, fields?: LogFields) => void>>;

const LONGEST_VALUE = 200;
/** A stack is for the reader of the log alone, and useless when cut to one line. */
const LONGEST_STACK = 4_000;

/** One JSON object a line: time, level, message, fields of the allow list; values are cut, controls are escaped by JSON. */
export function makeLog(
  least: LogLevel,
  write: (line: string) => void = (line) => void process.stderr.write(line),
  now: () => string = () => new Date().toISOString(),
): Log {
  const at =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}) => {
      if (LEVELS.indexOf(level) > LEVELS.indexOf(least)) return;
      write(`${JSON.stringify({ time: now(), level, message: cut(message), ...shortened(fields) })}\n`);
    };
  return { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') };
}

function shortened(fields: LogFields): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'string' ? cut(value, name === 'stack' ? LONGEST_STACK : LONGEST_VALUE) : value,
    ]),
  );
}

function cut(text: string, longest = LONGEST_VALUE): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}
