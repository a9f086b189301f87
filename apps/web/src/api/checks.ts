import { queryOptions } from '@tanstack/react-query';
import { answered, api } from './client.js';

/** What a review of code looks for. It changes with the server, and the pages with it. */
export const checks = queryOptions({
  queryKey: ['checks'],
  queryFn: ({ signal }) => answered(api.GET('/api/v1/checks', { signal })),
  staleTime: Infinity,
});

/** One check with its examples. */
export const check = (id: string) =>
  queryOptions({
    queryKey: ['checks', id],
    queryFn: ({ signal }) =>
      answered(api.GET('/api/v1/checks/{check}', { params: { path: { check: id } }, signal })),
    staleTime: Infinity,
  });
