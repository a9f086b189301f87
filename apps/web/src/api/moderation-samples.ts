import { queryOptions } from '@tanstack/react-query';
import { answered, api } from './client.js';
import type { NewModerationSample, SampleDecision } from './types.js';

const path = (exam: string) => ({ params: { path: { exam } } });

/** Samples of marks that somebody else gives too, newest first. */
export const moderationSamples = (exam: string) =>
  queryOptions({
    queryKey: ['moderation', exam, 'samples'],
    queryFn: ({ signal }) =>
      answered(api.GET('/api/v1/exams/{exam}/moderation-samples', { ...path(exam), signal })),
  });

export const takeSample = (exam: string, body: NewModerationSample) =>
  answered(api.POST('/api/v1/exams/{exam}/moderation-samples', { ...path(exam), body }));

export const decideOnSample = (exam: string, sample: string, body: SampleDecision) =>
  answered(
    api.POST('/api/v1/exams/{exam}/moderation-samples/{sample}/outcomes', {
      params: { path: { exam, sample } },
      body,
    }),
  );
