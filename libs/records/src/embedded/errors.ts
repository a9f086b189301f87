export type EmbeddedPostgresErrorCode =
  | 'port-taken'
  | 'other-version'
  | 'in-use'
  | 'binaries-missing'
  | 'folder-unreachable'
  | 'password-missing'
  | 'no-account'
  | 'failed-to-start';

/** Why the embedded Postgres cannot run; the message says what, where and what to do. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
  constructor(
    readonly code: EmbeddedPostgresErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
