import { queryOptions } from '@tanstack/react-query';
import { answered, api } from './client.js';
import { ProblemError } from './problem.js';
import type { DemonstrationAccount, Me } from './types.js';

/** Who is signed in, or null. */
export const me = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }): Promise<Me | null> => {
    try {
      return await answered(api.GET('/api/v1/me', { signal }));
    } catch (error) {
      if (error instanceof ProblemError && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 60_000,
});

/** The accounts of a demonstration server; none on any other. */
export const demonstration = queryOptions({
  queryKey: ['demonstration'],
  queryFn: async ({ signal }): Promise<DemonstrationAccount[]> => {
    try {
      return (await answered(api.GET('/api/v1/demonstration', { signal }))).accounts;
    } catch {
      return [];
    }
  },
  staleTime: Infinity,
});

export const signIn = (credentials: { email: string; password: string }) =>
  answered(api.POST('/api/auth/sign-in/email', { body: credentials }));

export const signOut = () => answered(api.POST('/api/auth/sign-out'));
