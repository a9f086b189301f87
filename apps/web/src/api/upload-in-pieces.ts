import type { DetailedError } from 'tus-js-client';
import { answered, api } from './client.js';
import { ProblemError, problemOf, unreachable } from './problem.js';
import type { Accepted } from './types.js';
import type { UploadProgress } from './upload.js';

/** Files from this size on are sent so: below it, sending all of it again is quicker than asking how far one came. */
export const IN_PIECES_FROM = 5_000_000;
const PIECE = 2 * 1024 * 1024;
/** Between tries, in ms, from the last piece that arrived on. */
const PATIENCE = [0, 500, 1000, 2000, 4000, ...Array.from({ length: 30 }, () => 8000)];

export interface PiecesProgress extends UploadProgress {
  /** The connection is lost; it is tried again by itself. */
  readonly waiting: boolean;
}

type OnProgress = (progress: PiecesProgress) => void;

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
  let sent = 0;
  const upload = new Upload(file, {
    endpoint,
    chunkSize: PIECE,
    retryDelays: PATIENCE,
    // What was sent is found again by name, size and time of the file; until the receipt is here.
    removeFingerprintOnSuccess: false,
    metadata: { filename: file.name, ...(sha256 === null ? {} : { sha256 }) },
    onShouldRetry: (error) => {
      const again = isWorthAnotherTry(error);
      if (again) onProgress({ sent, total, waiting: true });
      return again;
    },
  });
  const [before] = await upload.findPreviousUploads();
  if (before !== undefined) upload.resumeFromPreviousUpload(before);
  await new Promise<void>((resolve, reject) => {
    upload.options.onProgress = (so) => {
      sent = so;
      onProgress({ sent, total, waiting: false });
    };
    upload.options.onSuccess = () => resolve();
    upload.options.onError = (error) => reject(problemBehind(error));
    const stop = (): void => {
      void upload.abort();
      reject(
        new ProblemError(
          0,
          'The upload was stopped',
          'Nothing was handed in. Choose the same file again to go on where it stopped.',
        ),
      );
    };
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    else upload.start();
  });
  const id = (upload.url ?? '').split('/').at(-1) ?? '';
  const outcome = await finish(id);
  for (const { urlStorageKey } of await upload.findPreviousUploads()) {
    await defaultOptions.urlStorage?.removeUpload(urlStorageKey);
  }
  return outcome;
}

type Failure = Error | DetailedError;

const answerTo = (error: Failure) => ('originalResponse' in error ? error.originalResponse : null);

function isWorthAnotherTry(error: Failure): boolean {
  const status = answerTo(error)?.getStatus() ?? 0;
  return status === 0 || status >= 500 || status === 409 || status === 423 || status === 429;
}

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
