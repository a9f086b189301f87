import { Controller, Get, Inject, Logger, Module } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Records } from '@tensormark/records';
import { z } from 'zod';
import { OpenToAnyone } from '../auth/access.js';
import { Refuses, Returns } from '../http/contract.js';
import { Problem } from '../http/problem.js';
import { QUEUE, type OpeningQueue } from '../storage/queue.js';
import { RECORDS } from '../storage/tokens.js';

const Live = z.object({ status: z.literal('live') }).meta({ id: 'Live' });
const Ready = z
  .object({
    status: z.literal('ready'),
    queue: z.enum(['open', 'opening']).meta({ description: 'Submissions are taken either way' }),
  })
  .meta({ id: 'Ready' });

@ApiTags('health')
@Controller('health')
export class HealthController {
  private readonly logger = new Logger(HealthController.name);

  constructor(
    @Inject(RECORDS) private readonly records: Records,
    @Inject(QUEUE) private readonly queue: OpeningQueue,
  ) {}

  @Get('live')
  @OpenToAnyone()
  @ApiOperation({ summary: 'Whether the process answers' })
  @Returns(200, Live, { description: 'It does' })
  live(): z.infer<typeof Live> {
    return { status: 'live' };
  }

  @Get('ready')
  @OpenToAnyone()
  @ApiOperation({ summary: 'Whether requests can be served: the database answers' })
  @Returns(200, Ready, { description: 'They can' })
  @Refuses([503, 'The database does not answer'])
  async ready(): Promise<z.infer<typeof Ready>> {
    try {
      await this.records.ping();
    } catch (error) {
      this.logger.warn(`the database does not answer: ${String(error)}`);
      throw new Problem(503, 'The database does not answer. Try again shortly.', {
        name: 'not-ready',
        headers: { 'retry-after': '5' },
      });
    }
    return { status: 'ready', queue: this.queue.opened() === undefined ? 'opening' : 'open' };
  }
}

@Module({ controllers: [HealthController] })
export class HealthModule {}
