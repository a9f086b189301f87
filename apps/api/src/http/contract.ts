import { applyDecorators, Header, HttpCode, SerializeOptions } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';
import { MEDIA_TYPE } from './problem.js';

interface Answer {
  readonly description: string;
  /** The answer is an array of what the schema describes. */
  readonly list?: boolean;
}

/**
 * What a route answers when all is well. The schema describes it in the OpenAPI document and filters it on its way out:
 * a field that the schema does not have never leaves, and an answer that does not fit is a fault.
 */
export function Returns(
  status: number,
  schema: z.ZodType,
  { description, list = false }: Answer,
): MethodDecorator & ClassDecorator {
  return applyDecorators(
    HttpCode(status),
    SerializeOptions({ schema }),
    ApiResponse({ status, description, standardSchema: schema, isArray: list }),
  );
}

/** A route that answers text. */
export function ReturnsText(mediaType: string, description: string): MethodDecorator & ClassDecorator {
  return applyDecorators(
    HttpCode(200),
    ApiResponse({ status: 200, description, content: { [mediaType]: { schema: { type: 'string' } } } }),
  );
}

/** A route that answers a file; nobody but who asked for it may keep it. */
export function ReturnsFile(mediaType: string, description: string): MethodDecorator & ClassDecorator {
  return applyDecorators(
    HttpCode(200),
    Header('cache-control', 'private, no-store'),
    Header('x-content-type-options', 'nosniff'),
    ApiResponse({
      status: 200,
      description,
      content: { [mediaType]: { schema: { type: 'string', format: 'binary' } } },
    }),
  );
}

/** A route that sends a browser on to another page. */
export function ReturnsRedirect(description: string): MethodDecorator & ClassDecorator {
  return applyDecorators(HttpCode(302), ApiResponse({ status: 302, description }));
}

/** A route that answers the same as JSON or as a file; the schema's component has to be named in `openapi.ts`. */
export function ReturnsEither(
  schema: z.ZodType,
  component: string,
  mediaTypes: readonly string[],
  description: string,
) {
  const files = mediaTypes.map((mediaType) => [
    mediaType.split(';')[0],
    { schema: { type: 'string', ...(mediaType.startsWith('text/') ? {} : { format: 'binary' }) } },
  ]);
  return applyDecorators(
    HttpCode(200),
    SerializeOptions({ schema }),
    ApiResponse({
      status: 200,
      description,
      content: {
        'application/json': { schema: { $ref: `#/components/schemas/${component}` } },
        ...Object.fromEntries(files),
      },
    }),
  );
}

/** The refusals a route may answer with, beyond 401, 403 and 429, which every guarded route may. */
export function Refuses(...refusals: readonly (readonly [status: number, description: string])[]) {
  return applyDecorators(...refusals.map(([status, description]) => refusal(status, description)));
}

export function refusal(status: number, description: string): MethodDecorator & ClassDecorator {
  return ApiResponse({
    status,
    description,
    content: { [MEDIA_TYPE]: { schema: { $ref: '#/components/schemas/ProblemDetails' } } },
  });
}
