import {
  Body,
  Controller,
  Get,
  Headers,
  Inject,
  Param,
  Post,
  Put,
  Req,
  Res,
  StreamableFile,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import { note } from '@tensormark/observation';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EVERYBODY, OpenTo } from '../auth/access.js';
import { SignedIn, type Person } from '../auth/person.js';
import { ExamName } from '../exams/exams.contract.js';
import { Refuses, Returns, ReturnsText } from '../http/contract.js';
import type { Limits } from '../http/limits.js';
import { Problem } from '../http/problem.js';
import { CountedAsUpload } from '../http/rates.js';
import { LIMITS } from '../storage/tokens.js';
import { Accepted, NewCut, SubmissionId, SubmissionSummary, SubmissionView } from './submissions.contract.js';
import { SubmissionsService } from './submissions.service.js';
import { inertHeaders } from './inert.js';
import { readUpload } from './upload.js';

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,200}$/;

@ApiTags('submissions')
@Controller('api/v1/exams/:exam/submissions')
export class ExamSubmissionsController {
  constructor(
    private readonly submissions: SubmissionsService,
    @Inject(LIMITS) private readonly limits: Limits,
  ) {}

  @Post()
  @OpenTo(['student'], 'submit')
  @CountedAsUpload()
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: {
        file: {
          type: 'string',
          format: 'binary',
          description: 'PDF, DOCX, Markdown, LaTeX, text, .ipynb, .py, PNG, JPEG or a ZIP of these',
        },
      },
    },
  })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'The same key and the same file give the same receipt again; another file is refused',
    schema: { type: 'string' },
  })
  @ApiOperation({ summary: 'Hand in a document' })
  @Returns(202, Accepted, { description: 'Received and durable; marking goes on' })
  @Refuses(
    [400, 'Malformed form or Idempotency-Key'],
    [403, 'Not open yet, or the deadline has passed; or not a student'],
    [404, 'No such exam'],
    [413, 'The file is too large'],
    [415, 'Not a document of a known format'],
    [422, 'No file, an empty, broken or unsafe one, or a used Idempotency-Key'],
  )
  async receive(
    @Param('exam', { schema: ExamName }) exam: string,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @SignedIn() person: Person,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    if (idempotencyKey !== undefined && !IDEMPOTENCY_KEY.test(idempotencyKey)) {
      throw new Problem(400, 'An Idempotency-Key has 1 to 200 visible ASCII characters.', {
        name: 'malformed-request',
      });
    }
    const { replayed, ...accepted } = await this.submissions.receive(
      exam,
      () => readUpload(request, this.limits.uploadBytes),
      idempotencyKey,
      person,
    );
    note({ 'tensormark.submission': accepted.submission });
    void reply.header('location', `/api/v1/submissions/${accepted.submission}`);
    if (replayed) void reply.header('idempotent-replayed', 'true');
    return accepted;
  }

  @Get()
  @OpenTo(EVERYBODY, 'read')
  @ApiOperation({
    summary: 'Students: your own attempts; markers and examiners: those that count, by pseudonym',
  })
  @Returns(200, SubmissionSummary, { description: 'Submissions', list: true })
  @Refuses([404, 'No such exam'])
  list(
    @Param('exam', { schema: ExamName }) exam: string,
    @SignedIn() person: Person,
  ): Promise<SubmissionSummary[]> {
    return this.submissions.list(exam, person);
  }
}

@ApiTags('submissions')
@Controller('api/v1/submissions/:submission')
export class SubmissionController {
  constructor(private readonly submissions: SubmissionsService) {}

  @Get()
  @OpenTo(EVERYBODY, 'read')
  @ApiOperation({ summary: 'Where a submission is, its receipt, and how it was split' })
  @Returns(200, SubmissionView, { description: 'The submission' })
  @Refuses([404, "No such submission, or another student's"])
  view(
    @Param('submission', { schema: SubmissionId }) submission: string,
    @SignedIn() person: Person,
  ): Promise<SubmissionView> {
    return this.submissions.view(submission, person);
  }

  @Put('split')
  @OpenTo(EVERYBODY, null)
  @ApiOperation({
    summary: 'Say how the document is cut into answers: its student until the deadline, markers after it',
  })
  @Returns(200, SubmissionView, { description: 'The submission; what changed is being marked anew' })
  @Refuses(
    [403, 'Not yours to say now'],
    [404, "No such submission, or another student's"],
    [409, 'Somebody else said so meanwhile, or the document was read anew'],
    [422, 'Pieces that overlap, are out of order or not in the document, or of no part'],
  )
  confirmSplit(
    @Param('submission', { schema: SubmissionId }) submission: string,
    @Body({ schema: NewCut }) cut: NewCut,
    @SignedIn() person: Person,
  ): Promise<SubmissionView> {
    return this.submissions.confirmSplit(submission, cut, person);
  }

  @Get('original')
  @OpenTo(EVERYBODY, 'read')
  @ApiOperation({ summary: 'The file as it was uploaded, inert and without its name' })
  @ReturnsText('application/octet-stream', 'The bytes; PDF and pictures to look at, others to save')
  @Refuses([404, "No such submission, or another student's"], [410, 'Erased'])
  async original(
    @Param('submission', { schema: SubmissionId }) id: string,
    @SignedIn() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { bytes, mediaType, name } = await this.submissions.original(id, person);
    void reply.headers(inertHeaders(mediaType, name));
    return new StreamableFile(bytes, { type: mediaType });
  }

  @Get('document')
  @OpenTo(EVERYBODY, 'read')
  @ApiOperation({ summary: 'The document as read; to markers with name and number blacked out' })
  @ReturnsText('text/plain', 'The text, served so that no browser runs anything in it')
  @Refuses([404, "No such submission, or another student's"], [410, 'Erased'])
  async document(
    @Param('submission', { schema: SubmissionId }) id: string,
    @SignedIn() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { text, submission } = await this.submissions.document(id, person);
    void reply.headers({
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="${submission.receiptCode}.txt"`,
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    });
    return text;
  }
}
