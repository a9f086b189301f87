import { Body, Controller, Get, Headers, Module, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { OpenTo, STAFF } from '../auth/access.js';
import { SignedIn, type Person } from '../auth/person.js';
import { ExamName } from '../exams/exams.contract.js';
import { Refuses, Returns } from '../http/contract.js';
import { TakesIfMatch } from '../marking/basis.js';
import { AnswerId } from '../marking/marking.contract.js';
import { MarkingModule } from '../marking/marking.module.js';
import { AgreementView } from './agreement.contract.js';
import { AgreementFigures } from './agreement.js';
import { ModerationCase, ModerationQuery, NewModeration } from './moderation.contract.js';
import { Moderation } from './moderation.js';
import { SamplesController } from './samples.controller.js';
import { Samples } from './samples.js';

@ApiTags('moderation')
@Controller('api/v1/exams/:exam/agreement')
class AgreementController {
  constructor(private readonly figures: AgreementFigures) {}

  @Get()
  @OpenTo(['examiner'], 'manage')
  @ApiOperation({ summary: 'How far the machine agrees with people who marked without its proposal' })
  @Returns(200, AgreementView, { description: 'Figures by part; null until enough answers bear them' })
  @Refuses([404, 'No such exam'])
  agreement(@Param('exam', { schema: ExamName }) exam: string): Promise<AgreementView> {
    return this.figures.of(exam);
  }
}

@ApiTags('moderation')
@Controller('api/v1')
class ModerationController {
  constructor(private readonly moderation: Moderation) {}

  @Get('exams/:exam/moderation')
  @OpenTo(STAFF, 'read')
  @ApiOperation({ summary: 'Answers whose two marks are too far apart, side by side, or what was decided' })
  @Returns(200, ModerationCase, {
    description: 'Open ones, oldest first, or decided ones, newest first',
    list: true,
  })
  @Refuses([400, 'Invalid query'], [404, 'No such exam'])
  list(
    @Param('exam', { schema: ExamName }) exam: string,
    @Query({ schema: ModerationQuery }) query: ModerationQuery,
    @SignedIn() person: Person,
  ): Promise<ModerationCase[]> {
    return this.moderation.list(exam, query, person);
  }

  @Post('answers/:answer/moderation')
  @OpenTo(STAFF, 'mark')
  @ApiOperation({ summary: 'Decide between two marks, with the reason; by somebody who gave neither' })
  @Returns(201, ModerationCase, { description: 'What was decided' })
  @TakesIfMatch
  @Refuses(
    [404, 'No such answer or second mark'],
    [409, 'Another mark stands by now'],
    [422, 'Decided already, one of them your own, or a mark that contradicts the scheme'],
  )
  decide(
    @Param('answer', { schema: AnswerId }) answer: string,
    @Body({ schema: NewModeration }) decision: NewModeration,
    @SignedIn() person: Person,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<ModerationCase> {
    return this.moderation.decide(answer, decision, ifMatch, person);
  }
}

@Module({
  imports: [MarkingModule],
  controllers: [AgreementController, ModerationController, SamplesController],
  providers: [AgreementFigures, Moderation, Samples],
})
export class ModerationModule {}
