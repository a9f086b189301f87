import type { Mark } from './mark.js';

/** The parent of every refusal of this room; `code` is stable, `message` is for people. */
export abstract class RecordsError extends Error {
  abstract readonly code: string;
  override get name(): string {
    return this.constructor.name;
  }
}

/** What was asked for is not there. */
export class NotFoundError extends RecordsError {
  readonly code = 'not-found';
  constructor(
    readonly what:
      | 'exam'
      | 'exam version'
      | 'submission'
      | 'answer'
      | 'part'
      | 'proposed mark'
      | 'mark'
      | 'review request'
      | 'flag'
      | 'second mark'
      | 'moderation sample'
      | 'comment'
      | 'learning platform'
      | 'course link'
      | 'draft of the scheme'
      | 'scheme change'
      | 'conflict of interest'
      | 'upload'
      | 'user'
      | 'API token',
    readonly id: string,
  ) {
    super(`There is no ${what} ${JSON.stringify(id)}.`);
  }
}

/** Somebody else has set a mark since the caller looked; nothing was written. */
export class MarkConflictError extends RecordsError {
  readonly code = 'mark-conflict';
  constructor(
    readonly answerId: string,
    /** The mark that stands now, to be shown beside the one that was refused; null where one was taken back. */
    readonly current: Mark | null,
  ) {
    super(
      current === null
        ? 'The mark of this answer was taken back in the meantime, or it has none yet. Look at the answer as it is now, then decide again.'
        : 'This answer was marked by somebody else in the meantime. Look at both marks, then decide again on top of the current one.',
    );
  }
}

/** Accounts or extensions are no longer as they were when the caller looked; nothing was written. */
export class PeopleConflictError extends RecordsError {
  readonly code = 'people-conflict';
  constructor() {
    super(
      'People or extensions were changed in the meantime. Look at what would change now, then decide again.',
    );
  }
}

/** A mark that is no decimal with at most three places, or lies outside 0 to the part's maximum. */
export class MarkOutOfRangeError extends RecordsError {
  readonly code = 'mark-out-of-range';
  constructor(
    readonly marks: string,
    readonly maximum: string,
  ) {
    super(
      `A mark here is a decimal from 0 to ${maximum} with at most three places, not ${JSON.stringify(marks)}.`,
    );
  }
}

/** Who asks must not mark the student whose work this is. Says no name, and not why. */
export class ConflictOfInterestError extends RecordsError {
  readonly code = 'conflict-of-interest';
  constructor() {
    super(
      'You must not mark this work: an examiner has declared a conflict of interest. Take another answer; ask an examiner if you think this is wrong.',
    );
  }
}

/** Somebody else has said how the document is to be cut since the caller looked; nothing was written. */
export class SplitConflictError extends RecordsError {
  readonly code = 'split-conflict';
  constructor(readonly submissionId: string) {
    super('Somebody else has changed how this document is cut. Load it again, then decide on top of theirs.');
  }
}

/** The exam has another version than the caller began from; nothing was written. */
export class ExamVersionConflictError extends RecordsError {
  readonly code = 'exam-version-conflict';
  constructor(
    /** The number of the version that stands; 0 where there is no such exam. */
    readonly currentVersion: number,
  ) {
    super(
      currentVersion === 0
        ? 'There is no such exam yet. Put it without saying which version it changes.'
        : `The exam has been changed in the meantime: it is at version ${currentVersion} now. Look at that version, then decide on top of it.`,
    );
  }
}

/** Bytes of an upload came for another place than where it ends; nothing was written. */
export class UploadConflictError extends RecordsError {
  readonly code = 'upload-conflict';
  constructor(
    readonly uploadId: string,
    readonly arrived: number,
  ) {
    super(`Of this upload ${arrived} bytes are here. Ask how far it is, and go on from there.`);
  }
}

/** The same idempotency key came with a different request. */
export class IdempotencyKeyReusedError extends RecordsError {
  readonly code = 'idempotency-key-reused';
  constructor(readonly key: string) {
    super('This idempotency key was used before for a different upload. Use a new key for a new upload.');
  }
}

/** The input contradicts itself or the data; the message says what and where. */
export class InvalidRecordError extends RecordsError {
  readonly code = 'invalid-record';
}
