import { queryOptions } from '@tanstack/react-query';
import { answered, api } from './client.js';
import type { NewSchedule } from './types.js';

const path = (exam: string) => ({ params: { path: { exam } } });

/** Asked again now and then: what handing in now would be changes by itself. */
export const schedule = (id: string) =>
  queryOptions({
    queryKey: ['exam', id, 'schedule'],
    queryFn: ({ signal }) => answered(api.GET('/api/v1/exams/{exam}/schedule', { ...path(id), signal })),
    refetchInterval: 30_000,
  });

export const setSchedule = (id: string, body: NewSchedule) =>
  answered(api.PUT('/api/v1/exams/{exam}/schedule', { ...path(id), body }));

export const extensions = (id: string) =>
  queryOptions({
    queryKey: ['exam', id, 'extensions'],
    queryFn: ({ signal }) => answered(api.GET('/api/v1/exams/{exam}/extensions', { ...path(id), signal })),
  });

export const extend = (exam: string, student: string, body: { deadline: string | null; reason: string }) =>
  answered(
    api.PUT('/api/v1/exams/{exam}/extensions/{student}', { params: { path: { exam, student } }, body }),
  );

export const people = queryOptions({
  queryKey: ['people'],
  queryFn: ({ signal }) => answered(api.GET('/api/v1/people', { signal })),
});
