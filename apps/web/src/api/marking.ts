import { queryOptions } from '@tanstack/react-query';
import { answered, api } from './client.js';
import type { NewMark, QueueState } from './types.js';

/** How many answers of a queue are fetched at once; the rest follows when these are marked. */
export const QUEUE_LENGTH = 500;

export interface QueueFilter {
  readonly part?: string;
  readonly state: QueueState;
  /** A candidate's pseudonym, or a piece of one. */
  readonly candidate?: string;
}

export const queue = (exam: string, { part, state, candidate }: QueueFilter) =>
  queryOptions({
    queryKey: ['queue', exam, part ?? null, state, candidate ?? null],
    queryFn: ({ signal }) =>
      answered(
        api.GET('/api/v1/exams/{exam}/marking-queue', {
          params: {
            path: { exam },
            query: {
              state,
              limit: QUEUE_LENGTH,
              ...(part === undefined ? {} : { part }),
              ...(candidate === undefined ? {} : { candidate }),
            },
          },
          signal,
        }),
      ),
  });

export const answer = (id: string) =>
  queryOptions({
    queryKey: ['answer', id],
    queryFn: ({ signal }) =>
      answered(api.GET('/api/v1/answers/{answer}', { params: { path: { answer: id } }, signal })),
    staleTime: 15_000,
  });

/** Sentences that markers accepted in other answers, where this one says the same. */
export const markedExamples = (id: string) =>
  queryOptions({
    queryKey: ['marked-examples', id],
    queryFn: ({ signal }) =>
      answered(
        api.GET('/api/v1/answers/{answer}/marked-examples', { params: { path: { answer: id } }, signal }),
      ),
    staleTime: 60_000,
  });

export const decide = (answerId: string, mark: NewMark) =>
  answered(
    api.POST('/api/v1/answers/{answer}/marks', { params: { path: { answer: answerId } }, body: mark }),
  );

/** Gives the answer as it is then, without a mark. */
export const takeBackMark = (answerId: string, mark: string) =>
  answered(
    api.POST('/api/v1/answers/{answer}/marks/{mark}/withdraw', {
      params: { path: { answer: answerId, mark } },
      body: {},
    }),
  );

/** A word on what the machine suggests for an item; it touches no mark. */
export const judgeSuggestion = (answerId: string, proposal: string, item: string, accepted: boolean) =>
  answered(
    api.POST('/api/v1/answers/{answer}/suggestions', {
      params: { path: { answer: answerId } },
      body: { item, accepted, proposal },
    }),
  );
