import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { notSignedIn } from '../http/problem.js';
import { ACCESS, type Access } from './access.js';
import { Credentials } from './credentials.js';
import { identify } from './person.js';

/** Finds out who makes the request; on routes open to anyone it does not ask. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly credentials: Credentials,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (access?.kind === 'anyone') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const person = await this.credentials.personBehind(request);
    if (person === undefined) throw notSignedIn();
    identify(request, person);
    return true;
  }
}
