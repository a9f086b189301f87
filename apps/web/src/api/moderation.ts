import { queryOptions } from '@tanstack/react-query';
import { answered, api } from './client.js';

/** How far those who mark agree. */
export const agreement = (exam: string) =>
  queryOptions({
    queryKey: ['moderation', exam, 'agreement'],
    queryFn: ({ signal }) =>
      answered(api.GET('/api/v1/exams/{exam}/agreement', { params: { path: { exam } }, signal })),
  });
