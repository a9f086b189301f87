import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LIMITS } from '../storage/tokens.js';
import type { Limits } from './limits.js';
import { MEDIA_TYPE, Problem } from './problem.js';
import { problemOf } from './problem-of.js';

/** Every error leaves as problem details. A fault of ours is logged in full and told without any of it. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LIMITS) private readonly limits: Limits) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    answerWith(problemFrom(thrown, request, this.limits), request, reply);
  }
}

function problemFrom(thrown: unknown, request: FastifyRequest, limits: Limits): Problem {
  const problem = problemOf(thrown, request, limits);
  if (problem !== undefined) return problem;
  request.log.error({ err: thrown }, 'a fault of ours');
  return new Problem(
    500,
    'A fault on our side; nothing you sent is to blame. Try again, and give the request id when you report it.',
    { name: 'fault' },
  );
}

function answerWith(problem: Problem, request: FastifyRequest, reply: FastifyReply): void {
  if (reply.raw.headersSent) {
    reply.raw.destroy();
    return;
  }
  void reply
    .status(problem.status)
    .headers({
      'cache-control': 'no-store',
      'x-request-id': request.id,
      'content-type': `${MEDIA_TYPE}; charset=utf-8`,
      ...problem.extras.headers,
    })
    .send(JSON.stringify(problem.toDetails(request.id)));
}
