import { queryOptions } from '@tanstack/react-query';
import { call, callText } from './http.js';
import { ProblemError } from './problem.js';
import type { Report, Submission } from './types.js';

const address = (submission: string) => `/api/v1/submissions/${encodeURIComponent(submission)}`;

/** While work goes on, asked again every second, and less often when it drags on. */
export const submission = (id: string) =>
  queryOptions({
    queryKey: ['submission', id],
    queryFn: ({ signal }) => call<Submission>(address(id), { signal }),
    refetchInterval: (query) => {
      const state = query.state.data?.state;
      if (state !== 'received' && state !== 'working') return false;
      return query.state.dataUpdateCount < 30 ? 1000 : 4000;
    },
  });

export const document = (id: string) =>
  queryOptions({
    queryKey: ['submission', id, 'document'],
    queryFn: ({ signal }) => callText(`${address(id)}/document`, { signal }),
    staleTime: Infinity,
  });

/** The report, or null while it has not been released. */
export const report = (id: string) =>
  queryOptions({
    queryKey: ['submission', id, 'report'],
    queryFn: async ({ signal }): Promise<Report | null> => {
      try {
        return await call<Report>(`${address(id)}/report`, { signal });
      } catch (error) {
        if (error instanceof ProblemError && error.status === 409) return null;
        throw error;
      }
    },
  });
