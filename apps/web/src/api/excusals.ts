import { queryOptions } from '@tanstack/react-query';
import { answered, api } from './client.js';
import type { NewExcusal } from './types.js';

/** Who is excused from the exam or from parts of it. */
export const excusals = (exam: string) =>
  queryOptions({
    queryKey: ['exam', exam, 'excusals'],
    queryFn: ({ signal }) =>
      answered(api.GET('/api/v1/exams/{exam}/excusals', { params: { path: { exam } }, signal })),
  });

export const excuse = (exam: string, student: string, body: NewExcusal) =>
  answered(api.PUT('/api/v1/exams/{exam}/excusals/{student}', { params: { path: { exam, student } }, body }));
