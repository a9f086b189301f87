import { queryOptions } from '@tanstack/react-query';
import { answered, api } from './client.js';
import type { NewTeamMember } from './types.js';

const path = (exam: string) => ({ params: { path: { exam } } });

/** Who examines and marks an exam; nobody is named where it is open to everybody who does. */
export const team = (exam: string) =>
  queryOptions({
    queryKey: ['exam', exam, 'team'],
    queryFn: ({ signal }) => answered(api.GET('/api/v1/exams/{exam}/team', { ...path(exam), signal })),
  });

export const nameMember = (exam: string, body: NewTeamMember) =>
  answered(api.POST('/api/v1/exams/{exam}/team', { ...path(exam), body }));

export const removeMember = (exam: string, person: string) =>
  answered(api.DELETE('/api/v1/exams/{exam}/team/{person}', { params: { path: { exam, person } } }));

export const dissolveTeam = (exam: string) => answered(api.DELETE('/api/v1/exams/{exam}/team', path(exam)));
