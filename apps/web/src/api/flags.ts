import { queryOptions } from '@tanstack/react-query';
import { answered, api } from './client.js';
import type { FlagAnswer, NewFlag } from './types.js';

/** What markers of an exam ask each other. */
export const flags = (exam: string, state: 'open' | 'resolved') =>
  queryOptions({
    queryKey: ['flags', exam, state],
    queryFn: ({ signal }) =>
      answered(
        api.GET('/api/v1/exams/{exam}/flags', { params: { path: { exam }, query: { state } }, signal }),
      ),
  });

export const flagsOf = (answer: string) =>
  queryOptions({
    queryKey: ['flags', 'answer', answer],
    queryFn: ({ signal }) =>
      answered(api.GET('/api/v1/answers/{answer}/flags', { params: { path: { answer } }, signal })),
    staleTime: 15_000,
  });

export const colleagues = (exam: string) =>
  queryOptions({
    queryKey: ['colleagues', exam],
    queryFn: ({ signal }) =>
      answered(api.GET('/api/v1/exams/{exam}/colleagues', { params: { path: { exam } }, signal })),
    staleTime: 5 * 60_000,
  });

export const raiseFlag = (answer: string, body: NewFlag) =>
  answered(api.POST('/api/v1/answers/{answer}/flags', { params: { path: { answer } }, body }));

export const answerFlag = (flag: string, body: FlagAnswer) =>
  answered(api.POST('/api/v1/flags/{flag}/answer', { params: { path: { flag } }, body }));

export const withdrawFlag = (flag: string) =>
  answered(api.POST('/api/v1/flags/{flag}/withdraw', { params: { path: { flag } }, body: { note: '' } }));
