import { pino, type Logger } from 'pino';

export const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
export type Log = Pick<Logger, 'error' | 'warn' | 'info' | 'debug'>;

/** To standard error, one line of JSON each; about submissions and parts, never about people. */
export function openLog(level: LogLevel): Log {
  return pino({ level, base: { room: 'worker' } }, pino.destination(2));
}
