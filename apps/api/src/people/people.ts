import { Inject, Injectable } from '@nestjs/common';
import type { Records, Role, User } from '@tensormark/records';
import { APIError } from 'better-auth/api';
import { SIGN_IN, type SignIn } from '../auth/sign-in.js';
import { Problem } from '../http/problem.js';
import { RECORDS } from '../storage/tokens.js';

export interface NewPerson {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly password: string;
  readonly studentNumber?: string | undefined;
}

/** Accounts: only examiners and the machine room make them. */
@Injectable()
export class People {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(SIGN_IN) private readonly signIn: SignIn,
  ) {}

  /** `by` is null for the machine room. Throws 409 where the address has an account already. */
  async add({ name, email, role, password, studentNumber }: NewPerson, by: string | null): Promise<User> {
    if ((await this.records.users.findByEmail(email.toLowerCase())) !== null) throw taken(email);
    const id = await this.create(name, email, role, password);
    if (studentNumber !== undefined) await this.records.users.setStudentNumber(id, studentNumber, by);
    await this.records.audit.record({
      actorId: by,
      action: 'person-added',
      objectType: 'user',
      objectId: id,
      details: { role },
    });
    const user = await this.records.users.find(id);
    if (user === null) throw new Error('an account that was made is not there');
    return user;
  }

  async setPassword(userId: string, password: string): Promise<void> {
    const { internalAdapter, password: hashing } = await this.signIn.$context;
    await internalAdapter.updatePassword(userId, await hashing.hash(password));
  }

  private async create(name: string, email: string, role: Role, password: string): Promise<string> {
    try {
      const { user } = await this.signIn.api.createUser({ body: { name, email, role, password } });
      return user.id;
    } catch (error) {
      // Somebody makes the same account at this moment.
      const isTaken = (await this.records.users.findByEmail(email)) !== null;
      if (isTaken || (error instanceof APIError && error.statusCode === 400)) throw taken(email);
      throw error;
    }
  }
}

function taken(email: string): Problem {
  return new Problem(409, `There is an account for ${email} already.`, { name: 'account-exists' });
}
