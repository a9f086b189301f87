import { PassThrough } from 'node:stream';
import { Controller, Get, Inject, Module, Param, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EVERYBODY, OpenTo } from '../auth/access.js';
import { SignedIn, type Person } from '../auth/person.js';
import { Refuses, ReturnsText } from '../http/contract.js';
import type { Limits } from '../http/limits.js';
import { LIMITS } from '../storage/tokens.js';
import { OpenSubmissions } from '../submissions/open-submissions.js';
import { SubmissionId } from '../submissions/submissions.contract.js';
import { SubmissionsModule } from '../submissions/submissions.module.js';
import { isLast } from './progress.contract.js';
import { ProgressWatch } from './progress-watch.js';
import { StillOpen } from './still-open.js';

/** Proxies cut connections on which nothing comes for long. */
const HEARTBEAT_MS = 15_000;
/** Then the client connects anew, if it still wants to know. */
const LONGEST_MS = 10 * 60_000;

@ApiTags('submissions')
@Controller('api/v1/submissions/:submission/progress')
export class ProgressController {
  constructor(
    private readonly open: OpenSubmissions,
    private readonly watch: ProgressWatch,
    private readonly stillOpen: StillOpen,
    @Inject(LIMITS) private readonly limits: Limits,
  ) {}

  @Get()
  @OpenTo(EVERYBODY, 'read')
  @ApiOperation({
    summary:
      'What happens to a submission, as it happens (server-sent events): received, reading, split, marking, done or failed',
  })
  @ReturnsText('text/event-stream', 'Events "progress", each with {step, marked, parts}; ends with the last')
  @Refuses([404, "No such submission, or another student's"], [503, 'Too many are watching; poll instead'])
  async progress(
    @Param('submission', { schema: SubmissionId }) id: string,
    @SignedIn() person: Person,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    await this.open.find(id, person);
    const stream = new PassThrough();
    const leave = await this.watch.watch(id, (progress) => {
      stream.write(`event: progress\ndata: ${JSON.stringify(progress)}\n\n`);
      if (isLast(progress)) stream.end();
    });
    const heartbeat = setInterval(() => stream.write(': still here\n\n'), HEARTBEAT_MS);
    // Where it cannot be told, the next look tells.
    const looking = setInterval(() => {
      this.stillOpen.isOpen(id, request).then(
        (open) => open || stream.end(),
        () => undefined,
      );
    }, this.limits.watchedAgainMs);
    const longest = setTimeout(() => stream.end(), LONGEST_MS);
    stream.once('close', () => {
      clearInterval(heartbeat);
      clearInterval(looking);
      clearTimeout(longest);
      leave();
    });
    // A stream that has said its last word before anybody listened closes once it is read.
    void reply.headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    return new StreamableFile(stream, { type: 'text/event-stream' });
  }
}

@Module({
  imports: [SubmissionsModule],
  controllers: [ProgressController],
  providers: [ProgressWatch, StillOpen],
})
export class ProgressModule {}
