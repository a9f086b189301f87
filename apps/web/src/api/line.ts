import { ProblemError } from './problem.js';

export interface UploadProgress {
  /** Of what was given to the line, in bytes; while the line is lost, of what has arrived. */
  readonly sent: number;
  readonly total: number;
  /** The connection is lost; it is tried again by itself. */
  readonly waiting: boolean;
}

/** Between tries, in ms, from the last that moved something on; the last of them stands for all that follow. */
const PAUSES = [0, 500, 1000, 2000, 4000, 8000];
/** A server that answers with a fault of its own is asked so often; a line that is lost is waited for. */
const FAULTS = 34;

/** How long, in ms, nothing may move before a line counts as lost: a browser alone would wait for many minutes. */
const QUIET = { sending: 20_000, offline: 2000 };
const LOOK_EVERY = 500;

interface Line {
  /** Something was sent; all of it, or not. */
  readonly moved: (allSent: boolean) => void;
  readonly stop: () => void;
}

/** Calls `lost` once nothing has moved for too long, or all is sent and not answered within some ms. */
export function watchLine(lost: () => void, answeredWithin = QUIET.sending): Line {
  let last = Date.now();
  let limit = QUIET.sending;
  const timer = setInterval(() => {
    // Said of the whole machine, which may reach a server of its own all the same: no reason to give up what moves.
    if (Date.now() - last > (navigator.onLine ? limit : QUIET.offline)) lost();
  }, LOOK_EVERY);
  return {
    moved: (allSent) => {
      last = Date.now();
      limit = allSent ? answeredWithin : QUIET.sending;
    },
    stop: () => clearInterval(timer),
  };
}

const mayPass = ({ status }: ProblemError) =>
  status === 0 || status >= 500 || status === 409 || status === 423 || status === 429;

interface Patience<T> {
  /** One try, which calls `moved` where it came further than those before it. */
  readonly attempt: (moved: () => void) => Promise<T>;
  readonly onLost: () => void;
  readonly signal: AbortSignal;
  readonly again?: (problem: ProblemError) => boolean;
}

/** Tries until it is through, refused or stopped; at once when the browser says that the line is back. */
export async function patiently<T>({ attempt, onLost, signal, again = mayPass }: Patience<T>): Promise<T> {
  for (let tries = 0, faults = 0; ; tries += 1) {
    try {
      return await attempt(() => {
        tries = 0;
        faults = 0;
      });
    } catch (error) {
      if (!(error instanceof ProblemError) || signal.aborted || !again(error)) throw error;
      if (error.status !== 0 && (faults += 1) > FAULTS) throw error;
      onLost();
      await pause(PAUSES[Math.min(tries, PAUSES.length - 1)] ?? 0, signal);
      if (signal.aborted) throw stopped();
    }
  }
}

/** Somebody stopped it. */
export const stopped = () =>
  new ProblemError(
    0,
    'The upload was stopped',
    'Nothing was handed in. Of a large file, what has arrived is kept: choose the same file again to go on there.',
  );

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener('online', end);
      signal.removeEventListener('abort', end);
      done();
    };
    const timer = setTimeout(end, ms);
    addEventListener('online', end);
    signal.addEventListener('abort', end);
  });
}
