import createClient from 'openapi-fetch';
import { takeAhead } from './ahead.js';
import { problemOf, unreachable } from './problem.js';
import type { paths } from './schema.js';

/** Every address of the API, with the types of what goes in and comes out. */
export const api = createClient<paths>({
  baseUrl: '',
  credentials: 'same-origin',
  fetch: async (request) => {
    try {
      return (await takeAhead(request)) ?? (await fetch(request));
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') throw error;
      throw unreachable();
    }
  },
});

interface Outcome<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/** The answer itself; whatever is not a success is thrown as a ProblemError. */
export async function answered<T>(asked: Promise<Outcome<T>>): Promise<T> {
  const { data, error, response } = await asked;
  if (!response.ok) throw problemOf(response.status, response.headers, error);
  return data as T;
}

/** How YAML goes out: as it is. */
export const asYaml = {
  headers: { 'content-type': 'application/yaml' },
  bodySerializer: (yaml: string) => yaml,
} as const;
