import { Body, Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Refuses, Returns, ReturnsRedirect } from '../http/contract.js';
import { Problem } from '../http/problem.js';
import type { ApiOptions } from '../options.js';
import { OPTIONS } from '../storage/tokens.js';
import { OpenToAnyone } from './access.js';
import { Credentials } from './credentials.js';
import { relay, relayRedirect } from './relay.js';
import { SIGN_IN, type SignIn } from './sign-in.js';
import { PROVIDER } from './single-sign-on.js';

const Ways = z
  .object({
    singleSignOn: z.object({ name: z.string() }).nullable(),
    signedIn: z
      .boolean()
      .meta({ description: 'Whether whoever asks is somebody already; who, /api/v1/me says' }),
  })
  .meta({ id: 'SignInWays', description: 'How people sign in, besides by password' });

/** A path of these pages, never another site's. */
const Path = z
  .string()
  .max(500)
  .regex(/^\/(?![/\\])[\x21-\x7e]*$/, 'expected a path of this site');
const Start = z.strictObject({ to: Path.default('/') }).meta({ id: 'SingleSignOnStart' });
const Started = z
  .object({ url: z.url() })
  .meta({ id: 'SingleSignOnStarted', description: 'Where to go to sign in' });

@ApiTags('sign-in')
@Controller('api')
export class SingleSignOnController {
  constructor(
    @Inject(SIGN_IN) private readonly signIn: SignIn,
    private readonly credentials: Credentials,
    @Inject(OPTIONS) private readonly options: Pick<ApiOptions, 'singleSignOn'>,
  ) {}

  @Get('v1/sign-in-ways')
  @OpenToAnyone()
  @ApiOperation({ summary: 'How people can sign in here' })
  @Returns(200, Ways, { description: 'The ways' })
  async ways(@Req() request: FastifyRequest): Promise<z.infer<typeof Ways>> {
    const { singleSignOn } = this.options;
    return {
      singleSignOn: singleSignOn === undefined ? null : { name: singleSignOn.name },
      signedIn: (await this.credentials.personBehind(request)) !== undefined,
    };
  }

  @Post('auth/sign-in/single-sign-on')
  @OpenToAnyone()
  @HttpCode(200)
  @ApiOperation({ summary: "Begin to sign in by the university's own provider" })
  @Returns(200, Started, { description: 'The address of the provider to go to' })
  @Refuses(
    [404, 'There is no provider'],
    [422, 'Invalid body'],
    [429, 'Too many attempts'],
    [502, 'The provider cannot be reached'],
  )
  async start(
    @Body({ schema: Start }) { to }: z.infer<typeof Start>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof Started>> {
    this.refuseWithoutProvider();
    const failed = `/sign-in?${new URLSearchParams({ to, refused: 'single-sign-on' }).toString()}`;
    const body = { provider: PROVIDER, callbackURL: to, errorCallbackURL: failed, disableRedirect: true };
    const answer = await relay(this.signIn, '/sign-in/social', body, request, reply).catch(
      (error: unknown) => {
        // Better-auth leaves out a provider whose description could not be fetched.
        if (error instanceof Problem && error.status === 404) throw unreachable();
        throw error;
      },
    );
    const started = Started.safeParse(answer);
    if (!started.success) throw unreachable();
    return { url: started.data.url };
  }

  @Get(`auth/callback/${PROVIDER}`)
  @OpenToAnyone()
  @ApiOperation({
    summary: 'Where the provider sends people back to; a session cookie comes with the way on',
  })
  @ReturnsRedirect('To the page they were going to, or to the sign-in page with what was wrong')
  @Refuses([404, 'There is no provider'])
  async back(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    this.refuseWithoutProvider();
    await relayRedirect(this.signIn, `/callback/${PROVIDER}`, request, reply);
  }

  private refuseWithoutProvider(): void {
    if (this.options.singleSignOn === undefined) {
      throw new Problem(404, 'Single sign-on is not set up here.', { name: 'no-single-sign-on' });
    }
  }
}

function unreachable(): Problem {
  return new Problem(502, 'The sign-in service cannot be reached. Try again, or use your password.', {
    name: 'single-sign-on-unreachable',
  });
}
