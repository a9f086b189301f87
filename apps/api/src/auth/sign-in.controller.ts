import { Body, Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Records } from '@tensormark/records';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Refuses, Returns } from '../http/contract.js';
import { SignInRates } from '../http/rates.js';
import { RECORDS } from '../storage/tokens.js';
import { EVERYBODY, OpenTo, OpenToAnyone } from './access.js';
import { Me, MyAccount, SignedIn, type Person } from './person.js';
import { relay } from './relay.js';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD, SIGN_IN, type SignIn } from './sign-in.js';

const SignInRequest = z
  .strictObject({
    email: z.email().max(254),
    password: z.string().min(1).max(LONGEST_PASSWORD),
    rememberMe: z.boolean().optional(),
  })
  .meta({ id: 'SignInRequest' });

const PasswordChange = z
  .strictObject({
    currentPassword: z.string().min(1).max(LONGEST_PASSWORD),
    newPassword: z.string().min(SHORTEST_PASSWORD).max(LONGEST_PASSWORD),
  })
  .meta({ id: 'PasswordChange' });

const SignedInAnswer = z.object({ user: Me }).meta({ id: 'SignedIn' });
const Done = z.object({ success: z.literal(true) }).meta({ id: 'Done' });

@ApiTags('sign-in')
@Controller('api/auth')
export class SignInController {
  constructor(
    @Inject(SIGN_IN) private readonly signIn: SignIn,
    @Inject(RECORDS) private readonly records: Records,
    private readonly rates: SignInRates,
  ) {}

  @Post('sign-in/email')
  @OpenToAnyone()
  @ApiOperation({ summary: 'Sign in; a session cookie comes back' })
  @Returns(200, SignedInAnswer, { description: 'Who is signed in now' })
  @Refuses([401, 'Wrong e-mail address or password'], [422, 'Invalid body'], [429, 'Too many attempts'])
  async signInByEmail(
    @Body({ schema: SignInRequest }) body: z.infer<typeof SignInRequest>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof SignedInAnswer>> {
    await this.rates.count(request, body.email);
    await relay(this.signIn, '/sign-in/email', body, request, reply);
    const user = await this.records.users.findByEmail(body.email.toLowerCase());
    if (user === null) throw new Error('somebody signed in who is not in the records');
    return { user };
  }

  @Post('sign-out')
  @OpenToAnyone()
  @HttpCode(200)
  @ApiOperation({ summary: 'End the session' })
  @Returns(200, Done, { description: 'Signed out' })
  async signOut(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof Done>> {
    await relay(this.signIn, '/sign-out', {}, request, reply);
    return { success: true };
  }

  @Post('change-password')
  @OpenTo(EVERYBODY, null)
  @ApiOperation({ summary: 'Change your own password; your other sessions end' })
  @Returns(200, Done, { description: 'Changed' })
  @Refuses([400, 'The current password is wrong'], [422, 'Invalid body'])
  async changePassword(
    @Body({ schema: PasswordChange }) body: z.infer<typeof PasswordChange>,
    @SignedIn() person: Person,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof Done>> {
    await this.rates.count(request, person.email);
    await relay(this.signIn, '/change-password', { ...body, revokeOtherSessions: true }, request, reply);
    await this.records.audit.record({
      actorId: person.id,
      action: 'password-changed',
      objectType: 'user',
      objectId: person.id,
    });
    return { success: true };
  }
}

@ApiTags('sign-in')
@Controller('api/v1/me')
export class MeController {
  constructor(@Inject(RECORDS) private readonly records: Records) {}

  @Get()
  @OpenTo(EVERYBODY, 'read')
  @ApiOperation({ summary: 'Who you are' })
  @Returns(200, MyAccount, { description: 'You' })
  async me(@SignedIn() { id, name, email, role }: Person): Promise<MyAccount> {
    const marks = role !== 'student' || (await this.records.teams.isNamed(id));
    return { id, name, email, role, marks };
  }
}
