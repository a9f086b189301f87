import { applyDecorators, HttpCode } from '@nestjs/common';
import {
  ApiHeader,
  ApiOperation,
  ApiResponse,
  type ApiHeaderOptions,
  type ApiResponseOptions,
} from '@nestjs/swagger';

const VERSION: ApiHeaderOptions = {
  name: 'Tus-Resumable',
  required: true,
  schema: { type: 'string', enum: ['1.0.0'] },
};
const LENGTH: ApiHeaderOptions = {
  name: 'Upload-Length',
  required: true,
  schema: { type: 'integer' },
};
const METADATA: ApiHeaderOptions = {
  name: 'Upload-Metadata',
  description: 'filename, and sha256 (in hexadecimal) to have the whole checked; values in base 64',
  schema: { type: 'string' },
};
const OFFSET: ApiHeaderOptions = {
  name: 'Upload-Offset',
  required: true,
  schema: { type: 'integer' },
};

const HOW_FAR: ApiResponseOptions = {
  status: 200,
  description: 'How far it is',
  headers: { 'Upload-Offset': { description: 'Bytes that are durable here', schema: { type: 'integer' } } },
};
/** Headers of what answers a beginning. */
const WHERE = {
  Location: { description: 'The address of the upload', schema: { type: 'string' } },
} as const;

/** What each request of the tus protocol carries and is answered, for each kind of upload alike. */
export function BeginsUpload(summary: string): MethodDecorator {
  return applyDecorators(
    ApiHeader(METADATA),
    ApiHeader(LENGTH),
    ApiHeader(VERSION),
    ApiOperation({ summary }),
    HttpCode(201),
    ApiResponse({ status: 201, description: 'Begun', headers: WHERE }),
  );
}

export function TellsHowFar(summary: string): MethodDecorator {
  return applyDecorators(ApiHeader(VERSION), ApiOperation({ summary }), ApiResponse(HOW_FAR));
}

export function TakesBytes({
  summary,
  description,
}: {
  readonly summary: string;
  /** What it means that all is well. */
  readonly description: string;
}): MethodDecorator {
  return applyDecorators(
    ApiHeader(OFFSET),
    ApiHeader(VERSION),
    ApiOperation({ summary }),
    HttpCode(204),
    ApiResponse({ status: 204, description }),
  );
}

export function GivesUp(summary: string): MethodDecorator {
  return applyDecorators(
    ApiHeader(VERSION),
    ApiOperation({ summary }),
    HttpCode(204),
    ApiResponse({ status: 204, description: 'Its bytes are gone' }),
  );
}
