import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { OpenTo } from '../auth/access.js';
import { SignedIn, type Person } from '../auth/person.js';
import { ExamName } from '../exams/exams.contract.js';
import { Refuses, Returns } from '../http/contract.js';
import { ModerationSampleView, NewModerationSample, SampleDecision } from './samples.contract.js';
import { Samples } from './samples.js';

@ApiTags('moderation')
@Controller('api/v1/exams/:exam/moderation-samples')
export class SamplesController {
  constructor(private readonly samples: Samples) {}

  @Get()
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({
    summary: 'Samples of marks that somebody else gives too, and how far they agree by marker',
  })
  @Returns(200, ModerationSampleView, { description: 'Samples, newest first', list: true })
  @Refuses([404, 'No such exam'])
  list(
    @Param('exam', { schema: ExamName }) exam: string,
    @SignedIn() person: Person,
  ): Promise<ModerationSampleView[]> {
    return this.samples.list(exam, person);
  }

  @Post()
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({
    summary:
      "Take a sample of each marker's answers: highest, lowest, near boundaries, fails, and across the range; others mark them",
  })
  @Returns(201, ModerationSampleView, { description: 'The sample' })
  @Refuses([404, 'No such exam'], [422, 'Invalid body, or nothing is left to sample'])
  take(
    @Param('exam', { schema: ExamName }) exam: string,
    @Body({ schema: NewModerationSample }) sample: NewModerationSample,
    @SignedIn() person: Person,
  ): Promise<ModerationSampleView> {
    return this.samples.take(exam, sample, person);
  }

  @Post(':sample/outcomes')
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({
    summary: "Accept a marker's marks for a part, or have all that they marked of it marked by somebody else",
  })
  @Returns(201, ModerationSampleView, { description: 'The sample, with what was decided' })
  @Refuses([404, 'No such exam or sample'], [422, 'Invalid body, your own marks, or decided already'])
  decide(
    @Param('exam', { schema: ExamName }) exam: string,
    @Param('sample', { schema: z.uuid() }) sample: string,
    @Body({ schema: SampleDecision }) decision: SampleDecision,
    @SignedIn() person: Person,
  ): Promise<ModerationSampleView> {
    return this.samples.decide(exam, sample, decision, person);
  }
}
