import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { forgetAhead } from './ahead.js';
import { answered, api } from './client.js';
import { ProblemError } from './problem.js';
import type { DemonstrationAccount, Me, Role } from './types.js';

const HINT = 'tensormark-signed-in';

/**
 * Whether somebody signed in with this browser and did not sign out. Only a hint, as the session itself cannot be seen
 * from here: without it the server is first asked whether there is one, which it never refuses.
 */
function mayBeSignedIn(): boolean {
  try {
    return localStorage.getItem(HINT) !== null;
  } catch {
    return true;
  }
}

const ROLES: readonly Role[] = ['student', 'marker', 'examiner'];

/** As what somebody was signed in with this browser last; it says whose pages are likely to be wanted, and no more. */
export function likelyRole(): Role | null {
  try {
    return ROLES.find((role) => role === localStorage.getItem(HINT)) ?? null;
  } catch {
    return null;
  }
}

function keepHint(signedIn: Role | boolean): void {
  try {
    if (signedIn === false) localStorage.removeItem(HINT);
    else localStorage.setItem(HINT, signedIn === true ? 'yes' : signedIn);
  } catch {
    // Without storage the server is asked each time.
  }
}

/** Who is signed in, or null. */
export const me = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal, client }): Promise<Me | null> => {
    if (!mayBeSignedIn() && !(await hasSession(client))) return null;
    try {
      const person = await answered(api.GET('/api/v1/me', { signal }));
      keepHint(person.role);
      return person;
    } catch (error) {
      if (error instanceof ProblemError && error.status === 401) {
        keepHint(false);
        return null;
      }
      throw error;
    }
  },
  staleTime: 60_000,
});

/** Whose session the browser has now, which another tab may have changed: an account's id; null for nobody's. */
export async function whoIsHere(): Promise<string | null> {
  try {
    return (await answered(api.GET('/api/v1/me'))).id;
  } catch (error) {
    if (error instanceof ProblemError && error.status === 401) return null;
    throw error;
  }
}

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

/** The ways to sign in besides a password. */
export const signInWays = queryOptions({
  queryKey: ['sign-in-ways'],
  queryFn: ({ signal }) => answered(api.GET('/api/v1/sign-in-ways', { signal })),
  staleTime: Infinity,
});

/** Whether there is a session of which this browser has forgotten: its storage can be cleared, and the session stays. */
async function hasSession(client: QueryClient): Promise<boolean> {
  try {
    return (await client.fetchQuery({ ...signInWays, staleTime: 0 })).signedIn;
  } catch {
    return false;
  }
}

/** Goes to the provider of single sign-on, which sends people back to `to`. */
export async function goToSingleSignOn(to: string): Promise<void> {
  const { url } = await answered(api.POST('/api/auth/sign-in/single-sign-on', { body: { to } }));
  keepHint(true);
  location.assign(url);
}

export async function signIn(credentials: { email: string; password: string }): Promise<void> {
  forgetAhead();
  await answered(api.POST('/api/auth/sign-in/email', { body: credentials }));
  keepHint(true);
}

/** Somebody has been signed in elsewhere, such as by their learning platform. */
export function arrived(): void {
  keepHint(true);
}

/** Nobody is signed in with this browser any more. */
export function forgetHint(): void {
  keepHint(false);
}

export async function signOut(): Promise<void> {
  forgetAhead();
  await answered(api.POST('/api/auth/sign-out'));
  forgetHint();
}
