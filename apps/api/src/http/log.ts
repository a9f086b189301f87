import type { LoggerService } from '@nestjs/common';
import type { FastifyBaseLogger } from 'fastify';

/** Nest's own messages in the one structured log. */
export class StructuredLog implements LoggerService {
  constructor(private readonly logger: FastifyBaseLogger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.logger.debug(about(rest), String(message));
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.logger.error(about(rest), String(message));
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.logger.warn(about(rest), String(message));
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.logger.debug(about(rest), String(message));
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.logger.trace(about(rest), String(message));
  }
}

/** Nest gives the name of whoever speaks last. */
function about(rest: readonly unknown[]): { by?: string } {
  const by = rest.at(-1);
  return typeof by === 'string' ? { by } : {};
}
