import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ROLES, type Role } from '@tensormark/records';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { notSignedIn } from '../http/problem.js';
import type { Scope } from './scopes.js';

/** How somebody showed who they are. */
export type Credential =
  | { readonly kind: 'session' }
  | { readonly kind: 'token'; readonly id: string; readonly scopes: readonly Scope[] };

/** Whoever makes a request. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** In the service; where a request is about an exam, in that one. */
  readonly role: Role;
  readonly credential: Credential;
}

export const RoleName = z.enum(ROLES).meta({ id: 'Role' });

export const Me = z
  .object({ id: z.string(), name: z.string(), email: z.string(), role: RoleName })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof Me>;

export const MyAccount = Me.extend({
  marks: z.boolean().meta({ description: 'There may be exams that you mark, as a student of others too' }),
}).meta({ id: 'MyAccount' });
export type MyAccount = z.infer<typeof MyAccount>;

const people = new WeakMap<FastifyRequest, Person>();

export function identify(request: FastifyRequest, person: Person): void {
  people.set(request, person);
}

export function personOf(request: FastifyRequest): Person | undefined {
  return people.get(request);
}

/** The signed-in person, for a route's parameter. */
export const SignedIn = createParamDecorator((_: unknown, context: ExecutionContext): Person => {
  const person = personOf(context.switchToHttp().getRequest<FastifyRequest>());
  if (person === undefined) throw notSignedIn();
  return person;
});
