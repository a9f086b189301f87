import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { LearningPlatform, Records } from '@tensormark/records';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { EVERYBODY, OpenTo } from '../auth/access.js';
import { SignedIn, type Person } from '../auth/person.js';
import { Refuses, Returns } from '../http/contract.js';
import { Problem } from '../http/problem.js';
import { RECORDS } from '../storage/tokens.js';
import { ConnectionCookie, CONNECTION_COOKIE, type Vouched } from './connection-cookie.js';
import { cookieOf, setCookie } from './cookies.js';
import { Connected, Connection } from './platforms.contract.js';
import { ToolAddress } from './tool-address.js';

/** Whom a visit has brought says, signed in, which account is theirs. */
@ApiTags('learning platforms')
@Controller('api/v1/platform-connection')
export class ConnectionController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly connections: ConnectionCookie,
    private readonly tool: ToolAddress,
  ) {}

  @Get()
  @OpenTo(EVERYBODY, null)
  @ApiOperation({ summary: 'Whom the visit that brought you here was vouched for as' })
  @Returns(200, Connection, { description: 'The platform, and what it calls you' })
  @Refuses([404, 'No visit has brought you, or it is too long ago'])
  async waiting(@Req() request: FastifyRequest): Promise<Connection> {
    const { platform, vouched } = await this.vouchedIn(request);
    return { platform: platform.name, person: vouched.name };
  }

  @Post()
  @OpenTo(EVERYBODY, null)
  @ApiOperation({ summary: 'Yes, that is you: the platform signs you in from now on' })
  @Returns(201, Connected, { description: 'Where to go on' })
  @Refuses([404, 'No visit has brought you'], [422, 'They have another account here'])
  async connect(
    @SignedIn() person: Person,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof Connected>> {
    const { platform, vouched } = await this.vouchedIn(request);
    const { subject, linkId } = vouched;
    await this.records.learningPlatforms.connect({
      platformId: platform.id,
      subject,
      userId: person.id,
      by: person.id,
    });
    setCookie(reply, {
      name: CONNECTION_COOKIE,
      value: '',
      path: '/api/v1',
      seconds: 0,
      acrossSites: false,
      secure: this.tool.isSecure(request),
    });
    const exam = (await this.records.courseLinks.find(linkId))?.examId ?? null;
    if (exam !== null && person.role === 'student') await this.records.courseLinks.enrol(exam, [person.id]);
    if (exam === null && person.role === 'examiner') return { to: `/learning-platforms?choose=${linkId}` };
    return { to: '/' };
  }

  private async vouchedIn(
    request: FastifyRequest,
  ): Promise<{ readonly platform: LearningPlatform; readonly vouched: Vouched }> {
    const vouched = await this.connections.open(cookieOf(request, CONNECTION_COOKIE));
    const platform = vouched && (await this.records.learningPlatforms.find(vouched.platformId));
    if (vouched === null || platform === null) {
      throw new Problem(404, 'Open the exam from your course again: that visit is over.', {
        name: 'no-platform-visit',
      });
    }
    return { platform, vouched };
  }
}
