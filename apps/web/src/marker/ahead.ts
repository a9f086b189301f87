import type { Held } from './desk-keeper.js';

/** How many answers are tried for one that nobody holds, before one is told that all are taken. */
export const MOST_TRIED = 20;

/** An answer that waits on one's desk while one is still at another. */
export interface Reserved {
  readonly answer: string;
  release(): void;
}

interface Reach {
  readonly hold: (answer: string) => Held;
  /** Fetches it; false where it awaits nobody's mark any more, or is not to be seen. */
  readonly fetch: (answer: string) => Promise<boolean>;
  /** Whether the marker has gone elsewhere meanwhile. */
  readonly over: () => boolean;
}

/** The first of these answers that no colleague holds and that still awaits a mark: taken, then fetched. */
export async function reserve(
  answers: readonly string[],
  { hold, fetch, over }: Reach,
): Promise<Reserved | null> {
  for (const answer of answers.slice(0, MOST_TRIED)) {
    if (over()) return null;
    const held = hold(answer);
    const desk = await held.taken;
    // Fetched once it is held: what a colleague gave before is then in it.
    if ((desk === null || desk.yours) && (await fetch(answer))) return { answer, release: held.release };
    held.release();
  }
  return null;
}
