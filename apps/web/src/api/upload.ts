import { patiently, stopped, watchLine, type UploadProgress } from './line.js';
import { problemOf, unreachable } from './problem.js';

interface Upload {
  readonly path: string;
  readonly file: File;
  /** Makes a repeated attempt the same upload. */
  readonly key: string;
  readonly onProgress: (progress: UploadProgress) => void;
  readonly signal: AbortSignal;
}

/** Storing a file takes the server no longer. */
const STORED_WITHIN_MS = 60_000;

/** Sends a file. Where the line is lost it is sent again by itself, from the start. */
export function upload<T>(sending: Upload): Promise<T> {
  const { file, onProgress, signal } = sending;
  return patiently({
    attempt: () => uploadOnce<T>(sending, STORED_WITHIN_MS),
    onLost: () => onProgress({ sent: 0, total: file.size, waiting: true }),
    signal,
    // Whatever is answered was decided, and is told.
    again: ({ status }) => status === 0,
  });
}

/** Sends a file and tells how far it is, which fetch cannot. */
export function uploadOnce<T>(
  { path, file, key, onProgress, signal }: Upload,
  answeredWithin = Infinity,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.setRequestHeader('accept', 'application/json, application/problem+json');
    request.setRequestHeader('idempotency-key', key);
    let lost = false;
    const line = watchLine(() => {
      lost = true;
      request.abort();
    }, answeredWithin);
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      line.moved(loaded >= total);
      onProgress({ sent: Math.min(loaded, file.size), total: file.size, waiting: false });
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
    request.addEventListener('abort', () => reject(lost ? unreachable() : stopped()));
    const stop = () => request.abort();
    signal.addEventListener('abort', stop);
    request.addEventListener('loadend', () => {
      line.stop();
      signal.removeEventListener('abort', stop);
    });
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
