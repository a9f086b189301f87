import {
  applyDecorators,
  Body,
  Controller,
  Get,
  Headers,
  Param,
  Post,
  Put,
  Query,
  Res,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import { examJsonSchema, layerVocabulary } from '@tensormark/marking';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { EVERYBODY, OpenTo, OpenToAnyone } from '../auth/access.js';
import { SignedIn, type Person } from '../auth/person.js';
import { Refuses, Returns, ReturnsText } from '../http/contract.js';
import { Problem } from '../http/problem.js';
import {
  ExamName,
  ExamPaper,
  LayerWord,
  ExamSummary,
  ExamVersionSummary,
  PutExamResult,
} from './exams.contract.js';
import { ExamsService } from './exams.service.js';
import { readYaml } from './scheme.js';

const Yaml = applyDecorators(
  ApiConsumes('application/yaml'),
  ApiBody({ schema: { type: 'string' }, required: true }),
);
const refusesDefinitions = Refuses(
  [413, 'The definition is too large'],
  [415, 'Not sent as application/yaml'],
  [422, 'The definition is wrong; errors at line and column'],
);
const VersionQuery = z.strictObject({ version: z.coerce.number().int().positive().optional() });

const OpensQuery = z.strictObject({
  opens: z.iso.datetime({ offset: true }).optional().meta({
    description: 'When a new exam opens to students; as soon as it is stored where left out',
  }),
});

@ApiTags('exams')
@Controller('api/v1/exams')
export class ExamsController {
  constructor(private readonly exams: ExamsService) {}

  @Get()
  @OpenTo(EVERYBODY, 'read')
  @ApiOperation({
    summary: 'The exams open to you, with your own submissions or with the progress of marking',
  })
  @Returns(200, ExamSummary, { description: 'Exams', list: true })
  list(@SignedIn() person: Person): Promise<ExamSummary[]> {
    return this.exams.list(person);
  }

  @Get(':exam')
  @OpenTo(EVERYBODY, 'read')
  @ApiOperation({ summary: 'The paper: questions and marks, never the scheme' })
  @Returns(200, ExamPaper, { description: 'The paper' })
  @Refuses([403, 'Not open to students yet'], [404, 'No such exam'])
  paper(@Param('exam', { schema: ExamName }) exam: string, @SignedIn() person: Person): Promise<ExamPaper> {
    return this.exams.paper(exam, person);
  }

  @Put(':exam')
  @OpenTo(['examiner'], 'manage')
  @Yaml
  @ApiOperation({ summary: 'Put a new version of an exam' })
  @ApiHeader({
    name: 'if-match',
    required: false,
    description:
      'The version that was changed, such as "3": refused where it is not the current one any more',
  })
  @ApiHeader({
    name: 'if-none-match',
    required: false,
    description: '* refuses where there is an exam of this name already',
  })
  @Returns(201, PutExamResult, { description: 'A new version' })
  @Returns(200, PutExamResult, { description: 'Nothing has changed' })
  @refusesDefinitions
  @Refuses([412, 'Changed since that version; `currentVersion` is the one that stands'])
  async put(
    @Param('exam', { schema: ExamName }) exam: string,
    @Body() body: unknown,
    @Query({ schema: OpensQuery }) { opens }: z.infer<typeof OpensQuery>,
    @SignedIn() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('if-match') ifMatch: string | undefined,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
  ): Promise<PutExamResult> {
    const basedOn = basedOnIn(ifMatch, ifNoneMatch);
    const { created, result } = await this.exams.put(exam, this.yamlIn(body), person, {
      ...(basedOn !== undefined && { basedOn }),
      ...(opens !== undefined && { opens: new Date(opens) }),
    });
    void reply.status(created ? 201 : 200);
    return result;
  }

  @Post(':exam/check')
  @OpenTo(['examiner'], 'manage')
  @Yaml
  @ApiOperation({ summary: 'Check a definition without storing it' })
  @Returns(200, PutExamResult, { description: 'What putting it would give' })
  @refusesDefinitions
  check(@Param('exam', { schema: ExamName }) exam: string, @Body() body: unknown): Promise<PutExamResult> {
    return this.exams.check(exam, this.yamlIn(body));
  }

  @Get(':exam/definition')
  @OpenTo(['examiner'], 'read')
  @ApiOperation({ summary: 'The YAML of a version, the current one unless asked otherwise' })
  @ReturnsText('application/yaml', 'The definition, scheme and all')
  @Refuses([400, 'Invalid query'], [404, 'No such exam or version'])
  async definition(
    @Param('exam', { schema: ExamName }) exam: string,
    @Query({ schema: VersionQuery }) { version }: z.infer<typeof VersionQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { source, number } = await this.exams.source(exam, version);
    void reply.headers({ 'content-type': 'application/yaml; charset=utf-8', etag: `"${number}"` });
    return source;
  }

  @Get(':exam/versions')
  @OpenTo(['examiner'], 'read')
  @ApiOperation({ summary: 'All versions of an exam' })
  @Returns(200, ExamVersionSummary, { description: 'Versions', list: true })
  @Refuses([404, 'No such exam'])
  versions(@Param('exam', { schema: ExamName }) exam: string): Promise<ExamVersionSummary[]> {
    return this.exams.versions(exam);
  }

  private yamlIn(body: unknown): string {
    if (Buffer.isBuffer(body)) return readYaml(body);
    throw new Problem(415, 'Send the exam definition as YAML, with the content type application/yaml.', {
      name: 'unsupported-media-type',
    });
  }
}

/** Which version a new one is made from, by the headers of conditional requests. */
function basedOnIn(ifMatch: string | undefined, ifNoneMatch: string | undefined): number | undefined {
  if (ifNoneMatch?.trim() === '*') return 0;
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined;
  const version = /^\s*"?(\d{1,9})"?\s*$/.exec(ifMatch)?.[1];
  if (version !== undefined) return Number(version);
  throw new Problem(400, 'The header If-Match names the version that was changed, such as "3".', {
    name: 'malformed-request',
  });
}

@ApiTags('exams')
@Controller('api/v1/exam-schema')
export class ExamSchemaController {
  @Get()
  @OpenToAnyone()
  @ApiOperation({ summary: 'The JSON Schema of the exam definition, for editors' })
  @Returns(200, z.looseObject({}), { description: 'A JSON Schema' })
  schema(): Record<string, unknown> {
    return examJsonSchema();
  }

  @Get('layers')
  @OpenToAnyone()
  @ApiOperation({ summary: 'The layers that a network in an exam may have, with their arguments' })
  @Returns(200, LayerWord, { description: 'Layers by name', list: true })
  layers(): LayerWord[] {
    return layerVocabulary();
  }
}
