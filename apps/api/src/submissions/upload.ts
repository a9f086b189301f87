import type { Multipart } from '@fastify/multipart';
import { isWholePdf, recognise, type Format, type RefusalReason } from '@tensormark/documents';
import type { FastifyRequest } from 'fastify';
import { inMegabytes } from '../http/limits.js';
import { Problem } from '../http/problem.js';

interface UploadedFile {
  readonly fileName: string;
  readonly bytes: Buffer;
}

export interface Upload extends UploadedFile {
  readonly mediaType: string;
}

const FIELD = 'file';
const LONGEST_NAME = 200;
/** What a form may need beside the file. */
const FORM_BYTES = 64 * 1024;

/** Takes the one file of a form, within the limit. What is no document is refused, saying what to do. */
export async function readUpload(request: FastifyRequest, limit: number): Promise<Upload> {
  if (!request.isMultipart()) {
    throw new Problem(415, `Send the document as multipart/form-data, in the field "${FIELD}".`, {
      name: 'unsupported-media-type',
    });
  }
  if (Number(request.headers['content-length'] ?? 0) > limit + FORM_BYTES) throw tooLarge(limit);
  let upload: UploadedFile | undefined;
  try {
    for await (const part of request.parts({ limits: { fileSize: limit, files: 1, fields: 5, parts: 6 } })) {
      upload = (await take(part)) ?? upload;
    }
  } catch (error) {
    throw refusalOf(error, limit);
  }
  if (upload === undefined) {
    throw new Problem(
      422,
      `The form has no file in its field "${FIELD}". Choose the document with your answers.`,
      {
        name: 'no-file',
      },
    );
  }
  return { ...upload, mediaType: mediaTypeOf(upload.bytes) };
}

async function take(part: Multipart): Promise<UploadedFile | undefined> {
  if (part.type !== 'file') return undefined;
  const bytes = await part.toBuffer();
  return part.fieldname === FIELD ? { fileName: plainName(part.filename), bytes } : undefined;
}

/** Nothing but reading the form happens there, so an error that has no code of the plugin's is the form's. */
export function refusalOf(error: unknown, limit: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'FST_REQ_FILE_TOO_LARGE') return tooLarge(limit);
  if (typeof code === 'string' && code.startsWith('FST_')) return error;
  return new Problem(
    400,
    'The form cannot be read, or broke off before its end. Nothing was stored; send it again.',
    {
      name: 'malformed-form',
    },
  );
}

export function tooLarge(limit: number): Problem {
  return new Problem(
    413,
    `The file is too large: at most ${inMegabytes(limit)} are taken. Leave out pictures and data, or make them smaller.`,
    { name: 'file-too-large', title: 'The file is too large' },
  );
}

export const STATUS_OF_REFUSAL: Readonly<Record<RefusalReason, number>> = {
  empty: 422,
  'unknown-format': 415,
  'too-large': 413,
  'too-many-pages': 413,
  'too-many-entries': 413,
  encrypted: 422,
  broken: 422,
  'unsafe-archive': 422,
  'unsafe-markup': 422,
  'too-slow': 422,
  'too-much-memory': 422,
};

export const MEDIA_TYPES: Readonly<Record<Format, string>> = {
  text: 'text/plain',
  markdown: 'text/plain',
  latex: 'text/plain',
  python: 'text/plain',
  notebook: 'application/x-ipynb+json',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  png: 'image/png',
  jpeg: 'image/jpeg',
  zip: 'application/zip',
};

const CUT_OFF =
  'This PDF is broken off: its end is missing. It was perhaps still being saved or copied. Open it to see that it is whole, export it again, and upload that.';

/**
 * What the content says it is. Reading it is the worker's, in a process apart; here nothing is unpacked. A file that
 * plainly lacks its end is refused of every kind: who learns it after the deadline has nothing from a receipt.
 */
export function mediaTypeOf(bytes: Buffer): string {
  const recognised = recognise(bytes);
  if (recognised.kind === 'refused') throw refused(recognised.reason, recognised.message);
  if (recognised.format === 'pdf' && !isWholePdf(bytes)) throw refused('broken', CUT_OFF);
  return MEDIA_TYPES[recognised.format];
}

function refused(reason: RefusalReason, message: string): Problem {
  return new Problem(STATUS_OF_REFUSAL[reason], message, {
    name: `file-${reason}`,
    title: 'This file cannot be taken',
  });
}

/** The last part of the name, without control characters and directions of writing that disguise it. */
export function plainName(given: string | undefined): string {
  const last = (given ?? '').split(/[\\/]/).at(-1) ?? '';
  const plain = last.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').trim();
  return plain === '' ? 'document' : plain.slice(0, LONGEST_NAME);
}
