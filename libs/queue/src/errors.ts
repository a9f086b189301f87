/** The queue's server does not answer, or its tables are missing. Nothing was opened; try again later. */
export class QueueNotReadyError extends Error {
  override readonly name = 'QueueNotReadyError';
  readonly code = 'queue-not-ready';
  constructor(server: string, cause: unknown) {
    super(
      `The queue cannot be opened: ${server} says ${cause instanceof Error ? cause.message || cause.name : String(cause)}`,
      {
        cause,
      },
    );
  }
}

/** The same work is ending just now, and may have looked past what it is ordered for: order it again in a moment. */
export class WorkEndingError extends Error {
  override readonly name = 'WorkEndingError';
  readonly code = 'work-ending';
}

/** Thrown by a processor when trying again cannot help; the job is done with at once. */
export class PermanentFailure extends Error {
  override readonly name = 'PermanentFailure';
}
