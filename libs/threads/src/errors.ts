/** The task took more time or memory than it may, and its thread was ended. The message says what: `took over 15 s`. */
export class OutOfBounds extends Error {
  override readonly name = 'OutOfBounds';
}

/** As many tasks wait as may. */
export class TooBusy extends Error {
  override readonly name = 'TooBusy';
}

/** A thread did not start, or ended in the middle of the task, for no fault of the task that is known. */
export class ThreadLost extends Error {
  override readonly name = 'ThreadLost';
}
