import { queryOptions } from '@tanstack/react-query';
import { call, callText } from './http.js';
import type {
  Exam,
  ExamSummary,
  GradeReport,
  PutExamResult,
  ReleaseResult,
  SubmissionSummary,
} from './types.js';

const address = (exam: string) => `/api/v1/exams/${encodeURIComponent(exam)}`;

export const exams = queryOptions({
  queryKey: ['exams'],
  queryFn: ({ signal }) => call<ExamSummary[]>('/api/v1/exams', { signal }),
});

export const exam = (id: string) =>
  queryOptions({
    queryKey: ['exam', id],
    queryFn: ({ signal }) => call<Exam>(address(id), { signal }),
    staleTime: 30_000,
  });

export const definition = (id: string) =>
  queryOptions({
    queryKey: ['exam', id, 'definition'],
    queryFn: ({ signal }) => callText(`${address(id)}/definition`, { signal }),
  });

export const examSubmissions = (id: string) =>
  queryOptions({
    queryKey: ['exam', id, 'submissions'],
    queryFn: ({ signal }) => call<SubmissionSummary[]>(`${address(id)}/submissions`, { signal }),
    refetchInterval: (query) =>
      query.state.data?.some(({ state }) => state === 'received' || state === 'working') === true
        ? 2000
        : false,
  });

/** Fetched only when asked for: the server keeps a record of each export. */
export const gradeReport = (id: string) =>
  queryOptions({
    queryKey: ['exam', id, 'grade-report'],
    queryFn: ({ signal }) => call<GradeReport>(gradeReportAddress(id, 'json'), { signal }),
    staleTime: Infinity,
    gcTime: 0,
  });

export const putExam = (id: string, yaml: string) =>
  call<PutExamResult>(address(id), { method: 'PUT', yaml });

export const checkExam = (id: string, yaml: string) =>
  call<PutExamResult>(`${address(id)}/check`, { method: 'POST', yaml });

export const releaseExam = (id: string) =>
  call<ReleaseResult>(`${address(id)}/release`, { method: 'POST', json: {} });

export const gradeReportAddress = (id: string, format: 'json' | 'csv') =>
  `${address(id)}/grade-report?format=${format}`;
export const submitAddress = (id: string) => `${address(id)}/submissions`;
