import { Body, Controller, Inject, Post } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import { OpenTo } from '../auth/access.js';
import { Refuses, Returns } from '../http/contract.js';
import type { Limits } from '../http/limits.js';
import { Problem } from '../http/problem.js';
import { CountedAsUpload } from '../http/rates.js';
import { LIMITS } from '../storage/tokens.js';
import { AnswerToTry, ExamDraft, TriedAnswer } from './exam-drafts.contract.js';
import { ExamDraftsService } from './exam-drafts.service.js';
import { readYaml } from './scheme.js';

/** What an examiner sees of an exam while writing it. Nothing here is stored. */
@ApiTags('exams')
@Controller('api/v1/exam-drafts')
export class ExamDraftsController {
  constructor(
    private readonly drafts: ExamDraftsService,
    @Inject(LIMITS) private readonly limits: Limits,
  ) {}

  @Post('check')
  @OpenTo(['examiner'], 'manage')
  @ApiConsumes('application/yaml')
  @ApiBody({ schema: { type: 'string' }, required: true })
  @ApiOperation({ summary: 'Look through a definition: what is wrong or unwise at its place, and the paper' })
  @Returns(200, ExamDraft, { description: 'What was found, also where the definition is wrong' })
  @Refuses([413, 'The definition is too large'], [415, 'Not sent as application/yaml'], [422, 'Not UTF-8'])
  check(@Body() body: unknown): Promise<ExamDraft> {
    if (!Buffer.isBuffer(body)) {
      throw new Problem(415, 'Send the exam definition as YAML, with the content type application/yaml.', {
        name: 'unsupported-media-type',
      });
    }
    return this.drafts.check(readYaml(body, this.limits.examBytes));
  }

  @Post('answers')
  @OpenTo(['examiner'], 'manage')
  @CountedAsUpload()
  @ApiOperation({ summary: 'Try an answer: how it would be marked, with the evidence' })
  @Returns(200, TriedAnswer, { description: 'The proposals' })
  @Refuses(
    [404, 'No such part'],
    [413, 'Definition and answer are too large'],
    [422, 'The definition or the answer is wrong'],
  )
  tryAnswer(@Body({ schema: AnswerToTry }) asked: AnswerToTry): Promise<TriedAnswer> {
    return this.drafts.tryAnswer(asked);
  }
}
