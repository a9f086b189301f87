/** An order to mark a submission, written in the transaction that received it, so that no crash can lose it. */
export interface OutboxJob {
  readonly id: string;
  readonly submissionId: string;
  readonly examVersionId: string;
  readonly schemeHash: string;
  readonly createdAt: Date;
}

export interface Outbox {
  /**
   * Hands each waiting order to `enqueue` and strikes it off once that has resolved: at least once, so enqueue
   * must be idempotent. An order whose enqueue rejects stays. Several processes may do this at the same time.
   * Returns how many were handed over and how many stay.
   */
  dispatch(
    enqueue: (job: OutboxJob) => Promise<void>,
    options?: { readonly limit?: number },
  ): Promise<{ dispatched: number; failed: number }>;
  /**
   * Writes the order again for submissions that should long be settled and are not (a queue that lost its data, a
   * worker that died for good). Returns how many.
   */
  recover(options: { readonly unsettledForMs: number }): Promise<number>;
  /** Writes the order again for one submission, to mark it anew. Throws NotFoundError. */
  order(submissionId: string): Promise<void>;
  waiting(): Promise<number>;
}
