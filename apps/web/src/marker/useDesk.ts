import { useEffect, useState } from 'react';
import { freeDesk, takeDesk } from '../api/desks.js';
import type { Desk } from '../api/types.js';

const PROLONG_EVERY = 2 * 60_000;
/** How many answers are tried for one that nobody holds, before one is told that all are taken. */
const MOST_TRIED = 20;

/**
 * Keeps an answer on one's desk while it is open, and gives it back after. Null until the server has said whose it is;
 * a server that cannot be reached is no reason to keep anybody from working.
 */
export function useDesk(answer: string): Desk | null {
  const [desk, setDesk] = useState<{ readonly answer: string; readonly is: Desk } | null>(null);
  useEffect(() => {
    let left = false;
    const take = async () => {
      const is = await takeDesk(answer).catch(() => null);
      if (!left && is !== null) setDesk({ answer, is });
    };
    void take();
    const timer = setInterval(() => void take(), PROLONG_EVERY);
    return () => {
      left = true;
      clearInterval(timer);
      freeDesk(answer).catch(() => undefined);
    };
  }, [answer]);
  return desk?.answer === answer ? desk.is : null;
}

/** The first of these answers that no colleague holds, taken; null when all of those tried are taken. */
export async function firstFree(answers: readonly string[]): Promise<string | null> {
  for (const answer of answers.slice(0, MOST_TRIED)) {
    const desk = await takeDesk(answer).catch(() => null);
    if (desk === null || desk.yours) return answer;
  }
  return null;
}
