import { queryOptions } from '@tanstack/react-query';
import { answered, api, asYaml } from './client.js';
import type { SchemePreview } from './types.js';

export type Confirmed = 'keep' | 'follow';

/** What the changed version put up last would change; null when there is none. */
export const schemePreview = (exam: string, confirmed: Confirmed) =>
  queryOptions({
    queryKey: ['exam', exam, 'scheme-preview', confirmed],
    queryFn: async ({ signal }): Promise<SchemePreview | null> => {
      const { preview } = await answered(
        api.GET('/api/v1/exams/{exam}/scheme-changes/preview', {
          params: { path: { exam }, query: { confirmed } },
          signal,
        }),
      );
      return preview;
    },
    refetchInterval: (query) => {
      const { data } = query.state;
      return data !== undefined && data !== null && data.done < data.wanted ? 1500 : false;
    },
  });

export const schemeChanges = (exam: string) =>
  queryOptions({
    queryKey: ['exam', exam, 'scheme-changes'],
    queryFn: ({ signal }) =>
      answered(api.GET('/api/v1/exams/{exam}/scheme-changes', { params: { path: { exam } }, signal })),
  });

export const stageScheme = (exam: string, yaml: string) =>
  answered(
    api.POST('/api/v1/exams/{exam}/scheme-changes/preview', {
      params: { path: { exam } },
      ...asYaml,
      body: yaml,
    }),
  );

export const applyScheme = (exam: string, change: { draft: string; confirmed: Confirmed; why: string }) =>
  answered(api.POST('/api/v1/exams/{exam}/scheme-changes', { params: { path: { exam } }, body: change }));

export const undoScheme = (exam: string, change: string, why: string) =>
  answered(
    api.POST('/api/v1/exams/{exam}/scheme-changes/{change}/undo', {
      params: { path: { exam, change } },
      body: { why },
    }),
  );
