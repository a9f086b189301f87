/** One entry of a problem's list: where in the input, what is wrong there, and what would have been right. */
export interface ProblemEntry {
  line?: number;
  column?: number;
  path?: string;
  message: string;
  expected?: string;
}

/** Status 0 stands for "no answer came back at all". */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly errors: readonly ProblemEntry[] = [],
    readonly requestId: string | null = null,
    readonly body: unknown = null,
  ) {
    super(detail || title);
  }
}

/** The server did not answer: it is down, or the connection is. */
export function unreachable(): ProblemError {
  return new ProblemError(
    0,
    'The server cannot be reached',
    'Nothing you entered is lost. Check the connection and try again.',
  );
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const whole = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

function entryOf(value: unknown): ProblemEntry[] {
  const entry = record(value);
  const message = text(entry['message']);
  if (message === null) return [];
  return [
    {
      message,
      line: whole(entry['line']),
      column: whole(entry['column']),
      path: text(entry['path']) ?? undefined,
      expected: text(entry['expected']) ?? undefined,
    },
  ];
}

const TITLES: Readonly<Record<number, string>> = {
  401: 'You are not signed in',
  403: 'This is not open to you',
  404: 'Not found',
  409: 'Someone else was faster',
  413: 'The file is too large',
  415: 'This kind of file is not accepted',
  429: 'Too many requests',
  503: 'The server is not ready',
};

/** Titles that only name the status, in words for programmers, and what to say instead. */
const BARE: ReadonlyMap<string, string> = new Map([
  ['Bad Request', 'The request was refused'],
  ['Unprocessable Entity', 'The request was refused'],
  ['Conflict', 'The request was refused'],
  ['Unauthorized', TITLES[401] ?? ''],
  ['Forbidden', TITLES[403] ?? ''],
  ['Payload Too Large', TITLES[413] ?? ''],
  ['Unsupported Media Type', TITLES[415] ?? ''],
  ['Internal Server Error', 'The server has a fault'],
  ['Bad Gateway', TITLES[503] ?? ''],
  ['Service Unavailable', TITLES[503] ?? ''],
  ['Gateway Timeout', 'The server took too long'],
]);

/** Reads problem details (RFC 9457); also copes with the sign-in endpoints' `{code, message}` and with bodies of no known form. */
export function problemOf(status: number, headers: Headers, body: unknown): ProblemError {
  const fields = record(body);
  const list = Array.isArray(fields['errors']) ? fields['errors'] : [];
  const title = text(fields['title']);
  return new ProblemError(
    status,
    BARE.get(title ?? '') ??
      title ??
      TITLES[status] ??
      (status >= 500 ? 'The server has a fault' : 'The request was refused'),
    text(fields['detail']) ?? text(fields['message']) ?? '',
    list.flatMap(entryOf),
    headers.get('x-request-id') ?? text(fields['requestId']),
    body,
  );
}

/** Whatever was thrown, as a problem that can be shown. */
export function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  return new ProblemError(
    0,
    'Something went wrong on this page',
    error instanceof Error ? error.message : String(error),
  );
}
