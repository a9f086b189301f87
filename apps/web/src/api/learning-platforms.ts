import { queryOptions } from '@tanstack/react-query';
import { answered, api } from './client.js';
import type { NewLearningPlatform } from './types.js';

export const learningPlatforms = queryOptions({
  queryKey: ['learning-platforms'],
  queryFn: ({ signal }) => answered(api.GET('/api/v1/learning-platforms', { signal })),
});

export const addPlatform = (body: NewLearningPlatform) =>
  answered(api.POST('/api/v1/learning-platforms', { body }));

export const retirePlatform = (platform: string) =>
  answered(api.DELETE('/api/v1/learning-platforms/{platform}', { params: { path: { platform } } }));

export const course = (link: string) =>
  queryOptions({
    queryKey: ['courses', link],
    queryFn: ({ signal }) =>
      answered(api.GET('/api/v1/courses/{link}', { signal, params: { path: { link } } })),
  });

export const chooseExam = (link: string, exam: string) =>
  answered(api.PUT('/api/v1/courses/{link}/exam', { params: { path: { link } }, body: { exam } }));

export const coursesOf = (exam: string) =>
  queryOptions({
    queryKey: ['exam-courses', exam],
    queryFn: ({ signal }) =>
      answered(api.GET('/api/v1/exams/{exam}/courses', { signal, params: { path: { exam } } })),
  });

const at = (exam: string, link: string) => ({ params: { path: { exam, link } } });

export const sendGrades = (exam: string, link: string) =>
  answered(api.POST('/api/v1/exams/{exam}/courses/{link}/grades', at(exam, link)));

export const roster = (exam: string, link: string) =>
  queryOptions({
    queryKey: ['roster', exam, link],
    queryFn: ({ signal }) =>
      answered(api.GET('/api/v1/exams/{exam}/courses/{link}/roster', { signal, ...at(exam, link) })),
    // Another machine is asked, which may be slow: once, when somebody looks.
    staleTime: 0,
    retry: false,
  });

export const takeRoster = (exam: string, link: string) =>
  answered(api.POST('/api/v1/exams/{exam}/courses/{link}/roster', at(exam, link)));

export const connection = queryOptions({
  queryKey: ['platform-connection'],
  queryFn: ({ signal }) => answered(api.GET('/api/v1/platform-connection', { signal })),
  retry: false,
});

export const connect = () => answered(api.POST('/api/v1/platform-connection'));
