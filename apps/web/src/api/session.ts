import { queryOptions } from '@tanstack/react-query';
import { call } from './http.js';
import { ProblemError } from './problem.js';
import type { DemonstrationAccount, Me } from './types.js';

/** Who is signed in, or null. */
export const me = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }): Promise<Me | null> => {
    try {
      return await call<Me>('/api/v1/me', { signal });
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
      const answer = await call<{ accounts: DemonstrationAccount[] } | null>('/api/v1/demonstration', {
        signal,
      });
      return answer?.accounts ?? [];
    } catch {
      return [];
    }
  },
  staleTime: Infinity,
});

export async function signIn(credentials: { email: string; password: string }): Promise<void> {
  await call('/api/auth/sign-in/email', { method: 'POST', json: credentials });
}

export async function signOut(): Promise<void> {
  await call('/api/auth/sign-out', { method: 'POST', json: {} });
}
