import { queryOptions } from '@tanstack/react-query';
import { answered, api } from './client.js';
import type { NewReleasePlan } from './types.js';

const path = (exam: string) => ({ params: { path: { exam } } });

/** When marks are to be released, what is in the way, and whose are withheld; a worker may carry it out at any time. */
export const releasePlan = (id: string) =>
  queryOptions({
    queryKey: ['exam', id, 'release-plan'],
    queryFn: ({ signal }) => answered(api.GET('/api/v1/exams/{exam}/release-plan', { ...path(id), signal })),
    refetchInterval: 30_000,
  });

export const planRelease = (id: string, body: NewReleasePlan) =>
  answered(api.PUT('/api/v1/exams/{exam}/release-plan', { ...path(id), body }));

export const cancelRelease = (id: string) =>
  answered(api.DELETE('/api/v1/exams/{exam}/release-plan', { ...path(id) }));

export const withhold = (exam: string, student: string, body: { withheld: boolean; reason: string }) =>
  answered(api.PUT('/api/v1/exams/{exam}/withheld/{student}', { params: { path: { exam, student } }, body }));
