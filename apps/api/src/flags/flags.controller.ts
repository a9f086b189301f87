import { Body, Controller, Get, Headers, Module, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { OpenTo, STAFF } from '../auth/access.js';
import { SignedIn, type Person } from '../auth/person.js';
import { ExamName } from '../exams/exams.contract.js';
import { Refuses, Returns } from '../http/contract.js';
import { TakesIfMatch } from '../marking/basis.js';
import { AnswerId } from '../marking/marking.contract.js';
import { MarkingModule } from '../marking/marking.module.js';
import {
  Colleague,
  Flag,
  FlagAnswer,
  FlagId,
  FlagsQuery,
  FlagWithdrawal,
  NewFlag,
} from './flags.contract.js';
import { FlagsService } from './flags.service.js';

@ApiTags('marking')
@Controller('api/v1/exams/:exam')
class ExamFlagsController {
  constructor(private readonly flags: FlagsService) {}

  @Get('flags')
  @OpenTo(STAFF, 'read')
  @ApiOperation({ summary: 'What markers ask each other: open flags, oldest first, or resolved ones' })
  @Returns(200, Flag, { description: 'Flags', list: true })
  @Refuses([400, 'Invalid query'], [404, 'No such exam'])
  list(
    @Param('exam', { schema: ExamName }) exam: string,
    @Query({ schema: FlagsQuery }) query: FlagsQuery,
    @SignedIn() person: Person,
  ): Promise<Flag[]> {
    return this.flags.ofExam(exam, query, person);
  }

  @Get('colleagues')
  @OpenTo(STAFF, 'read')
  @ApiOperation({ summary: 'Who else marks the exam, to be asked about an answer' })
  @Returns(200, Colleague, { description: 'Markers and examiners other than you', list: true })
  @Refuses([404, 'No such exam'])
  colleagues(
    @Param('exam', { schema: ExamName }) exam: string,
    @SignedIn() person: Person,
  ): Promise<Colleague[]> {
    return this.flags.colleagues(exam, person);
  }
}

@ApiTags('marking')
@Controller('api/v1/answers/:answer/flags')
class AnswerFlagsController {
  constructor(private readonly flags: FlagsService) {}

  @Get()
  @OpenTo(STAFF, 'read')
  @ApiOperation({ summary: 'What was asked about an answer, newest first' })
  @Returns(200, Flag, { description: 'Flags', list: true })
  @Refuses([404, 'No such answer'])
  list(@Param('answer', { schema: AnswerId }) answer: string, @SignedIn() person: Person): Promise<Flag[]> {
    return this.flags.ofAnswer(answer, person);
  }

  @Post()
  @OpenTo(STAFF, 'mark')
  @ApiOperation({ summary: 'Ask a colleague, or whoever comes first, about an answer' })
  @Returns(201, Flag, { description: 'The flag' })
  @Refuses([404, 'No such answer or person'], [422, 'No note, or nobody who can be asked about it'])
  raise(
    @Param('answer', { schema: AnswerId }) answer: string,
    @Body({ schema: NewFlag }) flag: NewFlag,
    @SignedIn() person: Person,
  ): Promise<Flag> {
    return this.flags.raise(answer, flag, person);
  }
}

@ApiTags('marking')
@Controller('api/v1/flags/:flag')
class FlagController {
  constructor(private readonly flags: FlagsService) {}

  @Post('answer')
  @OpenTo(STAFF, 'mark')
  @ApiOperation({ summary: 'Reply to a flag with a note, or with a note and a mark' })
  @Returns(201, Flag, { description: 'The flag with the reply' })
  @TakesIfMatch
  @Refuses(
    [404, 'No such flag'],
    [409, 'Somebody set another mark, or the proposal changed, meanwhile'],
    [422, 'Resolved already, your own, for somebody else, or a mark that contradicts the scheme'],
  )
  answer(
    @Param('flag', { schema: FlagId }) flag: string,
    @Body({ schema: FlagAnswer }) reply: FlagAnswer,
    @SignedIn() person: Person,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<Flag> {
    return this.flags.answer(flag, reply, ifMatch, person);
  }

  @Post('withdraw')
  @OpenTo(STAFF, 'mark')
  @ApiOperation({ summary: 'Take back a flag of your own; that it was raised stays in the trail' })
  @Returns(201, Flag, { description: 'The flag as it is now' })
  @Refuses([404, 'No such flag'], [422, "Resolved already, or somebody else's"])
  withdraw(
    @Param('flag', { schema: FlagId }) flag: string,
    @Body({ schema: FlagWithdrawal }) withdrawal: FlagWithdrawal,
    @SignedIn() person: Person,
  ): Promise<Flag> {
    return this.flags.withdraw(flag, withdrawal, person);
  }
}

@Module({
  imports: [MarkingModule],
  controllers: [ExamFlagsController, AnswerFlagsController, FlagController],
  providers: [FlagsService],
})
export class FlagsModule {}
