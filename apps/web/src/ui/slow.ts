import { useMutationState } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { announce } from './announce.js';

/** What takes longer than this is said to. */
const SLOW_MS = 5000;
const STUCK_MS = 30_000;

/** Says that what was sent is still on its way, so that nobody presses again or wonders whether they did. */
export function useSaysWhatIsSlow(): void {
  const sentAt = useMutationState({
    filters: { status: 'pending', predicate: ({ meta }) => meta?.['writes'] === true },
    select: ({ state }) => state.submittedAt,
  });
  const oldest = sentAt.length === 0 ? null : Math.min(...sentAt);
  useEffect(() => {
    if (oldest === null) return undefined;
    const soon = setTimeout(
      () =>
        announce('Still being sent: the server or the connection is slow. It goes on by itself.', 'clock'),
      Math.max(0, oldest + SLOW_MS - Date.now()),
    );
    const later = setTimeout(
      () =>
        announce(
          'The server has not answered for half a minute. Load the page again to see whether it was done.',
          'clock',
        ),
      Math.max(0, oldest + STUCK_MS - Date.now()),
    );
    return () => {
      clearTimeout(soon);
      clearTimeout(later);
    };
  }, [oldest]);
}

/** True once something has taken longer than most do. */
export function useIsSlow(): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, []);
  return slow;
}
