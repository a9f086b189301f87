import type { ApiHeaderOptions, ApiResponseOptions } from '@nestjs/swagger';

/** What requests of the tus protocol carry, and what they are answered, for each kind of upload alike. */
export const VERSION: ApiHeaderOptions = {
  name: 'Tus-Resumable',
  required: true,
  schema: { type: 'string', enum: ['1.0.0'] },
};
export const LENGTH: ApiHeaderOptions = {
  name: 'Upload-Length',
  required: true,
  schema: { type: 'integer' },
};
export const METADATA: ApiHeaderOptions = {
  name: 'Upload-Metadata',
  description: 'filename, and sha256 (in hexadecimal) to have the whole checked; values in base 64',
  schema: { type: 'string' },
};
export const OFFSET: ApiHeaderOptions = {
  name: 'Upload-Offset',
  required: true,
  schema: { type: 'integer' },
};

export const HOW_FAR: ApiResponseOptions = {
  status: 200,
  description: 'How far it is',
  headers: { 'Upload-Offset': { description: 'Bytes that are durable here', schema: { type: 'integer' } } },
};
/** Headers of what answers a beginning. */
export const WHERE = {
  Location: { description: 'The address of the upload', schema: { type: 'string' } },
} as const;
