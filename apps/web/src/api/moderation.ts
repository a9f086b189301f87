import { queryOptions } from '@tanstack/react-query';
import { answered, api } from './client.js';
import type { NewModeration } from './types.js';

/** How far those who mark agree. */
export const agreement = (exam: string) =>
  queryOptions({
    queryKey: ['moderation', exam, 'agreement'],
    queryFn: ({ signal }) =>
      answered(api.GET('/api/v1/exams/{exam}/agreement', { params: { path: { exam } }, signal })),
  });

/** Answers whose two marks are too far apart, or what was decided on them. */
export const moderation = (exam: string, state: 'open' | 'decided') =>
  queryOptions({
    queryKey: ['moderation', exam, 'cases', state],
    queryFn: ({ signal }) =>
      answered(
        api.GET('/api/v1/exams/{exam}/moderation', { params: { path: { exam }, query: { state } }, signal }),
      ),
  });

export const moderate = (answer: string, body: NewModeration) =>
  answered(api.POST('/api/v1/answers/{answer}/moderation', { params: { path: { answer } }, body }));
