import { ProblemError, problemOf, unreachable } from './problem.js';

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
      const body = parsed(request.responseText);
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

/** What a proxy refuses may come as a page of its own; the status then says what is known. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return null;
  }
}

/** 128 random bits; crypto.randomUUID is missing on plain HTTP addresses other than localhost. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
