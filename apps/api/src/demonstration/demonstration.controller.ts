import { Controller, Get, Inject, Module } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { OpenToAnyone } from '../auth/access.js';
import { RoleName } from '../auth/person.js';
import { Refuses, Returns } from '../http/contract.js';
import { notFound } from '../http/problem.js';
import type { ApiOptions } from '../options.js';
import { OPTIONS } from '../storage/tokens.js';
import { FIGURES, isLoopback } from './accounts.js';

const Accounts = z
  .object({ accounts: z.array(z.object({ role: RoleName, email: z.string(), password: z.string() })) })
  .meta({ id: 'DemonstrationAccounts' });

@ApiTags('sign-in')
@Controller('api/v1/demonstration')
export class DemonstrationController {
  constructor(@Inject(OPTIONS) private readonly options: ApiOptions) {}

  @Get()
  @OpenToAnyone()
  @ApiOperation({
    summary: "The demonstration's sign-ins, where the server is one and listens on loopback alone",
  })
  @Returns(200, Accounts, { description: 'The sign-ins' })
  @Refuses([404, 'This is no demonstration'])
  accounts(): z.infer<typeof Accounts> {
    if (this.options.demonstration !== true || !isLoopback(this.options.host))
      throw notFound('demonstration');
    return {
      accounts: FIGURES.map(({ role, email, openPassword }) => ({ role, email, password: openPassword })),
    };
  }
}

@Module({ controllers: [DemonstrationController] })
export class DemonstrationModule {}
