import { queryOptions } from '@tanstack/react-query';
import { ownZone } from '../ui/time.js';
import { answered, api, asYaml } from './client.js';
import type { GradeFormatName, GradeReport } from './types.js';

const path = (exam: string) => ({ params: { path: { exam } } });

export const exams = queryOptions({
  queryKey: ['exams'],
  queryFn: ({ signal }) => answered(api.GET('/api/v1/exams', { signal })),
});

export const exam = (id: string) =>
  queryOptions({
    queryKey: ['exam', id],
    queryFn: ({ signal }) => answered(api.GET('/api/v1/exams/{exam}', { ...path(id), signal })),
    staleTime: 30_000,
  });

export interface Definition {
  readonly yaml: string;
  readonly version: number;
}

export const definition = (id: string) =>
  queryOptions({
    queryKey: ['exam', id, 'definition'],
    queryFn: async ({ signal }): Promise<Definition> => {
      const asked = api.GET('/api/v1/exams/{exam}/definition', { ...path(id), signal, parseAs: 'text' });
      const yaml = await answered(asked);
      const { response } = await asked;
      return { yaml, version: Number(response.headers.get('etag')?.replaceAll('"', '')) };
    },
  });

export const examSubmissions = (id: string) =>
  queryOptions({
    queryKey: ['exam', id, 'submissions'],
    queryFn: ({ signal }) => answered(api.GET('/api/v1/exams/{exam}/submissions', { ...path(id), signal })),
    refetchInterval: (query) => {
      const states = query.state.data?.map(({ state }) => state) ?? [];
      if (states.some((state) => state === 'received' || state === 'working')) return 2000;
      // A colleague may have it run again.
      return states.includes('failed') ? 10_000 : false;
    },
  });

/** Fetched only when asked for: the server keeps a record of each export. */
export const gradeReport = (id: string) =>
  queryOptions({
    queryKey: ['exam', id, 'grade-report'],
    queryFn: async ({ signal }): Promise<GradeReport> => {
      const asked = { params: { path: { exam: id }, query: { format: 'json' as const } }, signal };
      const report = await answered(api.GET('/api/v1/exams/{exam}/grade-report', asked));
      if (typeof report === 'string') throw new TypeError('JSON was asked for, and a file came back.');
      return report;
    },
    staleTime: Infinity,
    gcTime: 0,
  });

/** Those who sit the exam and are called so; the first of them by name. */
export const examStudents = (id: string, search: string) =>
  queryOptions({
    queryKey: ['exam', id, 'students', search],
    queryFn: ({ signal }) =>
      answered(
        api.GET('/api/v1/exams/{exam}/students', {
          params: { path: { exam: id }, query: { search } },
          signal,
        }),
      ),
    staleTime: 60_000,
  });

/** How often markers accepted what was suggested, by rubric item. */
export const suggestionAcceptance = (exam: string) =>
  queryOptions({
    queryKey: ['suggestion-acceptance', exam],
    queryFn: ({ signal }) =>
      answered(api.GET('/api/v1/exams/{exam}/suggestion-acceptance', { params: { path: { exam } }, signal })),
  });

export const itemAnalysis = (id: string) =>
  queryOptions({
    queryKey: ['exam', id, 'item-analysis'],
    queryFn: ({ signal }) => answered(api.GET('/api/v1/exams/{exam}/item-analysis', { ...path(id), signal })),
  });

export const gradeFormats = queryOptions({
  queryKey: ['grade-formats'],
  queryFn: ({ signal }) => answered(api.GET('/api/v1/grade-formats', { signal })),
  staleTime: Infinity,
});

/**
 * `basedOn` is the version that was changed, null for a new exam: another one that stands meanwhile is a problem 412.
 * `opens` is when students see a new exam, null for at once.
 */
export const putExam = (id: string, yaml: string, basedOn: number | null, opens: string | null) =>
  answered(
    api.PUT('/api/v1/exams/{exam}', {
      params: {
        path: { exam: id },
        ...(opens === null ? {} : { query: { opens } }),
        header: basedOn === null ? { 'if-none-match': '*' } : { 'if-match': `"${basedOn}"` },
      },
      bodySerializer: asYaml.bodySerializer,
      headers: {
        ...asYaml.headers,
        ...(basedOn === null ? { 'if-none-match': '*' } : { 'if-match': `"${basedOn}"` }),
      },
      body: yaml,
    }),
  );

export const releaseExam = (id: string) =>
  answered(api.POST('/api/v1/exams/{exam}/release', { ...path(id), body: {} }));

const address = (exam: string) => `/api/v1/exams/${encodeURIComponent(exam)}`;
export const gradeReportAddress = (id: string, format: GradeFormatName['format']) =>
  // Whoever takes it from a page opens it by a double click: by this, Excel knows its letters.
  `${address(id)}/grade-report?format=${format}${format === 'csv' ? '&bom=true' : ''}`;
export const submitAddress = (id: string) => `${address(id)}/submissions`;
const inOwnZone = () => `zone=${encodeURIComponent(ownZone())}`;
export const cohortReportAddress = (id: string) => `${address(id)}/cohort-report.pdf?${inOwnZone()}`;
export const allReportsAddress = (id: string) => `${address(id)}/reports.zip?${inOwnZone()}`;
