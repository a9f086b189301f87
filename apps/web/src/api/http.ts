import { ProblemError, problemOf, unreachable } from './problem.js';

interface CallOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly json?: unknown;
  readonly yaml?: string;
  readonly signal?: AbortSignal;
}

async function send(path: string, { method = 'GET', json, yaml, signal }: CallOptions): Promise<Response> {
  const headers = new Headers({ accept: 'application/json, application/problem+json, text/plain' });
  if (json !== undefined) headers.set('content-type', 'application/json');
  if (yaml !== undefined) headers.set('content-type', 'application/yaml');
  try {
    return await fetch(path, {
      method,
      headers,
      body: json === undefined ? yaml : JSON.stringify(json),
      credentials: 'same-origin',
      signal,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw unreachable();
  }
}

/** The body as JSON, or null when it is none. */
export async function bodyOf(response: Response): Promise<unknown> {
  const written = await response.text();
  try {
    return written === '' ? null : (JSON.parse(written) as unknown);
  } catch {
    return null;
  }
}

/** Asks the API; whatever is not a success becomes a ProblemError. */
export async function call<T>(path: string, options: CallOptions = {}): Promise<T> {
  const response = await send(path, options);
  const body = await bodyOf(response);
  if (!response.ok) throw problemOf(response.status, response.headers, body);
  return body as T;
}

/** The same for what is plain text, such as a document or an exam's YAML. */
export async function callText(path: string, options: CallOptions = {}): Promise<string> {
  const response = await send(path, options);
  if (!response.ok) throw problemOf(response.status, response.headers, await bodyOf(response));
  return response.text();
}

export interface UploadProgress {
  readonly sent: number;
  readonly total: number;
}

/** Sends a file and tells how far it is, which fetch cannot. The key makes a repeated attempt the same upload. */
export function upload<T>(
  path: string,
  file: File,
  idempotencyKey: string,
  onProgress: (progress: UploadProgress) => void,
  signal: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.setRequestHeader('accept', 'application/json, application/problem+json');
    request.setRequestHeader('idempotency-key', idempotencyKey);
    request.upload.addEventListener('progress', (event) => {
      onProgress({ sent: Math.min(event.loaded, file.size), total: file.size });
    });
    request.addEventListener('load', () => {
      let body: unknown = null;
      try {
        body = JSON.parse(request.responseText) as unknown;
      } catch {
        // Refused before the API could write a problem, by a proxy for instance; the status says what is known.
      }
      if (request.status >= 200 && request.status < 300) return resolve(body as T);
      const headers = new Headers();
      const requestId = request.getResponseHeader('x-request-id');
      if (requestId !== null) headers.set('x-request-id', requestId);
      return reject(problemOf(request.status, headers, body));
    });
    request.addEventListener('error', () => reject(unreachable()));
    request.addEventListener('abort', () =>
      reject(new ProblemError(0, 'The upload was cancelled', 'Nothing was handed in.')),
    );
    signal.addEventListener('abort', () => request.abort());
    const form = new FormData();
    form.append('file', file, file.name);
    request.send(form);
  });
}

/** 128 random bits; crypto.randomUUID is missing on plain HTTP addresses other than localhost. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
