import { Body, Controller, Delete, Get, HttpCode, Inject, Module, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { ApiToken, Records } from '@tensormark/records';
import { z } from 'zod';
import { EVERYBODY, OpenTo } from '../auth/access.js';
import { SignedIn, type Person } from '../auth/person.js';
import { Scope, scopesOf } from '../auth/scopes.js';
import { Refuses, Returns } from '../http/contract.js';
import { line } from '../http/line.js';
import { Time } from '../http/time.js';
import { RECORDS } from '../storage/tokens.js';

const Token = z
  .object({
    id: z.string(),
    name: z.string(),
    scopes: z.array(Scope),
    createdAt: Time,
    expiresAt: Time.nullable(),
    lastUsedAt: Time.nullable(),
  })
  .meta({ id: 'Token' });
type Token = z.infer<typeof Token>;

const NewToken = z
  .strictObject({
    name: line(100),
    scopes: z.array(Scope).min(1).max(Scope.options.length),
    expiresInDays: z.int().min(1).max(366).default(90),
  })
  .meta({ id: 'NewToken' });

const CreatedToken = Token.extend({
  secret: z.string().meta({ description: 'Shown this once; send it as "Authorization: Bearer …"' }),
}).meta({ id: 'CreatedToken' });

const MS_PER_DAY = 86_400_000;

@ApiTags('tokens')
@Controller('api/v1/tokens')
export class TokensController {
  constructor(@Inject(RECORDS) private readonly records: Records) {}

  @Get()
  @OpenTo(EVERYBODY, null)
  @ApiOperation({ summary: 'Your API tokens' })
  @Returns(200, Token, { description: 'Tokens', list: true })
  async list(@SignedIn() person: Person): Promise<Token[]> {
    const tokens = await this.records.apiTokens.list(person.id);
    return tokens.filter(({ revokedAt }) => revokedAt === null).map(tokenOf);
  }

  @Post()
  @OpenTo(EVERYBODY, null)
  @ApiOperation({ summary: 'Make an API token; it may do what its scopes say, within what you may do' })
  @Returns(201, CreatedToken, { description: 'The token and, this once, its secret' })
  @Refuses([422, 'Invalid body'])
  async create(
    @Body({ schema: NewToken }) { name, scopes, expiresInDays }: z.output<typeof NewToken>,
    @SignedIn() person: Person,
  ): Promise<z.infer<typeof CreatedToken>> {
    const { token, secret } = await this.records.apiTokens.create({
      userId: person.id,
      name,
      scopes: [...new Set(scopes)],
      expiresAt: new Date(Date.now() + expiresInDays * MS_PER_DAY),
    });
    return { ...tokenOf(token), secret };
  }

  @Delete(':token')
  @OpenTo(EVERYBODY, null)
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke one of your tokens' })
  @ApiResponse({ status: 204, description: 'Revoked' })
  @Refuses([404, 'No such token of yours'])
  async revoke(
    @Param('token', { schema: z.uuid() }) token: string,
    @SignedIn() person: Person,
  ): Promise<void> {
    await this.records.apiTokens.revoke(token, person.id);
  }
}

function tokenOf({ id, name, scopes, createdAt, expiresAt, lastUsedAt }: ApiToken): Token {
  return {
    id,
    name,
    scopes: scopesOf(scopes),
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}

@Module({ controllers: [TokensController] })
export class TokensModule {}
