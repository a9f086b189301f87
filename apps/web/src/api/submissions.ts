import { queryOptions } from '@tanstack/react-query';
import { ownZone } from '../ui/time.js';
import { answered, api } from './client.js';
import { ProblemError } from './problem.js';
import type { NewCut, Report } from './types.js';

const path = (submission: string) => ({ params: { path: { submission } } });

/** While work goes on, asked again every second, and less often when it drags on or events tell of it. */
export const submission = (id: string, told = false) =>
  queryOptions({
    queryKey: ['submission', id],
    queryFn: ({ signal }) => answered(api.GET('/api/v1/submissions/{submission}', { ...path(id), signal })),
    refetchInterval: (query) => {
      const state = query.state.data?.state;
      if (state !== 'received' && state !== 'working') return false;
      if (told) return 15_000;
      return query.state.dataUpdateCount < 30 ? 1000 : 4000;
    },
  });

export const originalAddress = (id: string): string =>
  `/api/v1/submissions/${encodeURIComponent(id)}/original`;
export const progressAddress = (id: string): string =>
  `/api/v1/submissions/${encodeURIComponent(id)}/progress`;

/** The report as PDF, with times in the reader's own zone. */
export const reportAddress = (id: string): string =>
  `/api/v1/submissions/${encodeURIComponent(id)}/report.pdf?zone=${encodeURIComponent(ownZone())}`;

export const document = (id: string) =>
  queryOptions({
    queryKey: ['submission', id, 'document'],
    queryFn: async ({ signal }): Promise<string> => {
      const text: string | undefined = await answered(
        api.GET('/api/v1/submissions/{submission}/document', { ...path(id), signal, parseAs: 'text' }),
      );
      // Where nothing could be read, such as in a broken PDF, the answer has no body.
      return text ?? '';
    },
    staleTime: Infinity,
  });

/** Says how the document is cut; what changed is marked anew. */
export const confirmSplit = (id: string, body: NewCut) =>
  answered(api.PUT('/api/v1/submissions/{submission}/split', { ...path(id), body }));

/** The report, or null while it has not been released. */
export const report = (id: string) =>
  queryOptions({
    queryKey: ['submission', id, 'report'],
    queryFn: async ({ signal }): Promise<Report | null> => {
      try {
        return await answered(api.GET('/api/v1/submissions/{submission}/report', { ...path(id), signal }));
      } catch (error) {
        if (error instanceof ProblemError && error.status === 409) return null;
        throw error;
      }
    },
  });
