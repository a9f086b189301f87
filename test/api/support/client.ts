import { z } from 'zod';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; undefined where it is none. */
  readonly json: unknown;
}

export type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';

export interface Sent {
  readonly json?: unknown;
  readonly yaml?: string;
  readonly form?: FormData;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks the API as one person would, over real HTTP. */
export class Client {
  constructor(
    readonly url: string,
    readonly credentials: Readonly<Record<string, string>> = {},
  ) {}

  async ask(method: Method, path: string, { json, yaml, form, headers }: Sent = {}): Promise<Answer> {
    const body = form ?? yaml ?? (json === undefined ? undefined : JSON.stringify(json));
    const type =
      yaml !== undefined ? 'application/yaml' : json !== undefined ? 'application/json' : undefined;
    const response = await fetch(`${this.url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(type === undefined ? {} : { 'content-type': type }),
        ...this.credentials,
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parsed(text) };
  }

  get(path: string, sent?: Sent): Promise<Answer> {
    return this.ask('GET', path, sent);
  }
  put(path: string, sent?: Sent): Promise<Answer> {
    return this.ask('PUT', path, sent);
  }
  post(path: string, sent?: Sent): Promise<Answer> {
    return this.ask('POST', path, sent);
  }
  delete(path: string, sent?: Sent): Promise<Answer> {
    return this.ask('DELETE', path, sent);
  }

  /** Uploads a document for an exam. */
  hand(
    exam: string,
    content: string | Uint8Array<ArrayBuffer>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer> {
    return this.post(`/api/v1/exams/${exam}/submissions`, {
      form: formWith(content),
      ...(headers && { headers }),
    });
  }

  /** The same server with a session cookie of somebody. */
  async signIn(email: string, password: string): Promise<Client> {
    const answer = await this.post('/api/auth/sign-in/email', {
      json: { email, password },
      headers: { origin: this.url },
    });
    if (answer.status !== 200) throw new Error(`${email} could not sign in: ${answer.status} ${answer.text}`);
    const cookie = answer.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ');
    return new Client(this.url, { cookie, origin: this.url });
  }

  /** The same server with an API token. */
  withToken(secret: string): Client {
    return new Client(this.url, { authorization: `Bearer ${secret}` });
  }
}

export function formWith(content: string | Uint8Array<ArrayBuffer>, fileName = 'answers.md'): FormData {
  const form = new FormData();
  form.set('file', new Blob([content]), fileName);
  return form;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const Problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  requestId: z.uuid(),
  errors: z
    .array(z.looseObject({ line: z.number().optional(), column: z.number().optional(), message: z.string() }))
    .optional(),
});
export type Problem = z.infer<typeof Problem>;

/** The problem an answer carries. Fails unless it is problem details in every respect, and free of inner workings. */
export function problemIn(answer: Answer): Problem {
  if (answer.headers.get('content-type')?.startsWith('application/problem+json') !== true) {
    throw new Error(
      `no problem details but ${answer.headers.get('content-type')}: ${answer.status} ${answer.text}`,
    );
  }
  const problem = Problem.parse(answer.json);
  if (problem.status !== answer.status)
    throw new Error(`status ${answer.status} with a problem of ${problem.status}`);
  if (answer.headers.get('x-request-id') !== problem.requestId)
    throw new Error('the request id is not in the header');
  if (/node_modules|\bat .*\.(?:ts|js):\d|prisma|postgres/i.test(answer.text))
    throw new Error(`tells too much: ${answer.text}`);
  return problem;
}
