import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { forbidden } from '../http/problem.js';
import { ACCESS, type Access } from './access.js';
import { personOf } from './person.js';

/** Lets through whom the route names. */
@Injectable()
export class RolesGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (access?.kind === 'anyone') return true;
    const person = personOf(context.switchToHttp().getRequest<FastifyRequest>());
    if (access === undefined || person === undefined) throw forbidden('This address is open to nobody.');
    if (!access.roles.includes(person.role)) {
      throw forbidden(`This is open to ${inWords(access.roles)}; you are here as ${person.role}.`);
    }
    if (person.credential.kind === 'session') return true;
    if (access.scope === null) throw forbidden('API tokens are not taken here; sign in instead.');
    if (!person.credential.scopes.includes(access.scope)) {
      throw forbidden(`This API token lacks the scope "${access.scope}". Make one that has it.`);
    }
    return true;
  }
}

function inWords(roles: readonly string[]): string {
  return roles.map((role) => `${role}s`).join(' and ');
}
