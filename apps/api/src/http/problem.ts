import { STATUS_CODES } from 'node:http';
import { z } from 'zod';

/** One thing wrong with what was sent, at its place. */
export const ProblemEntry = z.object({
  line: z.int().optional(),
  column: z.int().optional(),
  path: z.string().optional(),
  message: z.string(),
  expected: z.string().optional(),
});
export type ProblemEntry = z.infer<typeof ProblemEntry>;

/** Problem details (RFC 9457). `requestId` stands in the server's log too, and in the header `x-request-id`. */
export const ProblemDetails = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    requestId: z.string(),
    errors: z.array(ProblemEntry).optional(),
  })
  .meta({ id: 'ProblemDetails' });
export type ProblemDetails = z.infer<typeof ProblemDetails>;

export interface ProblemExtras {
  /** Short stable name; becomes the problem's type. */
  readonly name?: string;
  readonly title?: string;
  readonly errors?: readonly ProblemEntry[];
  /** Further members of the problem, such as the mark that stands. */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal: `detail` says what was wrong, where, and what to do, and is safe to show to whoever asked. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly status: number,
    readonly detail: string,
    readonly extras: ProblemExtras = {},
  ) {
    super(detail);
  }

  toDetails(requestId: string): ProblemDetails {
    const { name, title, errors, members } = this.extras;
    return {
      ...members,
      type: name === undefined ? 'about:blank' : `urn:tensormark:problem:${name}`,
      title: title ?? STATUS_CODES[this.status] ?? 'Refused',
      status: this.status,
      detail: this.detail,
      requestId,
      ...(errors === undefined ? {} : { errors: [...errors] }),
    };
  }
}

/** What is not there and what is not yours are answered alike. */
export function notFound(what: string): Problem {
  return new Problem(404, `There is no such ${what}, or it is not open to you.`, { name: 'not-found' });
}

export function forbidden(detail: string): Problem {
  return new Problem(403, detail, { name: 'forbidden' });
}

export function notSignedIn(): Problem {
  return new Problem(
    401,
    'Sign in at POST /api/auth/sign-in/email, or send a valid API token as "Authorization: Bearer …".',
    { name: 'not-signed-in', title: 'You are not signed in', headers: { 'www-authenticate': 'Bearer' } },
  );
}

export function tooManyRequests(seconds: number): Problem {
  return new Problem(429, `Too many requests. Wait ${seconds} s, then try again.`, {
    name: 'too-many-requests',
    headers: { 'retry-after': String(seconds) },
  });
}

export const MEDIA_TYPE = 'application/problem+json';
