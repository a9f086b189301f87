import { queryOptions } from '@tanstack/react-query';
import { answered, api } from './client.js';

/** Asked for again whenever others have failed: `failed` names those that have. */
export const faults = (exam: string, failed: readonly string[]) =>
  queryOptions({
    queryKey: ['exam', exam, 'faults', failed],
    queryFn: ({ signal }) =>
      answered(api.GET('/api/v1/exams/{exam}/faults', { params: { path: { exam } }, signal })),
    enabled: failed.length > 0,
    staleTime: 0,
    // What failed may be told of before its cause is, and a colleague may have had it run again.
    refetchInterval: 5000,
  });

/** Has one done again, or all of the exam. */
export const runAgain = (exam: string, submission: string | null) =>
  answered(
    submission === null
      ? api.POST('/api/v1/exams/{exam}/faults/run-again', { params: { path: { exam } } })
      : api.POST('/api/v1/submissions/{submission}/run-again', { params: { path: { submission } } }),
  );

export const giveToPerson = (submission: string) =>
  answered(api.POST('/api/v1/submissions/{submission}/to-a-person', { params: { path: { submission } } }));
