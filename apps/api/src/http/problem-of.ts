import { HttpException } from '@nestjs/common';
import {
  ConflictOfInterestError,
  ExamVersionConflictError,
  IdempotencyKeyReusedError,
  InvalidRecordError,
  MarkConflictError,
  MarkOutOfRangeError,
  NotFoundError,
  SplitConflictError,
} from '@tensormark/records';
import type { FastifyRequest } from 'fastify';
import { bodyTooLarge } from './bodies.js';
import type { Limits } from './limits.js';
import { Problem } from './problem.js';

/** Whatever was thrown, as a refusal; undefined when it is a fault of ours, whose text is nobody's business. */
export function problemOf(thrown: unknown, request: FastifyRequest, limits: Limits): Problem | undefined {
  if (thrown instanceof Problem) return thrown;
  if (codeOf(thrown instanceof HttpException ? thrown.cause : thrown) === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    const { 'content-type': type, 'content-length': length } = request.headers;
    return bodyTooLarge(type, length, limits);
  }
  if (thrown instanceof HttpException) return ofFramework(thrown);
  return ofRecords(thrown) ?? ofFastify(thrown);
}

function ofRecords(thrown: unknown): Problem | undefined {
  if (thrown instanceof NotFoundError) return new Problem(404, thrown.message, { name: thrown.code });
  if (thrown instanceof ConflictOfInterestError)
    return new Problem(403, thrown.message, { name: thrown.code });
  if (thrown instanceof ExamVersionConflictError) {
    return new Problem(412, thrown.message, {
      name: thrown.code,
      title: 'The exam was changed meanwhile',
      members: { currentVersion: thrown.currentVersion },
    });
  }
  if (thrown instanceof MarkConflictError || thrown instanceof SplitConflictError) {
    return new Problem(409, thrown.message, { name: thrown.code });
  }
  if (
    thrown instanceof MarkOutOfRangeError ||
    thrown instanceof IdempotencyKeyReusedError ||
    thrown instanceof InvalidRecordError
  ) {
    return new Problem(422, thrown.message, { name: thrown.code });
  }
  return undefined;
}

/** What Fastify and its plugins refuse, by their codes: what it means and what to do. */
const FASTIFY: Readonly<Record<string, { status: number; name: string; detail: string }>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: {
    status: 400,
    name: 'malformed-json',
    detail: 'The body is not valid JSON.',
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: {
    status: 400,
    name: 'malformed-json',
    detail: 'The body is empty although its content type says JSON.',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    status: 415,
    name: 'unsupported-media-type',
    detail: 'This address does not accept a body of this content type; see /docs.',
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    status: 400,
    name: 'malformed-request',
    detail: 'The body is not as long as the header Content-Length says.',
  },
  FST_INVALID_MULTIPART_CONTENT_TYPE: {
    status: 415,
    name: 'unsupported-media-type',
    detail: 'Send the document as multipart/form-data, in the field "file".',
  },
  FST_FILES_LIMIT: {
    status: 413,
    name: 'too-many-files',
    detail: 'One file is taken per upload.',
  },
  FST_FIELDS_LIMIT: { status: 413, name: 'too-many-fields', detail: 'The form has too many fields.' },
  FST_PARTS_LIMIT: { status: 413, name: 'too-many-fields', detail: 'The form has too many parts.' },
  FST_PROTO_VIOLATION: {
    status: 400,
    name: 'malformed-request',
    detail: 'The form has a field with a forbidden name.',
  },
  FST_MP_PREMATURE_CLOSE: {
    status: 400,
    name: 'upload-broke-off',
    detail: 'The upload broke off before its end. Nothing was stored; send it again.',
  },
};

function ofFastify(thrown: unknown): Problem | undefined {
  const known = FASTIFY[codeOf(thrown) ?? ''];
  return known === undefined ? undefined : new Problem(known.status, known.detail, { name: known.name });
}

function ofFramework(thrown: HttpException): Problem | undefined {
  const known = ofFastify(thrown.cause);
  if (known !== undefined) return known;
  const status = thrown.getStatus();
  if (status === 404)
    return new Problem(404, 'There is nothing at this address; see /docs.', { name: 'not-found' });
  if (status === 403) {
    return new Problem(
      403,
      'This request came from another site, and changes are taken from our own pages only.',
      {
        name: 'cross-site-request',
      },
    );
  }
  if (status >= 500) return undefined;
  return new Problem(status, 'The request cannot be understood; see /docs.', { name: 'malformed-request' });
}

function codeOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}
