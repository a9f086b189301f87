import { Inject, Injectable } from '@nestjs/common';
import type { Records } from '@tensormark/records';
import { fromNodeHeaders } from 'better-auth/node';
import type { FastifyRequest } from 'fastify';
import { RECORDS } from '../storage/tokens.js';
import type { Person } from './person.js';
import { RoleName } from './person.js';
import { scopesOf } from './scopes.js';
import { SIGN_IN, type SignIn } from './sign-in.js';

const BEARER = /^Bearer ([A-Za-z0-9._~+/=-]{1,512})$/i;

/** Reads who is behind a request from its API token or its session cookie. */
@Injectable()
export class Credentials {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(SIGN_IN) private readonly signIn: SignIn,
  ) {}

  /** Undefined when nobody is. A request that shows a token is judged by it alone. */
  async personBehind(request: FastifyRequest): Promise<Person | undefined> {
    const { authorization, cookie } = request.headers;
    if (authorization !== undefined) return this.ownerOf(BEARER.exec(authorization)?.[1]);
    return cookie === undefined ? undefined : this.holderOf(request);
  }

  private async ownerOf(secret: string | undefined): Promise<Person | undefined> {
    if (secret === undefined) return undefined;
    const verified = await this.records.apiTokens.verify(secret);
    if (verified === null) return undefined;
    const { token, user } = verified;
    return {
      id: user.id,
      name: user.name,
      email: user.email,
      role: user.role,
      credential: { kind: 'token', id: token.id, scopes: scopesOf(token.scopes) },
    };
  }

  private async holderOf(request: FastifyRequest): Promise<Person | undefined> {
    const session = await this.signIn.api.getSession({ headers: fromNodeHeaders(request.headers) });
    if (session === null) return undefined;
    const role = RoleName.safeParse(session.user.role);
    if (!role.success || session.user.banned === true) return undefined;
    const { id, name, email } = session.user;
    return { id, name, email, role: role.data, credential: { kind: 'session' } };
  }
}
