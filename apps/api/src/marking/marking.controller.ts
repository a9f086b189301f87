import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  Post,
  Put,
  Query,
  Res,
} from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { OpenTo, STAFF } from '../auth/access.js';
import { SignedIn, type Person } from '../auth/person.js';
import { ExamName } from '../exams/exams.contract.js';
import { Refuses, Returns } from '../http/contract.js';
import { TakesIfMatch } from './basis.js';
import { Desks } from './desks.js';
import {
  AnswerForMarking,
  AnswerId,
  Desk,
  Mark,
  MarkId,
  MarkWithdrawal,
  NewMark,
  QueueEntry,
  QueueQuery,
} from './marking.contract.js';
import { MarkingService } from './marking.service.js';

@ApiTags('marking')
@Controller('api/v1/exams/:exam/marking-queue')
export class MarkingQueueController {
  constructor(private readonly marking: MarkingService) {}

  @Get()
  @OpenTo(STAFF, 'read')
  @ApiOperation({
    summary: 'Answers to mark, most doubtful first; `x-total-count` has how many there are in all',
  })
  @Returns(200, QueueEntry, { description: 'Answers', list: true })
  @Refuses([400, 'Invalid query'], [404, 'No such exam'])
  async list(
    @Param('exam', { schema: ExamName }) exam: string,
    @Query({ schema: QueueQuery }) query: QueueQuery,
    @SignedIn() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<QueueEntry[]> {
    const { entries, total } = await this.marking.list(exam, query, person);
    void reply.header('x-total-count', String(total));
    return entries;
  }
}

@ApiTags('marking')
@Controller('api/v1/answers/:answer')
export class AnswersController {
  constructor(
    private readonly marking: MarkingService,
    private readonly desks: Desks,
  ) {}

  @Get()
  @OpenTo(STAFF, 'read')
  @ApiOperation({
    summary: 'One answer beside what is proposed for it and what stands; its ETag is for If-Match',
  })
  @Returns(200, AnswerForMarking, { description: 'The answer' })
  @Refuses([404, 'No such answer'])
  async answer(
    @Param('answer', { schema: AnswerId }) answer: string,
    @SignedIn() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AnswerForMarking> {
    const { view, tag } = await this.marking.answer(answer, person);
    void reply.header('etag', tag);
    return view;
  }

  @Post('marks')
  @OpenTo(STAFF, 'mark')
  @ApiOperation({ summary: 'Confirm the proposed mark or set another' })
  @Returns(201, Mark, { description: 'The mark that stands now' })
  @TakesIfMatch
  @Refuses(
    [404, 'No such answer'],
    [409, 'Somebody else decided, or the proposal changed, meanwhile; both sides are in the problem'],
    [422, 'The mark contradicts itself or the scheme'],
  )
  decide(
    @Param('answer', { schema: AnswerId }) answer: string,
    @Body({ schema: NewMark }) mark: NewMark,
    @SignedIn() person: Person,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<Mark> {
    return this.marking.decide(answer, mark, ifMatch, person);
  }

  @Post('marks/:mark/withdraw')
  @HttpCode(200)
  @OpenTo(STAFF, 'mark')
  @ApiOperation({
    summary:
      'Take back the mark that stands: the answer has none until another is set, and its proposal stands again',
  })
  @Returns(200, AnswerForMarking, { description: 'The answer as it is then; its history still has the mark' })
  @TakesIfMatch
  @Refuses(
    [404, 'No such answer, or no such mark of it'],
    [409, 'The mark does not stand any longer; what stands is in the problem'],
    [422, 'It is released, or two people have marked the answer'],
  )
  async withdraw(
    @Param('answer', { schema: AnswerId }) answer: string,
    @Param('mark', { schema: MarkId }) mark: string,
    @Body({ schema: MarkWithdrawal }) withdrawal: MarkWithdrawal,
    @SignedIn() person: Person,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AnswerForMarking> {
    const { view, tag } = await this.marking.withdraw(answer, mark, withdrawal, ifMatch, person);
    void reply.header('etag', tag);
    return view;
  }

  @Put('desk')
  @OpenTo(STAFF, 'mark')
  @ApiOperation({
    summary: 'Take the answer onto your desk, or keep it there; says who has it when a colleague does',
  })
  @Returns(200, Desk, { description: 'On whose desk it lies now' })
  @Refuses([404, 'No such answer'])
  take(@Param('answer', { schema: AnswerId }) answer: string, @SignedIn() person: Person): Promise<Desk> {
    return this.desks.take(answer, person);
  }

  @Delete('desk')
  @HttpCode(204)
  @OpenTo(STAFF, 'mark')
  @ApiOperation({ summary: "Put the answer back; a colleague's stays where it is" })
  @ApiResponse({ status: 204, description: 'It is not on your desk' })
  async free(
    @Param('answer', { schema: AnswerId }) answer: string,
    @SignedIn() person: Person,
  ): Promise<void> {
    await this.desks.free(answer, person);
  }
}
