import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { EXAM_OBJECTS, type ExamObject, type Records } from '@tensormark/records';
import type { FastifyRequest } from 'fastify';
import { notFound } from '../http/problem.js';
import { RECORDS } from '../storage/tokens.js';
import { identify, personOf } from './person.js';

/**
 * Makes of whoever asks what they are in the exam that the address is about: it is all that roles, and what is shown by
 * them, are judged by from here on. An exam that is not open to them is not there.
 *
 * Addresses name what they are about by the parameters of `EXAM_OBJECTS`; what else stands in an address is looked for
 * within that exam.
 */
@Injectable()
export class ExamRoleGuard implements CanActivate {
  constructor(@Inject(RECORDS) private readonly records: Records) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const person = personOf(request);
    const object = objectOf(request.params);
    if (person === undefined || object === undefined) return true;
    const role = await this.records.teams.roleAt(object, person);
    if (role === null) throw notFound(object.kind === 'request' ? 'review request' : object.kind);
    if (role !== undefined) identify(request, { ...person, role });
    return true;
  }
}

function objectOf(params: unknown): { readonly kind: ExamObject; readonly id: string } | undefined {
  if (typeof params !== 'object' || params === null) return undefined;
  const named = new Map<string, unknown>(Object.entries(params));
  for (const kind of EXAM_OBJECTS) {
    const id = named.get(kind);
    if (typeof id === 'string') return { kind, id };
  }
  return undefined;
}
