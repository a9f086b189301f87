import { useEffect, useSyncExternalStore } from 'react';
import { freeDesk, takeDesk } from '../api/desks.js';
import type { Desk } from '../api/types.js';
import { makeDeskKeeper } from './desk-keeper.js';

/** What lies on the desk of whoever marks on this page. */
export const desks = makeDeskKeeper({
  take: takeDesk,
  free: freeDesk,
  later: (act, ms) => setTimeout(act, ms),
});

addEventListener('pagehide', () => desks.leave());
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) desks.prolong();
});

/** Keeps an answer on one's desk while it is open, and gives it back after. Null until the server has said whose it is. */
export function useDesk(answer: string): Desk | null {
  useEffect(() => desks.hold(answer).release, [answer]);
  return useSyncExternalStore(desks.subscribe, () => desks.of(answer));
}
