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

/** What one decision gave: each answer has no mark then. */
export const takeBackGroup = (
  exam: string,
  part: string,
  given: readonly { readonly answer: string; readonly mark: string }[],
) =>
  answered(
    api.POST('/api/v1/exams/{exam}/answer-groups/marks/withdraw', {
      params: { path: { exam } },
      body: { part, answers: given.map(({ answer, mark }) => ({ answer, mark })) },
    }),
  );

/** An answer of a group with what a decision on it gave. */
export type MarkedInGroup = Required<GroupDecision['answers'][number]>;

/** Those answers that a decision marked, with the marks that another decision may take the place of. */
export function withMarks(
  answers: readonly Pick<GroupDecision['answers'][number], 'answer' | 'proposal'>[],
  marked: GroupMarked['marked'],
): MarkedInGroup[] {
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
