import { Inject, Injectable } from '@nestjs/common';
import type { LearningPlatform, Records, User } from '@tensormark/records';
import { SIGN_IN, type SignIn } from '../auth/sign-in.js';
import { RECORDS } from '../storage/tokens.js';
import type { Visit } from './claims.js';

/** Somebody as a platform tells of them. */
export type Told = Pick<Visit, 'subject' | 'name' | 'email' | 'teaches'>;

export type Recognised =
  | { readonly kind: 'known'; readonly user: User }
  /** Would be a new student. */
  | { readonly kind: 'new'; readonly name: string; readonly email: string }
  /** Has to sign in here once and say that it is them. */
  | { readonly kind: 'unsure'; readonly why: string };

/**
 * Finds the account of somebody a platform vouches for. By their name there once it is connected; a student's by e-mail
 * address where the platform's addresses are trusted. Nobody becomes marker or examiner by the word of a platform.
 */
@Injectable()
export class Recognition {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(SIGN_IN) private readonly signIn: SignIn,
  ) {}

  async of(platform: LearningPlatform, { subject, name, email, teaches }: Told): Promise<Recognised> {
    const known = await this.records.learningPlatforms.accountOf(platform.id, subject);
    const user = known === null ? null : await this.records.users.find(known);
    if (user !== null) return { kind: 'known', user };
    if (teaches) return { kind: 'unsure', why: 'Teachers connect their account themselves.' };
    if (email === null) return { kind: 'unsure', why: 'The platform tells no e-mail address.' };
    const namesake = await this.records.users.findByEmail(email);
    if (namesake === null) return { kind: 'new', name: name ?? email, email };
    if (!platform.trustsEmail)
      return { kind: 'unsure', why: 'There is an account with this e-mail address; its owner connects it.' };
    if (namesake.role !== 'student')
      return { kind: 'unsure', why: 'The account with this e-mail address is no student’s.' };
    return { kind: 'known', user: namesake };
  }

  /** As `of`, and makes the account or the connection. Null where they have to sign in first. */
  async admit(platform: LearningPlatform, told: Told, by: string | null): Promise<User | null> {
    const recognised = await this.of(platform, told);
    if (recognised.kind === 'unsure') return null;
    const user = recognised.kind === 'known' ? recognised.user : await this.newStudent(recognised);
    if (user === null) return null;
    await this.records.learningPlatforms.connect({
      platformId: platform.id,
      subject: told.subject,
      userId: user.id,
      by,
    });
    return user;
  }

  /** Without a password: they come by the platform. Null where the address has just been taken. */
  private async newStudent({ name, email }: { name: string; email: string }): Promise<User | null> {
    const { internalAdapter } = await this.signIn.$context;
    try {
      const { id } = await internalAdapter.createUser(
        { name, email, role: 'student', emailVerified: false },
        { method: 'lti' },
      );
      await this.records.audit.record({
        actorId: null,
        action: 'person-added',
        objectType: 'user',
        objectId: id,
        details: { role: 'student' },
      });
      return await this.records.users.find(id);
    } catch (error) {
      if ((await this.records.users.findByEmail(email)) !== null) return null;
      throw error;
    }
  }
}
