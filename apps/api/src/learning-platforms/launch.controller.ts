import { randomBytes } from 'node:crypto';
import {
  Body,
  Controller,
  Get,
  Header,
  HttpCode,
  Inject,
  Logger,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { CourseLink, LearningPlatform, Records, User } from '@tensormark/records';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { OpenToAnyone } from '../auth/access.js';
import { SIGN_IN, type SignIn } from '../auth/sign-in.js';
import { Refuses, Returns, ReturnsRedirect } from '../http/contract.js';
import { CLOCK, type Clock } from '../storage/clock.js';
import { RECORDS } from '../storage/tokens.js';
import { ConnectionCookie, CONNECTION_COOKIE, CONNECTION_SECONDS } from './connection-cookie.js';
import { cookieOf, setCookie } from './cookies.js';
import { IdTokens } from './id-token.js';
import { openInItsOwnWindow } from './own-window.js';
import { Recognition } from './recognition.js';
import { ToolAddress } from './tool-address.js';
import { ToolKey } from './tool-key.js';

const Line = z.string().max(4000);
/** OpenID Connect's third-party initiated login, as LTI 1.3 has it (security framework 1.0, section 5.1.1.1). */
const LoginRequest = z
  .object({
    iss: Line.min(1),
    login_hint: Line.min(1),
    target_link_uri: Line.optional(),
    lti_message_hint: Line.optional(),
    client_id: Line.optional(),
  })
  .meta({ id: 'PlatformLoginRequest' });
type LoginRequest = z.infer<typeof LoginRequest>;

const Launch = z
  .object({
    state: z.string().max(200).default(''),
    id_token: z.string().max(60_000).optional(),
    error: z.string().max(500).optional(),
  })
  .meta({ id: 'PlatformLaunch' });

const Keys = z
  .object({ keys: z.array(z.record(z.string(), z.string())) })
  .meta({ id: 'ToolKeys', description: 'A JSON Web Key Set' });

const STATE_COOKIE = 'tensormark.platform-state';
const STATE_PATH = '/api/v1/lti';
const STATE_SECONDS = 600;
const SEE_OTHER = 303;

type Refusal = 'platform-unknown' | 'visit-expired' | 'visit-refused' | 'visit-not-verified';

/** People coming from learning platforms by LTI 1.3. What is wrong is told on the sign-in page: browsers are sent here. */
@ApiTags('learning platforms')
@Controller('api/v1/lti')
export class LaunchController {
  private readonly logger = new Logger(LaunchController.name);

  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(SIGN_IN) private readonly signIn: SignIn,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly key: ToolKey,
    private readonly idTokens: IdTokens,
    private readonly recognition: Recognition,
    private readonly connections: ConnectionCookie,
    private readonly tool: ToolAddress,
  ) {}

  @Get('keys')
  @OpenToAnyone()
  @Header('cache-control', 'public, max-age=3600')
  @ApiOperation({ summary: 'The keys that platforms check signatures of this server by' })
  @Returns(200, Keys, { description: 'The keys' })
  async keys(): Promise<z.infer<typeof Keys>> {
    const { keys } = await this.key.published();
    return { keys: keys.map((key) => ({ ...key })) };
  }

  @Get('login')
  @OpenToAnyone()
  @ApiOperation({ summary: 'Where a platform sends people first; they go back there to be vouched for' })
  @ReturnsRedirect('To the platform')
  @Refuses([422, 'Not the request of a learning platform'])
  login(
    @Query({ schema: LoginRequest }) asked: LoginRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    return this.beginVisit(asked, request, reply);
  }

  @Post('login')
  @OpenToAnyone()
  @ApiOperation({ summary: 'The same for platforms that send a form' })
  @ReturnsRedirect('To the platform')
  @Refuses([422, 'Not the request of a learning platform'])
  loginByForm(
    @Body({ schema: LoginRequest }) asked: LoginRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    return this.beginVisit(asked, request, reply);
  }

  @Post('launch')
  @OpenToAnyone()
  @HttpCode(SEE_OTHER)
  @ApiOperation({ summary: 'Where a platform sends people with its word for who they are' })
  @ReturnsRedirect('To the exam, or to the sign-in page with what was wrong')
  @Refuses([422, 'Not what a learning platform sends'])
  async launch(
    @Body({ schema: Launch }) { state, id_token: token, error }: z.infer<typeof Launch>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    void reply.status(SEE_OTHER);
    const begun = cookieOf(request, STATE_COOKIE);
    this.forgetState(reply);
    const notBefore = new Date(this.clock.now().getTime() - STATE_SECONDS * 1000);
    const login =
      state !== '' && begun === state
        ? await this.records.learningPlatforms.endLogin(state, notBefore)
        : null;
    if (login === null) return this.refuse(reply, 'visit-expired');
    if (error !== undefined || token === undefined) return this.refuse(reply, 'visit-refused');
    const verified = await this.idTokens.verify(token, login.platform, login.nonce);
    if (verified.kind === 'refused') {
      this.logger.warn(`a visit from platform ${login.platform.id} was not taken: ${verified.why}`);
      return this.refuse(reply, 'visit-not-verified');
    }
    const { visit } = verified;
    const link = await this.records.courseLinks.arrived({ platformId: login.platform.id, ...visit.place });
    const user = await this.recognition.admit(login.platform, visit, null);
    if (user === null) {
      const vouched = {
        platformId: login.platform.id,
        subject: visit.subject,
        name: visit.name,
        linkId: link.id,
      };
      setCookie(reply, {
        name: CONNECTION_COOKIE,
        value: await this.connections.seal(vouched),
        path: '/api/v1',
        seconds: CONNECTION_SECONDS,
        acrossSites: false,
        secure: this.tool.isSecure(request),
      });
      void reply.header('location', '/connect-platform');
      return;
    }
    const { headers } = await this.signIn.api.arrive({ body: { userId: user.id }, returnHeaders: true });
    void reply.header('set-cookie', headers.getSetCookie());
    const to = await this.wayOf(user, link);
    void reply.header('location', `/arrived?${new URLSearchParams({ to }).toString()}`);
  }

  private async beginVisit(
    asked: LoginRequest,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<string | undefined> {
    const platform = await this.platformOf(asked);
    if (platform === undefined) {
      this.refuse(reply, 'platform-unknown');
      void reply.status(SEE_OTHER);
      return undefined;
    }
    // Cookies of another site are not kept in a frame: the visit goes on in a window of its own.
    if (request.headers['sec-fetch-dest'] === 'iframe' || request.headers['sec-fetch-dest'] === 'frame') {
      return openInItsOwnWindow(reply, `${STATE_PATH}/login`, asked);
    }
    const state = randomBytes(24).toString('base64url');
    const nonce = randomBytes(24).toString('base64url');
    await this.records.learningPlatforms.beginLogin({ platformId: platform.id, state, nonce });
    setCookie(reply, {
      name: STATE_COOKIE,
      value: state,
      path: STATE_PATH,
      seconds: STATE_SECONDS,
      acrossSites: true,
      secure: true,
    });
    const there = new URL(platform.authorizationUrl);
    const parameters = {
      scope: 'openid',
      response_type: 'id_token',
      response_mode: 'form_post',
      prompt: 'none',
      client_id: platform.clientId,
      redirect_uri: this.tool.of(request).launchUrl,
      state,
      nonce,
      login_hint: asked.login_hint,
      ...(asked.lti_message_hint !== undefined && { lti_message_hint: asked.lti_message_hint }),
    };
    for (const [name, value] of Object.entries(parameters)) there.searchParams.set(name, value);
    void reply.status(SEE_OTHER).header('location', there.href);
    return undefined;
  }

  /** Undefined where no platform is meant, or more than one could be. */
  private async platformOf({ iss, client_id: client }: LoginRequest): Promise<LearningPlatform | undefined> {
    const those = await this.records.learningPlatforms.ofIssuer(iss);
    const [only, ...others] = those.filter(({ clientId }) => client === undefined || clientId === client);
    return others.length === 0 ? only : undefined;
  }

  /** Where somebody who has come through a link goes. */
  private async wayOf(user: User, link: CourseLink): Promise<string> {
    const exam = link.examId === null ? null : await this.records.exams.find(link.examId);
    if (exam === null) {
      if (user.role === 'student') return '/exams';
      return user.role === 'marker' ? '/marking' : `/learning-platforms?choose=${link.id}`;
    }
    switch (await this.records.teams.roleAt({ kind: 'exam', id: exam.id }, user)) {
      case 'student':
        await this.records.courseLinks.enrol(exam.id, [user.id]);
        return `/exams/${exam.slug}`;
      case 'marker':
        return `/marking/${exam.slug}`;
      case 'examiner':
        return `/examining/${exam.slug}`;
      default:
        return '/';
    }
  }

  private forgetState(reply: FastifyReply): void {
    setCookie(reply, {
      name: STATE_COOKIE,
      value: '',
      path: STATE_PATH,
      seconds: 0,
      acrossSites: true,
      secure: true,
    });
  }

  private refuse(reply: FastifyReply, error: Refusal): void {
    const search = new URLSearchParams({ refused: 'learning-platform', error });
    void reply.header('location', `/sign-in?${search.toString()}`);
  }
}
