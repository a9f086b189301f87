import { Inject, Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { HttpAdapterHost, Reflector } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { personOf } from '../auth/person.js';
import { LIMITS } from '../storage/tokens.js';
import type { Limits } from './limits.js';
import { tooManyRequests } from './problem.js';

type Counter = ReturnType<FastifyInstance['createRateLimit']>;

async function count(counter: Counter, request: FastifyRequest): Promise<void> {
  const counted = await counter(request);
  if (!counted.isAllowed && counted.isExceeded) throw tooManyRequests(counted.ttlInSeconds);
}

/** Attempts at one account from one address: a stranger elsewhere cannot lock its owner out. */
@Injectable()
export class SignInRates {
  private readonly accounts = new WeakMap<FastifyRequest, string>();
  private counter: Counter | undefined;

  constructor(
    private readonly http: HttpAdapterHost,
    @Inject(LIMITS) private readonly limits: Limits,
  ) {}

  async count(request: FastifyRequest, account: string): Promise<void> {
    this.accounts.set(request, account.toLowerCase());
    this.counter ??= this.http.httpAdapter.getInstance<FastifyInstance>().createRateLimit({
      max: this.limits.signInsPerAccount,
      timeWindow: '5 minutes',
      keyGenerator: (asked) => `sign-in|${asked.ip}|${this.accounts.get(asked) ?? ''}`,
    });
    await count(this.counter, request);
  }
}

const UPLOADS = 'tensormark:uploads';

/** Counts a route's requests as uploads of the person or token that makes them. */
export const CountedAsUpload = (): MethodDecorator => SetMetadata(UPLOADS, true);

@Injectable()
export class UploadRateGuard implements CanActivate {
  private counters: Readonly<Record<'session' | 'token', Counter>> | undefined;

  constructor(
    private readonly reflector: Reflector,
    private readonly http: HttpAdapterHost,
    @Inject(LIMITS) private readonly limits: Limits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.reflector.get<boolean | undefined>(UPLOADS, context.getHandler()) !== true) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const person = personOf(request);
    if (person === undefined) return true;
    this.counters ??= this.open();
    await count(this.counters[person.credential.kind], request);
    return true;
  }

  private open(): Readonly<Record<'session' | 'token', Counter>> {
    const fastify = this.http.httpAdapter.getInstance<FastifyInstance>();
    const counter = (max: number): Counter =>
      fastify.createRateLimit({
        max,
        timeWindow: '1 minute',
        keyGenerator: (asked) => `upload|${whoAsks(asked)}`,
      });
    return {
      session: counter(this.limits.uploadsPerMinute),
      token: counter(this.limits.tokenUploadsPerMinute),
    };
  }
}

function whoAsks(request: FastifyRequest): string {
  const person = personOf(request);
  if (person === undefined) return request.ip;
  return person.credential.kind === 'token' ? `token ${person.credential.id}` : `person ${person.id}`;
}
