import { queryOptions } from '@tanstack/react-query';
import { answered, api } from './client.js';
import type { NewReviewRequest, ReviewAnswer } from './types.js';

/** What was asked about a submission, and until when one may ask. */
export const secondLooks = (submission: string) =>
  queryOptions({
    queryKey: ['submission', submission, 'second-looks'],
    queryFn: ({ signal }) =>
      answered(
        api.GET('/api/v1/submissions/{submission}/review-requests', {
          params: { path: { submission } },
          signal,
        }),
      ),
  });

export const askAgain = (submission: string, body: NewReviewRequest) =>
  answered(
    api.POST('/api/v1/submissions/{submission}/review-requests', { params: { path: { submission } }, body }),
  );

export const reviews = (exam: string, state: 'open' | 'answered') =>
  queryOptions({
    queryKey: ['reviews', exam, state],
    queryFn: ({ signal }) =>
      answered(
        api.GET('/api/v1/exams/{exam}/review-requests', {
          params: { path: { exam }, query: { state } },
          signal,
        }),
      ),
  });

export const answerReview = (request: string, body: ReviewAnswer) =>
  answered(api.POST('/api/v1/review-requests/{request}/answer', { params: { path: { request } }, body }));
