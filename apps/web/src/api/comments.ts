import { queryOptions } from '@tanstack/react-query';
import { answered, api } from './client.js';

export const comments = (exam: string, question: string) =>
  queryOptions({
    queryKey: ['comments', exam, question],
    queryFn: ({ signal }) =>
      answered(
        api.GET('/api/v1/exams/{exam}/comments', {
          params: { path: { exam }, query: { question } },
          signal,
        }),
      ),
    staleTime: 60_000,
  });

export const keepComment = (exam: string, question: string, text: string) =>
  answered(
    api.POST('/api/v1/exams/{exam}/comments', { params: { path: { exam } }, body: { question, text } }),
  );

export const retireComment = (comment: string) =>
  answered(api.DELETE('/api/v1/comments/{comment}', { params: { path: { comment } } }));
