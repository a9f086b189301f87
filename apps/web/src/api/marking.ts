import { queryOptions } from '@tanstack/react-query';
import { call } from './http.js';
import type { AnswerForMarking, Mark, NewMark, QueueEntry, QueueState } from './types.js';

/** How many answers of a queue are fetched at once; the rest follows when these are marked. */
export const QUEUE_LENGTH = 500;

export interface QueueFilter {
  readonly part?: string;
  readonly state: QueueState;
}

export const queue = (exam: string, { part, state }: QueueFilter) =>
  queryOptions({
    queryKey: ['queue', exam, part ?? null, state],
    queryFn: ({ signal }) => {
      const asked = new URLSearchParams({
        state,
        limit: String(QUEUE_LENGTH),
        ...(part === undefined ? {} : { part }),
      });
      return call<QueueEntry[]>(`/api/v1/exams/${encodeURIComponent(exam)}/marking-queue?${asked}`, {
        signal,
      });
    },
  });

export const answer = (id: string) =>
  queryOptions({
    queryKey: ['answer', id],
    queryFn: ({ signal }) => call<AnswerForMarking>(`/api/v1/answers/${encodeURIComponent(id)}`, { signal }),
    staleTime: 15_000,
  });

export const decide = (answerId: string, mark: NewMark) =>
  call<Mark>(`/api/v1/answers/${encodeURIComponent(answerId)}/marks`, { method: 'POST', json: mark });
