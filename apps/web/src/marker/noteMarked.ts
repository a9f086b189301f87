import type { QueryClient } from '@tanstack/react-query';
import type { AnswerForMarking, QueueEntry } from '../api/types.js';

/** The queues at hand keep their order, so that one can go back; only the entry's state and its marks change. */
export function noteMarked(queryClient: QueryClient, answer: string, marks: string | null): void {
  queryClient.setQueriesData<QueueEntry[]>({ queryKey: ['queue'] }, (entries) =>
    entries?.map((entry) =>
      entry.answer === answer ? { ...entry, state: 'marked' as const, marks } : entry,
    ),
  );
}

/** As above, for an answer that has no mark any more. */
export function noteTakenBack(
  queryClient: QueryClient,
  { id, state }: Pick<AnswerForMarking, 'id' | 'state'>,
): void {
  queryClient.setQueriesData<QueueEntry[]>({ queryKey: ['queue'] }, (entries) =>
    entries?.map((entry) => (entry.answer === id ? { ...entry, state, marks: null } : entry)),
  );
}
