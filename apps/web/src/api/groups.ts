import { queryOptions } from '@tanstack/react-query';
import { answered, api } from './client.js';
import type { GroupDecision } from './types.js';

export const groups = (exam: string, part: string) =>
  queryOptions({
    queryKey: ['groups', exam, part],
    queryFn: ({ signal }) =>
      answered(
        api.GET('/api/v1/exams/{exam}/answer-groups', {
          params: { path: { exam }, query: { part } },
          signal,
        }),
      ),
  });

export const decideGroup = (exam: string, decision: GroupDecision) =>
  answered(
    api.POST('/api/v1/exams/{exam}/answer-groups/marks', { params: { path: { exam } }, body: decision }),
  );

/** What answers to a part share with each other and with the question. */
export const sharedPassages = (exam: string, part: string) =>
  queryOptions({
    queryKey: ['shared-passages', exam, part],
    queryFn: ({ signal }) =>
      answered(
        api.GET('/api/v1/exams/{exam}/shared-passages', {
          params: { path: { exam }, query: { part } },
          signal,
        }),
      ),
    staleTime: 60_000,
  });
