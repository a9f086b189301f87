import type { FastifyReply, FastifyRequest } from 'fastify';
import { fromNodeHeaders } from 'better-auth/node';
import { z } from 'zod';
import { Problem, tooManyRequests } from '../http/problem.js';
import { ADDRESS_HEADER, AUTH_PATH, type SignIn } from './sign-in.js';

const Refusal = z.object({ message: z.string().optional(), code: z.string().optional() });
const NOT_PASSED_ON = ['content-length', 'content-type', 'transfer-encoding', 'connection', 'authorization'];

/**
 * Hands a request on to better-auth, with a body of our own making, and its cookies back. What it refuses is thrown as a
 * problem.
 */
export async function relay(
  signIn: SignIn,
  path: string,
  body: Readonly<Record<string, unknown>>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const { origin, headers } = fromOurselves(request);
  headers.set('content-type', 'application/json');
  const response = await signIn.handler(
    new Request(`${origin}${AUTH_PATH}${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    }),
  );
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) void reply.header('set-cookie', cookies);
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer;
  throw refusalOf(response, answer);
}

/** Hands a visit on to better-auth, with what its address says, and sends the visitor where better-auth says. */
export async function relayRedirect(
  signIn: SignIn,
  path: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { origin, headers } = fromOurselves(request);
  const query = new URL(request.url, origin).search;
  const response = await signIn.handler(
    new Request(`${origin}${AUTH_PATH}${path}${query}`, { method: 'GET', headers }),
  );
  const to = response.headers.get('location');
  if (to === null) throw refusalOf(response, await response.json().catch(() => null));
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) void reply.header('set-cookie', cookies);
  void reply.header('location', to);
}

function fromOurselves(request: FastifyRequest): { readonly origin: string; readonly headers: Headers } {
  const origin = `${request.protocol}://${request.host}`;
  const headers = fromNodeHeaders(request.headers);
  for (const name of NOT_PASSED_ON) headers.delete(name);
  // Programs name no origin; what browsers send from other sites was refused before it came here.
  if (!headers.has('origin')) headers.set('origin', origin);
  headers.set(ADDRESS_HEADER, request.ip);
  return { origin, headers };
}

function refusalOf(response: Response, answer: unknown): Error {
  if (response.status >= 500) return new Error(`better-auth answered ${response.status}`);
  if (response.status === 429) return tooManyRequests(Number(response.headers.get('x-retry-after')) || 60);
  const refusal = Refusal.safeParse(answer);
  const { message, code } = refusal.success ? refusal.data : {};
  return new Problem(response.status, message ?? 'This was refused.', {
    name: (code ?? 'refused').toLowerCase().replaceAll('_', '-'),
  });
}
