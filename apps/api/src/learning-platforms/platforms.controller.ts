import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Records } from '@tensormark/records';
import type { FastifyRequest } from 'fastify';
import { OpenTo } from '../auth/access.js';
import { SignedIn, type Person } from '../auth/person.js';
import { Refuses, Returns } from '../http/contract.js';
import { RECORDS } from '../storage/tokens.js';
import { NewPlatform, Platform, PlatformId, Platforms } from './platforms.contract.js';
import { ToolAddress } from './tool-address.js';

@ApiTags('learning platforms')
@Controller('api/v1/learning-platforms')
export class PlatformsController {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly tool: ToolAddress,
  ) {}

  @Get()
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({
    summary: 'The learning platforms people come from, and what a platform has to be told of this server',
  })
  @Returns(200, Platforms, { description: 'The platforms in use' })
  async list(@Req() request: FastifyRequest): Promise<Platforms> {
    return { platforms: [...(await this.records.learningPlatforms.list())], tool: this.tool.of(request) };
  }

  @Post()
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'Let people come from a learning platform (LTI 1.3)' })
  @Returns(201, Platform, { description: 'The platform' })
  @Refuses([422, 'Invalid body, or the platform is known already'])
  async add(
    @Body({ schema: NewPlatform }) platform: NewPlatform,
    @SignedIn() person: Person,
  ): Promise<Platform> {
    return this.records.learningPlatforms.add(platform, person.id);
  }

  @Delete(':platform')
  @OpenTo(['examiner'], 'manage')
  @HttpCode(204)
  @ApiOperation({ summary: 'Let nobody come from it any more, and tell it nothing' })
  @ApiResponse({ status: 204, description: 'It is let go' })
  @Refuses([404, 'No such platform'])
  async retire(
    @Param('platform', { schema: PlatformId }) id: string,
    @SignedIn() person: Person,
  ): Promise<void> {
    await this.records.learningPlatforms.retire(id, person.id);
  }
}
