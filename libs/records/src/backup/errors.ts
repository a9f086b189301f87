export type BackupErrorCode = 'not-a-backup' | 'damaged' | 'other-version' | 'not-empty';

/** Why a backup cannot be put back; the message says what, where and what to do. No row has been written. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
  constructor(
    readonly code: BackupErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
