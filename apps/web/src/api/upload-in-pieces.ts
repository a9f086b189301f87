import type { DetailedError } from 'tus-js-client';
import { answered, api } from './client.js';
import { patiently, stopped, watchLine, type UploadProgress } from './line.js';
import { problemOf, unreachable } from './problem.js';
import type { Accepted } from './types.js';

/** Files from this size on are sent so: below it, sending all of it again is quicker than asking how far one came. */
export const IN_PIECES_FROM = 5_000_000;
const PIECE = 2 * 1024 * 1024;
/** Storing a piece takes the server no longer, also just before a deadline. */
const STORED_WITHIN_MS = 60_000;

type OnProgress = (progress: UploadProgress) => void;

/** Sends a large document in pieces (`sendInPieces`). Resolves with the receipt. */
export function uploadInPieces(
  exam: string,
  file: File,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<Accepted> {
  const endpoint = `/api/v1/exams/${encodeURIComponent(exam)}/uploads`;
  return sendInPieces({ endpoint, file, onProgress, signal }, (upload) =>
    answered(
      api.POST('/api/v1/exams/{exam}/uploads/{upload}/finish', { params: { path: { exam, upload } } }),
    ),
  );
}

interface Sending {
  readonly endpoint: string;
  readonly file: File;
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal;
}

/**
 * Sends a large file so that it goes on where it broke off: by itself while the page is open, and when the same file is
 * chosen again after the page was closed. Once all of it is there, `finish` is asked what came of it.
 */
export async function sendInPieces<Outcome>(
  { endpoint, file, onProgress, signal }: Sending,
  finish: (id: string) => Promise<Outcome>,
): Promise<Outcome> {
  const { Upload, defaultOptions } = await import('tus-js-client');
  const sha256 = await sha256Of(file);
  const total = file.size;
  /** What the server has acknowledged, and keeps. */
  let arrived = 0;
  const onLost = () => onProgress({ sent: arrived, total, waiting: true });
  const upload = new Upload(file, {
    endpoint,
    chunkSize: PIECE,
    retryDelays: null,
    // What was sent is found again by name, size and time of the file; until the receipt is here.
    removeFingerprintOnSuccess: false,
    metadata: { filename: file.name, ...(sha256 === null ? {} : { sha256 }) },
  });
  const [before] = await upload.findPreviousUploads();
  if (before !== undefined) upload.resumeFromPreviousUpload(before);
  const attempt = (moved: () => void) =>
    new Promise<void>((resolve, reject) => {
      const end = (after: () => void) => {
        line.stop();
        signal.removeEventListener('abort', stop);
        after();
      };
      const giveUp = (problem: unknown) => {
        void upload.abort();
        end(() => reject(problem));
      };
      const stop = () => giveUp(stopped());
      const line = watchLine(() => giveUp(unreachable()), STORED_WITHIN_MS);
      upload.options.onProgress = (sent) => {
        line.moved(sent === total || sent % PIECE === 0);
        onProgress({ sent, total, waiting: false });
      };
      upload.options.onChunkComplete = (_size, acknowledged) => {
        arrived = acknowledged;
        moved();
      };
      upload.options.onSuccess = () => end(resolve);
      upload.options.onError = (error) => end(() => reject(problemBehind(error)));
      signal.addEventListener('abort', stop);
      if (signal.aborted) stop();
      else upload.start();
    });
  await patiently({ attempt, onLost, signal });
  const id = (upload.url ?? '').split('/').at(-1) ?? '';
  const outcome = await patiently({
    attempt: () => finish(id),
    onLost,
    signal,
    again: ({ status }) => status === 0,
  });
  for (const { urlStorageKey } of await upload.findPreviousUploads()) {
    await defaultOptions.urlStorage?.removeUpload(urlStorageKey);
  }
  return outcome;
}

type Failure = Error | DetailedError;

const answerTo = (error: Failure) => ('originalResponse' in error ? error.originalResponse : null);

function problemBehind(error: Failure): unknown {
  const answer = answerTo(error);
  if (answer === null) return 'originalRequest' in error ? unreachable() : error;
  const headers = new Headers();
  const requestId = answer.getHeader('x-request-id');
  if (requestId !== undefined) headers.set('x-request-id', requestId);
  return problemOf(answer.getStatus(), headers, parsed(answer.getBody()));
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return null;
  }
}

/** Null where the browser gives no means: on plain HTTP addresses other than localhost. */
async function sha256Of(file: File): Promise<string | null> {
  if (!isSecureContext) return null;
  const hash = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
