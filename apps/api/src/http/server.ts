import { randomUUID } from 'node:crypto';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { LogController, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { ApiOptions } from '../options.js';
import { FORM, JSON_BYTES, TABLE, YAML } from './bodies.js';
import { TableFile } from './table-file.js';
import type { Limits } from './limits.js';
import { MEDIA_TYPE, Problem, tooManyRequests } from './problem.js';

const REQUEST_TIMEOUT_MS = 120_000;

/** The HTTP server with its limits, before any route. */
export function httpServer(options: Pick<ApiOptions, 'logLevel' | 'trustProxy'>): FastifyAdapter {
  return new FastifyAdapter({
    logger: {
      level: options.logLevel ?? 'warn',
      base: { room: 'api' },
      stream: process.stderr,
      // Addresses and headers name people; a request's id, method and route are enough to find it.
      serializers: { req: ({ id, method }: FastifyRequest) => ({ id, method }) },
    },
    // What is worth logging of a request is logged once, when it has been answered (see furnish).
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: JSON_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    trustProxy:
      typeof options.trustProxy === 'object' ? [...options.trustProxy] : (options.trustProxy ?? false),
    multipart: false,
    routerOptions: { maxParamLength: 256 },
    frameworkErrors: malformedAddress,
  });
}

/** Body parsers, upload parsing, rate limits by address, request ids and the request log. */
export async function furnish(fastify: FastifyInstance, limits: Limits): Promise<void> {
  fastify.addContentTypeParser(
    [...YAML.types],
    { parseAs: 'buffer', bodyLimit: YAML.bytes(limits) },
    (_request: FastifyRequest, body: Buffer, done) => done(null, body),
  );
  fastify.addContentTypeParser(
    [...TABLE.types],
    { parseAs: 'buffer', bodyLimit: TABLE.bytes(limits) },
    (_request: FastifyRequest, body: Buffer, done) => done(null, new TableFile(body)),
  );
  fastify.addContentTypeParser(
    [...FORM.types],
    { parseAs: 'string', bodyLimit: FORM.bytes(limits) },
    (_request: FastifyRequest, body: string, done) =>
      done(null, Object.fromEntries(new URLSearchParams(body))),
  );
  // What comes in pieces is read as it comes, by whoever takes the piece.
  fastify.addContentTypeParser('application/offset+octet-stream', (_request, _body, done) => done(null));
  await fastify.register(multipart);
  await fastify.register(rateLimit, {
    global: true,
    max: limits.requestsPerMinute,
    timeWindow: '1 minute',
    keyGenerator: (request) => request.ip,
    addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
    addHeadersOnExceeding: {
      'x-ratelimit-limit': false,
      'x-ratelimit-remaining': false,
      'x-ratelimit-reset': false,
    },
    errorResponseBuilder: (_request, { ttl }) => tooManyRequests(Math.ceil(ttl / 1000)),
  });
  fastify.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id);
    if (request.url.startsWith('/api/')) void reply.header('cache-control', 'no-store');
  });
  fastify.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'answered',
    );
  });
}

/** Answers an address that the router cannot read, before anything else has seen it. */
function malformedAddress(_error: Error, request: FastifyRequest, reply: FastifyReply): void {
  const problem = new Problem(
    400,
    'The address of this request cannot be read: a part of it is too long, or a % in it is followed by no character.',
    { name: 'malformed-request' },
  );
  void reply
    .status(problem.status)
    .header('content-type', `${MEDIA_TYPE}; charset=utf-8`)
    .header('x-request-id', request.id)
    .header('cache-control', 'no-store')
    .send(JSON.stringify(problem.toDetails(request.id)));
}
