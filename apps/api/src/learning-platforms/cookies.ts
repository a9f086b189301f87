import type { FastifyReply, FastifyRequest } from 'fastify';

/** The value of a cookie of the request (RFC 6265, section 4.2). */
export function cookieOf(request: FastifyRequest, name: string): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  /** 0 takes it away. */
  readonly seconds: number;
  /** Whether it comes along when another site sends the browser here: it is never anything but secure then. */
  readonly acrossSites: boolean;
  readonly secure: boolean;
}

export function setCookie(
  reply: FastifyReply,
  { name, value, path, seconds, acrossSites, secure }: Cookie,
): void {
  const attributes = [
    `${name}=${value}`,
    `Path=${path}`,
    `Max-Age=${seconds}`,
    'HttpOnly',
    acrossSites ? 'SameSite=None' : 'SameSite=Lax',
    ...(secure || acrossSites ? ['Secure'] : []),
  ];
  // Fastify keeps the cookies that were set before.
  void reply.header('set-cookie', attributes.join('; '));
}
