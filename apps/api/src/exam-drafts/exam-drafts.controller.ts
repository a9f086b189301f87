import { Body, Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { OpenTo } from '../auth/access.js';
import { readYaml } from '../exams/scheme.js';
import { Refuses, Returns } from '../http/contract.js';
import type { Limits } from '../http/limits.js';
import { Problem } from '../http/problem.js';
import { CountedAsUpload } from '../http/rates.js';
import { LIMITS } from '../storage/tokens.js';
import { readUpload } from '../submissions/upload.js';
import { AnswerToTry, ExamDraft, TriedAnswer, TriedDocument } from './exam-drafts.contract.js';
import { ExamDraftsService } from './exam-drafts.service.js';
import { TriedDocuments } from './tried-documents.js';

/** What an examiner sees of an exam while writing it. Nothing here is stored. */
@ApiTags('exams')
@Controller('api/v1/exam-drafts')
export class ExamDraftsController {
  constructor(
    private readonly drafts: ExamDraftsService,
    private readonly documents: TriedDocuments,
    @Inject(LIMITS) private readonly limits: Limits,
  ) {}

  @Post('check')
  @OpenTo(['examiner'], 'manage')
  @ApiConsumes('application/yaml')
  @ApiBody({ schema: { type: 'string' }, required: true })
  @ApiOperation({ summary: 'Look through a definition: what is wrong or unwise at its place, and the paper' })
  @Returns(200, ExamDraft, { description: 'What was found, also where the definition is wrong' })
  @Refuses(
    [413, 'The definition is too large'],
    [415, 'Not sent as application/yaml'],
    [422, 'Not UTF-8, or it takes too much time or memory'],
    [503, 'Too many are looked through at the moment'],
  )
  check(@Body() body: unknown): Promise<ExamDraft> {
    if (!Buffer.isBuffer(body)) {
      throw new Problem(415, 'Send the exam definition as YAML, with the content type application/yaml.', {
        name: 'unsupported-media-type',
      });
    }
    return this.drafts.check(readYaml(body));
  }

  @Post('answers')
  @OpenTo(['examiner'], 'manage')
  @CountedAsUpload()
  @ApiOperation({ summary: 'Try an answer: how it would be marked, with the evidence' })
  @Returns(200, TriedAnswer, { description: 'The proposals' })
  @Refuses(
    [404, 'No such part'],
    [413, 'Definition and answer are too large'],
    [422, 'The definition or the answer is wrong, or takes too much time or memory'],
    [503, 'Too many are tried at the moment'],
  )
  tryAnswer(@Body({ schema: AnswerToTry }) asked: AnswerToTry): Promise<TriedAnswer> {
    return this.drafts.tryAnswer(asked);
  }

  @Post('documents')
  @HttpCode(200)
  @OpenTo(['examiner'], 'manage')
  @CountedAsUpload()
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      properties: { file: { type: 'string', format: 'binary' } },
      required: ['file'],
    },
  })
  @ApiOperation({ summary: 'Read a document as one handed in is read, to try its text as an answer' })
  @Returns(200, TriedDocument, { description: 'Its text' })
  @Refuses(
    [400, 'The form cannot be read'],
    [413, 'The file is too large, or has too much text'],
    [415, 'The file is of no kind that is read'],
    [422, 'The file cannot be read'],
    [501, 'This server reads no documents by itself'],
    [503, 'Other documents are being read'],
  )
  async read(@Req() request: FastifyRequest): Promise<TriedDocument> {
    const { bytes } = await readUpload(request, this.limits.uploadBytes);
    return this.documents.read(bytes);
  }
}
