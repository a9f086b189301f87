import { queryOptions } from '@tanstack/react-query';
import { call } from './http.js';
import type { AnswerForMarking, Mark, NewMark, QueueEntry, QueueState } from './types.js';

export interface QueueFilter {
  readonly part?: string;
  readonly state: QueueState;
}

export const queue = (exam: string, { part, state }: QueueFilter) =>
  queryOptions({
    queryKey: ['queue', exam, part ?? null, state],
    queryFn: ({ signal }) => {
      const asked = new URLSearchParams({ state, ...(part === undefined ? {} : { part }) });
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
