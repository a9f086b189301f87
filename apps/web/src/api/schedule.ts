import { queryOptions } from '@tanstack/react-query';
import { answered, api } from './client.js';
import type { NewSchedule, Schedule } from './types.js';

const path = (exam: string) => ({ params: { path: { exam } } });

const NOW_AND_THEN = 30_000;

/** At the moment at which it changes; every clock is a little off, so that it is asked now and then as well. */
function untilAskedAgain(schedule: Schedule | undefined, now: number): number {
  const times = [schedule?.opens, schedule?.yours ?? schedule?.deadline];
  const toCome = times
    .flatMap((time) => (typeof time === 'string' ? new Date(time).getTime() - now + 500 : []))
    .filter((ms) => ms > 0);
  return Math.min(NOW_AND_THEN, ...toCome);
}

/** Asked again: what handing in now would be changes by itself. */
export const schedule = (id: string) =>
  queryOptions({
    queryKey: ['exam', id, 'schedule'],
    queryFn: ({ signal }) => answered(api.GET('/api/v1/exams/{exam}/schedule', { ...path(id), signal })),
    refetchInterval: ({ state: { data } }) => untilAskedAgain(data, Date.now()),
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
