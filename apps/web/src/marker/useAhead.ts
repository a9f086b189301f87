import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { answer as answerQuery } from '../api/marking.js';
import { ProblemError } from '../api/problem.js';
import { MOST_TRIED, reserve } from './ahead.js';
import { noteMarked } from './noteMarked.js';
import { desks } from './useDesk.js';

/**
 * Holds the next of these answers, and fetches it with what draws it, while one is still at the one before. Gives the
 * way to it: null where colleagues have all that were tried.
 */
export function useAhead(toCome: readonly string[]): () => Promise<string | null> {
  const queryClient = useQueryClient();
  const ahead = useRef<Promise<string | null>>(Promise.resolve(null));
  const tried = toCome.slice(0, MOST_TRIED).join(' ');

  useEffect(() => {
    let over = false;
    let release = () => {};

    async function fetch(id: string): Promise<boolean> {
      try {
        const found = await queryClient.fetchQuery({ ...answerQuery(id), retry: false });
        if (found.part.kind === 'code') await import('../editor/CodeView.js').catch(() => undefined);
        if (found.state === 'marked' && !over) noteMarked(queryClient, id, found.current?.marks ?? null);
        return found.state !== 'marked';
      } catch (error) {
        // Without a connection it is shown as not loaded, and can be tried again there.
        return !(error instanceof ProblemError && [403, 404].includes(error.status));
      }
    }

    const answers = tried === '' ? [] : tried.split(' ');
    ahead.current = reserve(answers, { hold: desks.hold, fetch, over: () => over }).then((found) => {
      if (found === null) return null;
      if (over) found.release();
      else release = found.release;
      return found.answer;
    });
    return () => {
      over = true;
      release();
    };
  }, [queryClient, tried]);

  return async () => {
    for (;;) {
      const asked = ahead.current;
      const found = await asked;
      if (asked === ahead.current) return found;
    }
  };
}
