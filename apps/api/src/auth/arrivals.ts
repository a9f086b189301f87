import type { BetterAuthPlugin } from 'better-auth';
import { APIError, createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { z } from 'zod';

/**
 * A session for somebody whom another part of this server has recognised, such as by a learning platform's signed word. It
 * has no address: only code calls it.
 */
export function arrivals() {
  return {
    id: 'arrivals',
    endpoints: {
      arrive: createAuthEndpoint.serverOnly(
        { method: 'POST', body: z.object({ userId: z.string() }) },
        async (context) => {
          const { internalAdapter } = context.context;
          const user = await internalAdapter.findUserById(context.body.userId);
          if (user === null) throw new APIError('UNAUTHORIZED');
          const session = await internalAdapter.createSession(user.id);
          await setSessionCookie(context, { session, user });
          return { userId: user.id };
        },
      ),
    },
  } satisfies BetterAuthPlugin;
}
