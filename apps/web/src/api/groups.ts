import { queryOptions } from '@tanstack/react-query';
import { answered, api } from './client.js';
import type { GroupDecision, GroupMarked } from './types.js';

export const groups = (exam: string, part: string) =>
  queryOptions({
    queryKey: ['groups', exam, part],
    queryFn: ({ signal }) =>
      answered(
        api.GET('/api/v1/exams/{exam}/answer-groups', {
          params: { path: { exam }, query: { part } },
          signal,
        }),
      ),
  });

export const decideGroup = (exam: string, decision: GroupDecision) =>
  answered(
    api.POST('/api/v1/exams/{exam}/answer-groups/marks', { params: { path: { exam } }, body: decision }),
  );

/** Those answers that a decision marked, with the marks that another decision may take the place of. */
export function withMarks(
  answers: GroupDecision['answers'],
  marked: GroupMarked['marked'],
): GroupDecision['answers'] {
  const marks = new Map(marked.map(({ answer, mark }) => [answer, mark]));
  return answers.flatMap(({ answer, proposal }) => {
    const mark = marks.get(answer);
    return mark === undefined ? [] : [{ answer, proposal, mark }];
  });
}

/** What answers to a part share with each other and with the question. */
export const sharedPassages = (exam: string, part: string) =>
  queryOptions({
    queryKey: ['shared-passages', exam, part],
    queryFn: ({ signal }) =>
      answered(
        api.GET('/api/v1/exams/{exam}/shared-passages', {
          params: { path: { exam }, query: { part } },
          signal,
        }),
      ),
    staleTime: 60_000,
  });
