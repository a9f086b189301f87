/** What is to be marked with what; names the work, so that doing it twice is doing it once. */
export interface SubmissionWork {
  readonly submissionId: string;
  readonly examVersionId: string;
  readonly engineVersion: string;
  readonly schemeHash: string;
}

/** One part of a submission's work. */
export interface PartWork extends SubmissionWork {
  readonly answerId: string;
  readonly readingId: string;
  readonly part: string;
  /** Its network is run before it is marked. */
  readonly needsRun: boolean;
}

/** What a processor is told about the run it is in. */
export interface RunContext {
  /** 1 for the first. */
  readonly attempt: number;
  readonly maxAttempts: number;
  /** Aborted when the worker is being closed by force. */
  readonly signal: AbortSignal;
}

/**
 * The work behind the queue. Each may run more than once for the same input (a worker died, the database went
 * away at the end) and must then come to the same result.
 */
export interface Processors {
  /** Splits the submission and stores its answers; returns the parts to be marked. */
  split(work: SubmissionWork, run: RunContext): Promise<readonly PartToMark[]>;
  /** Runs the network of one part and stores what came of it; marking the part waits for this. */
  run(work: PartWork, run: RunContext): Promise<void>;
  /** Marks one part and stores the proposed mark. Also called where its run has failed for good. */
  markPart(work: PartWork, run: RunContext): Promise<void>;
  /** Runs once all parts are done or have failed for good; settles the submission's state from the rows. */
  finish(work: SubmissionWork, run: RunContext): Promise<void>;
  /** A part has used up its attempts: store it as failed, with no mark. */
  partFailed(work: PartWork, reason: string): Promise<void>;
  /** Splitting or finishing has used up its attempts: store the submission as failed. */
  submissionFailed(work: SubmissionWork, reason: string): Promise<void>;
}

export interface PartToMark {
  readonly part: string;
  readonly answerId: string;
  readonly readingId: string;
  /** Whether its network is to be run first. */
  readonly needsRun: boolean;
}
